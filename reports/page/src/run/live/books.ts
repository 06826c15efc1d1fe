// The shop's own books beside what shoppers were told: what disagrees, and the requests of two shoppers that tell of it.
import type { LoadReport, ShopBooks, ShopFinding, ShopFindingKind, ShopShopper } from "../../../generated/record";
import { answers, type Answer, type FindingKind, type RaceShopper } from "../../race/document";
import { disagreementText } from "../../race/disagreement_words";
import { story, tellersOf } from "../../race/stories";
import { findingText } from "../../race/finding_words";
import { figure, h, type Child } from "../../ui/dom";
import { both, fill, forms, formy, plural } from "../../ui/language";
import { none, whole } from "../../ui/numbers";
import { card, cards } from "../../ui/section";
import { table } from "../../ui/table";
import { withSelects } from "../../study/choose";

const words = both(
    {
        title: "The shop’s books",
        says: "Units of all SKUs, read once the shop had settled: in a sound shop what was told, ordered, taken and counted agrees.",
        good: "No finding: the books agree with what {n} shoppers who came to the promise were told.",
        differ: "No finding; but these numbers differ, which proves nothing: of cancelled purchases, carts that hold units and rows that are kept they may in a sound shop. {n} shoppers came to the promise.",
        nobody: "No finding: nobody came to the promise, so that the books say nothing.",
        unread: "No finding: the flow reads nothing beside what shoppers were told.",
        stock: "In stock before",
        stockNote: "as the shop’s counter said",
        told: "Told accepted",
        toldNote: "units",
        kept: "units, without what was cancelled",
        unknown: "{n} left unknown",
        orders: "In orders",
        reservations: "Reserved or moved",
        counter: "Counter moved by",
        notRead: "not read by the flow",
        findings: "Findings",
        kind: "finding",
        units: "units",
        skus: "SKUs",
        audit: "the audit says",
        alone: "nothing of it",
        means: "what it means, where to look",
        of: "{kind}: SKU",
        promiseAlone:
            "Of {shoppers} {n} no more was kept than the promise: only some hundred shoppers are followed at a time.",
        shoppers: forms("shopper", "shoppers"),
    },
    {
        title: "Księgi sklepu",
        says: "Sztuki wszystkich SKU, odczytane, gdy sklep skończył pracę: w poprawnym sklepie potwierdzone, zamówione, zdjęte i policzone zgadzają się.",
        good: "Bez ustaleń: księgi zgadzają się z tym, co powiedziano klientom, którzy doszli do obietnicy ({n}).",
        differ: "Bez ustaleń; liczby jednak się różnią, co niczego nie dowodzi: przy anulowanych zakupach, koszykach, które trzymają sztuki, i zachowanych wierszach mogą się różnić także w poprawnym sklepie. Do obietnicy doszło klientów: {n}.",
        nobody: "Bez ustaleń: nikt nie doszedł do obietnicy, więc księgi nic nie mówią.",
        unread: "Bez ustaleń: przepływ nie odczytuje niczego poza tym, co powiedziano klientom.",
        stock: "Na stanie przedtem",
        stockNote: "według licznika sklepu",
        told: "Potwierdzone",
        toldNote: "szt.",
        kept: "szt., bez anulowanych",
        unknown: "nierozstrzygnięte: {n}",
        orders: "W zamówieniach",
        reservations: "Zarezerwowane lub zdjęte",
        counter: "Zmiana licznika",
        notRead: "przepływ nie odczytuje",
        findings: "Ustalenia",
        kind: "ustalenie",
        units: "szt.",
        skus: "SKU",
        audit: "audyt mówi",
        alone: "nic o tym",
        means: "co to znaczy i gdzie szukać",
        of: "{kind}: SKU",
        promiseAlone: "O {shoppers} {n} zachowano tylko obietnicę: śledzimy najwyżej kilkuset klientów naraz.",
        shoppers: formy("kliencie", "klientach", "klientach"),
    },
);

const known = (answer: string): Answer => answers.find((one) => one === answer) ?? "unknown";

// As a race has them, which are drawn already.
const shopperOf = (from: ShopShopper): RaceShopper => ({
    number: from.number,
    identity: from.identity,
    told: known(from.told),
    last_step: from.last_step,
    why: from.why,
    acceptances: from.acceptances,
    events: from.requests.map((one) => ({
        step: one.step,
        device: 1,
        sent_us: one.sent_us,
        answered_us: one.answered_us < 0 ? undefined : one.answered_us,
        status: one.status === 0 ? undefined : one.status,
        answer: known(one.answer),
        why: one.why,
        request: one.request,
        response: one.response,
    })),
});

function figures(books: ShopBooks): HTMLElement {
    const w = words(),
        read = (what: string) => books.read.includes(what);
    const of = (what: string, field: "orders" | "reservations" | "counter_moved_by", title: string) =>
        read(what)
            ? card(title, figure(`load.shop_books.${field}`, books[field], whole(books[field])), w.toldNote)
            : card(title, none, w.notRead);
    return cards(
        card(w.stock, figure("load.shop_books.stock", books.stock, whole(books.stock)), w.stockNote),
        card(
            w.told,
            figure("load.shop_books.told", books.told, whole(books.told)),
            books.unknown > 0 ? fill(w.unknown, { n: whole(books.unknown) }) : w.kept,
        ),
        of("orders", "orders", w.orders),
        of("reservations", "reservations", w.reservations),
        of("counters", "counter_moved_by", w.counter),
    );
}

// As the terminal says it: reports/load/words.cpp.
function noFinding(books: ShopBooks): HTMLElement {
    const w = words(),
        n = whole(books.shoppers_judged);
    const numbers: Record<string, number> = {
        orders: books.orders,
        reservations: books.reservations,
        counters: books.counter_moved_by,
    };
    const sold = books.told + books.unknown_but_ordered;
    const agree = books.unknown === 0 && books.read.every((one) => numbers[one] === sold);
    if (books.shoppers_judged === 0) return h("p", { class: "verdict" }, w.nobody);
    if (books.read.length === 0) return h("p", { class: "verdict" }, w.unread);
    if (!agree) return h("p", { class: "verdict" }, fill(w.differ, { n }));
    return h("p", { class: "verdict good" }, `✓ ${fill(w.good, { n })}`);
}

function kindsTable(kinds: ShopFindingKind[]): HTMLElement {
    const w = words();
    return table(
        {
            caption: w.findings,
            columns: [
                { title: w.kind, kind: "text" },
                { title: w.units },
                { title: w.skus },
                { title: w.audit, kind: "text" },
                { title: w.means, kind: "text" },
            ],
            rows: kinds.map((one, i) => {
                const text = findingText(one.kind as FindingKind);
                return [
                    h("b", {}, text.name),
                    figure(`load.shop_books.kinds.${i}.units`, one.units, whole(one.units)),
                    figure(`load.shop_books.kinds.${i}.skus`, one.skus, whole(one.skus)),
                    one.audit_check === "" ? w.alone : one.audit_check,
                    `${text.means} ${text.look}`,
                ];
            }),
        },
        { class: "wrapping" },
    );
}

// Those of whom the record has more than a name.
function storyOf(
    books: ShopBooks,
    finding: ShopFinding,
    shoppers: RaceShopper[],
    n: number,
    first: boolean,
): HTMLElement {
    const w = words(),
        tellers = tellersOf(finding.side_by_side, shoppers);
    const alone = books.shoppers.filter((one) => one.promise_alone && finding.side_by_side.includes(one.number));
    const note =
        alone.length === 0
            ? null
            : h(
                  "p",
                  { class: "note" },
                  fill(w.promiseAlone, {
                      shoppers: plural(alone.length, w.shoppers),
                      n: alone.map((one) => String(one.number)).join(", "),
                  }),
              );
    return story(
        {
            id: `live-finding-${n + 1}`,
            kind: finding.kind as FindingKind,
            title: `${findingText(finding.kind as FindingKind).name}: ${finding.sku}`,
            sentence: disagreementText(finding.sentence, finding.disagreement),
            involved: finding.shoppers,
            inAll: finding.shoppers_in_all,
            tellers,
            step: tellers[0]?.last_step ?? "",
            first,
        },
        note,
    );
}

interface Told {
    finding: ShopFinding;
    n: number; // in ShopBooks.findings
}

// A kind's stories are alike: one is shown, of the SKU that is chosen.
function storiesOf(books: ShopBooks, shoppers: RaceShopper[]): Child[] {
    const told = books.findings
        .map((finding, n): Told => ({ finding, n }))
        .filter(({ finding }) => finding.side_by_side.some((number) => shoppers.some((one) => one.number === number)));
    const kinds = [...new Set(told.map(({ finding }) => finding.kind))];
    return kinds.map((kind, i) => {
        const alike = told.filter(({ finding }) => finding.kind === kind);
        return withSelects(
            [
                {
                    id: kind,
                    label: fill(words().of, { kind: findingText(kind as FindingKind).name }),
                    options: alike.map(({ finding, n }) => ({ value: String(n), text: finding.sku })),
                    chosen: String(alike[0]!.n),
                },
            ],
            (chosen) => {
                const { finding, n } = alike.find((one) => String(one.n) === chosen[kind])!;
                return storyOf(books, finding, shoppers, n, i === 0);
            },
        );
    });
}

export function booksPart(load: LoadReport): Child[] {
    const w = words(),
        books = load.shop_books;
    if (!books) return [];
    const shoppers = books.shoppers.map(shopperOf);
    return [
        h("h3", { class: "part" }, w.title),
        h("p", { class: "says" }, w.says),
        figures(books),
        books.kinds.length === 0 ? noFinding(books) : kindsTable(books.kinds),
        ...storiesOf(books, shoppers),
    ];
}

// The audit's own texts in Polish: its headline from the figures, its checks by their names. English is the record's
// (reports/audit/audit.cpp, findings.cpp).
import type { LoadAudit, LoadAuditCheck, ShopBooks } from "../../../generated/record";
import type { FindingKind } from "../../race/document";
import { findingText } from "../../race/finding_words";
import { formy, language, plural } from "../../ui/language";
import { whole } from "../../ui/numbers";
import { english, saidOf, type Said } from "../../ui/said";

const operations = formy("operacja", "operacje", "operacji"),
    offences = formy("naruszenie", "naruszenia", "naruszeń");

const meanings: Record<string, string> = {
    conservation: "każda sztuka jest w stanie końcowym systemu",
    sold_twice: "żadnej sztuki nie obiecano dwóm klientom",
    holds: "każda rezerwacja skończyła się raz i w swoim czasie",
    idempotency: "ten sam klucz dostał tę samą odpowiedź i jeden skutek",
    orders: "każde potwierdzone zamówienie istnieje i nie ma żadnego innego",
    undersell: "nie odmówiono niczego, co na pewno było",
    linearizability: "wszystkie odpowiedzi mieszczą się w jednej kolejności",
};

const between = (low: number, high: number): string =>
    low === high ? whole(low) : `od ${whole(low)} do ${whole(high)}`;

// The numbers of "...: 1,204 judged, 3 offences, 2 undecided: why".
interface Counts {
    judged: number;
    offences: number;
    undecided: number;
    why: string;
}
function countsOf(check: LoadAuditCheck): Counts | null {
    const found = /: ([\d,]+) judged(?:, ([\d,]+) offences?)?(?:, ([\d,]+) undecided: (.*))?$/s.exec(check.text);
    if (!found) return null;
    const number = (text?: string): number => Number((text ?? "0").replaceAll(",", ""));
    return { judged: number(found[1]), offences: number(found[2]), undecided: number(found[3]), why: found[4] ?? "" };
}

function headline(audit: LoadAudit): string {
    const sold = `${whole(audit.operations)} ${plural(audit.operations, operations)}, sprzedano ${between(audit.sold_low, audit.sold_high)} szt.`;
    const twice = between(audit.oversold_low, audit.oversold_high);
    if (audit.verdict === "sound")
        return `BEZ ZARZUTU: ${sold}, ${audit.oversold_high === 0 ? "żadnej dwa razy" : `żadnej na pewno dwa razy (bez odpowiedzi: najwyżej ${whole(audit.oversold_high)})`}`;
    if (audit.verdict === "undecided") return `NIEROZSTRZYGNIĘTE: ${sold}, żadnej dwa razy, o ile dało się to osądzić`;
    const against = audit.checks.flatMap((check) => {
        const n = countsOf(check)?.offences ?? 0;
        return n > 0 && check.name !== "sold_twice" ? [`${whole(n)} ${plural(n, offences)} (${check.name})`] : [];
    });
    // Of a shop over HTTP (cli/load/shop_verdict.hpp): the section on its books says which.
    const books = audit.checks.some(({ name, verdict }) => name === "books" && verdict === "refuted");
    return `OBALONE: ${[books ? "księgi sklepu przeczą sobie (books)" : "", audit.oversold_low > 0 ? `${twice} szt. sprzedano dwa razy` : "", against.join(", "), sold].filter(Boolean).join("; ")}`;
}

export const auditHeadline = (audit: LoadAudit): Said =>
    language() === "pl" ? { text: headline(audit), lang: "pl" } : english(audit.headline);

// Why something stayed undecided: what reports/audit says, by its beginning.
const whys: [string, string][] = [
    ["the search for an order was given up", "przerwano szukanie kolejności; większy --budget może rozstrzygnąć"],
    ["the back end's final stock was not read back", "nie odczytano stanu końcowego systemu"],
    ["the back end's orders were not read back", "nie odczytano zamówień systemu"],
    ["a count changed on_hand", "spis zmienił stan o tyle, ile nikt nie zapisał"],
    ["cells were touched whose final stock", "zmieniano stany, których na końcu nie odczytano"],
    [
        "cells that were counted",
        "stany spisywano podczas dostaw lub sprzedaży, a odpowiedzi nie mieszczą się w żadnej znalezionej kolejności",
    ],
];
const why = (text: string): Said => saidOf(text, () => whys.find(([begins]) => text.startsWith(begins))?.[1] ?? null);

const units = formy("sztuka", "sztuki", "sztuk"),
    customers = formy("klienta", "klientów", "klientów");
const readWords: Record<string, string> = { orders: "zamówienia", reservations: "rezerwacje", counters: "liczniki" };

// The check of a shop's books (cli/load/shop_verdict.cpp), of what the record has of them.
function booksText(check: LoadAuditCheck, books: ShopBooks): string | null {
    const own = books.kinds.filter((kind) => kind.audit_check === ""),
        same = books.kinds.filter((kind) => kind.audit_check !== "");
    const said = same.map((kind) => `${findingText(kind.kind as FindingKind).name} to ${kind.audit_check}`).join(", ");
    const after = said ? `; ${said}` : "";
    if (own.length > 0)
        return (
            own
                .map(
                    (kind) =>
                        `${findingText(kind.kind as FindingKind).name}: ${whole(kind.units)} ${plural(kind.units, units)}, SKU: ${whole(kind.skus)}`,
                )
                .join(", ") + after
        );
    if (check.verdict === "sound")
        return said
            ? `nic, czego nie mówi inne sprawdzenie${after}`
            : `potwierdzone, ${books.read.map((one) => readWords[one] ?? one).join(", ")} zgadzają się dla ${whole(books.shoppers_judged)} ${plural(books.shoppers_judged, customers)}, którzy doszli do obietnicy`;
    if (books.problem !== "") return null; // it quotes the shop
    if (books.shoppers_judged === 0)
        return `nikt nie doszedł do obietnicy, więc księgi sklepu niczego nie mówią${after}`;
    if (books.read.length === 0)
        return `„read_back” przepływu nie czyta ani zamówień, ani rezerwacji, ani liczników${after}`;
    return books.unknown > 0
        ? `${whole(books.unknown)} ${plural(books.unknown, units)}: sprzedane albo nie, bo „read_back” przepływu nie czyta zamówień${after}`
        : null;
}

export function checkText(check: LoadAuditCheck, books: ShopBooks | null): Said[] {
    if (check.name === "books") return [saidOf(check.text, () => (books ? booksText(check, books) : null))];
    const counts = countsOf(check),
        means = meanings[check.name];
    if (language() !== "pl" || !counts || !means) return [english(check.text)];
    const parts = [
        `osądzono ${whole(counts.judged)}`,
        counts.offences > 0 ? `${whole(counts.offences)} ${plural(counts.offences, offences)}` : "",
        counts.undecided > 0 ? `nierozstrzygnięte: ${whole(counts.undecided)}` : "",
    ];
    const said: Said = { text: `${means}: ${parts.filter(Boolean).join(", ")}`, lang: "pl" };
    return counts.why ? [said, why(counts.why)] : [said];
}

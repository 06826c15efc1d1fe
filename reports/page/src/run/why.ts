// Why: what was oversold and undersold, by cause, channel, class of SKU and node; and the SKUs that were oversold most.
import type { Autopsy, CauseCount, RunRecord, SkuKpi } from "../../generated/record";
import { openAutopsy } from "../autopsy/section";
import { figure, h, type Child } from "../ui/dom";
import { both, fill } from "../ui/language";
import { money, whole } from "../ui/numbers";
import type { Section } from "../ui/section";
import { table } from "../ui/table";
import { oversoldCause, undersoldCause } from "./causes";
import { pairBars, type Bar } from "./pair_bars";

const words = both(
    {
        title: "Why",
        says: "The most common cause, {units} of {total} units: {cause} – {means}.",
        none: "Nothing was oversold; look at what was refused although it was there.",
        neither: "Nothing was oversold, and nothing was refused that was there.",
        byCause: "Oversold by cause",
        byCauseSays: "Every oversold unit has one cause, decided at the instant of the promise.",
        cause: "cause",
        underByCause: "Undersold by cause",
        underByCauseSays: "Units refused although the eligible truth could have served them; each refusal counts.",
        byChannel: "By channel",
        byChannelSays: "A channel that oversells little may refuse much: the two belong together.",
        channel: "channel",
        byClass: "By class of SKU",
        byClassSays: "A draws the first 80 % of the demand, B the next 15 %, C the rest.",
        skuClass: "class",
        ofClass: "{name} ({skus} SKUs)",
        byNode: "Oversold by node",
        byNodeSays: "Where promises without a unit behind them were first sent to be picked, and the tills'.",
        node: "node",
        others: "{n} other nodes",
        elsewhere: "{n} more came to no node: cancelled before anybody picked.",
        worst: "The SKUs that were oversold most",
        worstSays: "Open one to see how it happened, moment by moment.",
        sku: "SKU",
        oversold: "oversold",
        value: "worth",
        undersold: "undersold",
        lost: "lost sales",
        accepted: "units accepted",
        mostly: "most common cause",
        share: "{n} of {all}",
        where: "sold by",
        open: "Show how {sku} was oversold",
        noWorst: "This record names no SKUs: it is of an older version of lastunit.",
    },
    {
        title: "Dlaczego",
        says: "Najczęstsza przyczyna, {units} z {total} sztuk: {cause} – {means}.",
        none: "Niczego nie sprzedano ponad stan; zobacz, czego odmówiono, choć było.",
        neither: "Niczego nie sprzedano ponad stan i niczego, co było, nie odmówiono.",
        byCause: "Nadsprzedaż według przyczyny",
        byCauseSays: "Każda sztuka ma jedną przyczynę, ustaloną w chwili złożenia obietnicy.",
        cause: "przyczyna",
        underByCause: "Odmowy mimo zapasu według przyczyny",
        underByCauseSays: "Sztuki, których odmówiono, choć były i można je było wydać; liczy się każda odmowa.",
        byChannel: "Według kanału",
        byChannelSays: "Kanał, który rzadko sprzedaje ponad stan, może często odmawiać: te liczby trzeba czytać razem.",
        channel: "kanał",
        byClass: "Według klasy SKU",
        byClassSays: "A to pierwsze 80 % popytu, B kolejne 15 %, C reszta.",
        skuClass: "klasa",
        ofClass: "{name} (SKU: {skus})",
        byNode: "Nadsprzedaż według lokalizacji",
        byNodeSays: "Węzły, do których najpierw skierowano zamówienia bez pokrycia, oraz sprzedaż przy kasach.",
        node: "lokalizacja",
        others: "inne lokalizacje: {n}",
        elsewhere: "Kolejne {n} nie trafiły do żadnej lokalizacji: anulowano je przed kompletacją.",
        worst: "SKU z największą nadsprzedażą",
        worstSays: "Otwórz pozycję, aby prześledzić zdarzenia chwila po chwili.",
        sku: "SKU",
        oversold: "ponad stan",
        value: "wartość",
        undersold: "odmówione mimo zapasu",
        lost: "utracone",
        accepted: "przyjęte sztuki",
        mostly: "najczęstsza przyczyna",
        share: "{n} z {all}",
        where: "sprzedał",
        open: "Pokaż, jak sprzedano ponad stan: {sku}",
        noWorst: "Ten zapis nie wymienia SKU: pochodzi ze starszej wersji lastunit.",
    },
);

const kMostNodes = 12;

function says(record: RunRecord): string {
    const w = words(),
        k = record.kpi;
    if (k.oversold_units === 0) return k.undersold_units > 0 ? w.none : w.neither;
    const most = k.oversold_causes.reduce(
        (a, b) => (b.units > a.units ? b : a),
        k.oversold_causes[0] ?? { cause: "", units: 0 },
    );
    const cause = oversoldCause(most.cause);
    return fill(w.says, {
        units: whole(most.units),
        total: whole(k.oversold_units),
        cause: cause.name.toLowerCase(),
        means: cause.means,
    });
}

const byUnits = (a: Bar, b: Bar) => (b.over ?? 0) - (a.over ?? 0) || (b.under ?? 0) - (a.under ?? 0);

function causes(record: RunRecord): Child[] {
    const w = words(),
        k = record.kpi;
    const bars = (counts: CauseCount[], side: "over" | "under", name: (cause: string) => string): Bar[] =>
        counts
            .map((one, i) => ({
                name: name(one.cause),
                [side]: one.units,
                [`${side}Path`]: `kpi.${side}sold_causes.${i}.units`,
            }))
            .sort(byUnits);
    const over =
        k.oversold_units > 0
            ? pairBars({
                  id: "oversold-causes",
                  title: w.byCause,
                  says: w.byCauseSays,
                  column: w.cause,
                  bars: bars(k.oversold_causes, "over", (cause) => oversoldCause(cause).name),
              })
            : null;
    const under =
        k.undersold_units > 0
            ? pairBars({
                  id: "undersold-causes",
                  title: w.underByCause,
                  says: w.underByCauseSays,
                  column: w.cause,
                  bars: bars(k.undersold_causes, "under", (cause) => undersoldCause(cause).name),
              })
            : null;
    return [over, under];
}

function channels(record: RunRecord): Child {
    const w = words();
    return pairBars({
        id: "why-channels",
        title: w.byChannel,
        says: w.byChannelSays,
        column: w.channel,
        bars: record.channels
            .map((one, i) => ({
                name: one.name,
                over: one.kpi.oversold_units,
                under: one.kpi.undersold_units,
                overPath: `channels.${i}.kpi.oversold_units`,
                underPath: `channels.${i}.kpi.undersold_units`,
            }))
            .sort(byUnits),
    });
}

function classes(record: RunRecord): Child {
    const w = words();
    if (!record.sku_classes?.length) return null;
    return pairBars({
        id: "why-classes",
        title: w.byClass,
        says: w.byClassSays,
        column: w.skuClass,
        bars: record.sku_classes.map((one, i) => ({
            name: fill(w.ofClass, { name: one.name, skus: whole(one.skus) }),
            over: one.oversold_units,
            under: one.undersold_units,
            overPath: `sku_classes.${i}.oversold_units`,
            underPath: `sku_classes.${i}.undersold_units`,
        })),
    });
}

function nodes(record: RunRecord): Child {
    const w = words();
    const all: Bar[] = record.nodes
        .map((one, i) => ({ name: one.name, over: one.oversold_units, overPath: `nodes.${i}.oversold_units` }))
        .sort(byUnits);
    const hit = all.filter((bar) => (bar.over ?? 0) > 0);
    if (hit.length === 0) return null;
    const rest = all.slice(kMostNodes);
    const left = rest.reduce((total, bar) => total + (bar.over ?? 0), 0);
    const bars =
        left > 0 ? [...all.slice(0, kMostNodes), { name: fill(w.others, { n: whole(rest.length) }), over: left }] : all;
    const placed = hit.reduce((total, bar) => total + (bar.over ?? 0), 0);
    const elsewhere = record.kpi.oversold_units - placed;
    return pairBars({
        id: "why-nodes",
        title: w.byNode,
        says: w.byNodeSays,
        column: w.node,
        bars,
        note: elsewhere > 0 && record.identity.warm_up_s === 0 ? fill(w.elsewhere, { n: whole(elsewhere) }) : null,
    });
}

// Those that have an autopsy open it.
function worst(record: RunRecord, autopsies: Autopsy[]): Child {
    const w = words();
    const skus: SkuKpi[] = (record.worst_skus ?? []).filter((one) => one.oversold_units > 0);
    if (skus.length === 0) return record.kpi.oversold_units > 0 ? h("p", { class: "sum" }, w.noWorst) : null;
    const name = (sku: string): Child => {
        if (!autopsies.some((one) => one.line.sku === sku)) return sku;
        return h(
            "button",
            {
                type: "button",
                class: "link",
                "data-sku": sku,
                "aria-label": fill(w.open, { sku }),
                onclick: () => openAutopsy(sku),
            },
            sku,
        );
    };
    const mostly = (one: SkuKpi): string => {
        const most = one.oversold_causes.reduce((a, b) => (b.units > a.units ? b : a), { cause: "", units: 0 });
        return most.units === 0
            ? ""
            : `${oversoldCause(most.cause).name} (${fill(w.share, { n: whole(most.units), all: whole(one.oversold_units) })})`;
    };
    const rows = skus.map((one, i): Child[] => {
        const cell = (field: "oversold_units" | "undersold_units" | "lost_sales_units" | "units_accepted") =>
            figure(`worst_skus.${i}.${field}`, one[field], whole(one[field]));
        return [
            name(one.sku),
            one.sku_class,
            cell("oversold_units"),
            figure(
                `worst_skus.${i}.oversold_value`,
                one.oversold_value,
                money(one.oversold_value, record.identity.currency),
            ),
            mostly(one),
            one.channels.map((by) => `${by.channel} ${whole(by.oversold_units)}`).join(", "),
            cell("undersold_units"),
            cell("lost_sales_units"),
            cell("units_accepted"),
        ];
    });
    return h(
        "div",
        { class: "worst", id: "worst-skus" },
        h("h3", {}, w.worst),
        h("p", { class: "sum" }, autopsies.length > 0 ? w.worstSays : null),
        table({
            caption: w.worst,
            rows,
            columns: [
                { title: w.sku, kind: "text" },
                { title: w.skuClass, kind: "text" },
                { title: w.oversold },
                { title: w.value },
                { title: w.mostly, kind: "text" },
                { title: w.where, kind: "text" },
                { title: w.undersold },
                { title: w.lost },
                { title: w.accepted },
            ],
        }),
    );
}

export function whySection(record: RunRecord, autopsies: Autopsy[]): Section {
    const any = record.kpi.oversold_units + record.kpi.undersold_units > 0;
    const charts = any ? [causes(record), channels(record), classes(record), nodes(record)] : [];
    return {
        id: "why",
        title: words().title,
        says: says(record),
        content: any ? [h("div", { class: "grid-2" }, charts), worst(record, autopsies)] : [],
    };
}

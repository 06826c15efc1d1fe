// How orders were sent and handed over: in what time, by whom, where they waited, and what came back.
import type { RunRecord } from "../../../generated/record";
import { figure, h, type Child } from "../../ui/dom";
import { both, fill } from "../../ui/language";
import { percent, price, span, whole } from "../../ui/numbers";
import type { Section } from "../../ui/section";
import { bar, table } from "../../ui/table";
import { fulfilmentFigures } from "./figures";
import { methodName, methodsOf, promiseChart } from "./methods";
import { busyChart, waitTable } from "./stations";
import { timeCharts } from "./times";

const words = both(
    {
        title: "Fulfilment",
        worst: "{name} keeps the fewest of its promises: {rate} of {due}; look for the station where its orders wait.",
        all: "Every promise that fell due was kept; half of all orders were with the customer after {time}.",
        plain: "Half of all orders were with the customer after {time}.",
        tills: "Nothing was sent or collected: all orders left over the counter.",
        carriers: "Carriers",
        carrier: "carrier",
        parcels: "parcels",
        late: "late",
        spilled: "waited a day",
        peak: "peak day",
        each: "price each",
        returns: "Returns, by what became of them",
        path: "path",
        units: "units",
        share: "share",
        inspection: "still in inspection",
        restocked: "back on a shelf",
        forwarded: "sent on to another node",
        marked_down: "sold off",
        written_off: "written off",
    },
    {
        title: "Realizacja",
        worst: "Najmniej obietnic dotrzymuje {name}: {rate} z {due}; zobacz, przed którym stanowiskiem czekają te zamówienia.",
        all: "Dotrzymano każdej obietnicy, której termin minął; połowa zamówień była u klienta po {time}.",
        plain: "Połowa zamówień była u klienta po {time}.",
        tills: "Niczego nie wysłano ani nie wydano: wszystkie zamówienia wyszły przez kasę.",
        carriers: "Przewoźnicy",
        carrier: "przewoźnik",
        parcels: "paczki",
        late: "spóźnione",
        spilled: "czekały dzień",
        peak: "dzień szczytu",
        each: "cena za paczkę",
        returns: "Zwroty: co się z nimi stało",
        path: "droga",
        units: "sztuki",
        share: "udział",
        inspection: "jeszcze w kontroli",
        restocked: "z powrotem na półkę",
        forwarded: "wysłane do innego węzła",
        marked_down: "wyprzedane",
        written_off: "spisane",
    },
);

function says(record: RunRecord): string {
    const w = words(),
        due = methodsOf(record.kpi).filter(({ kpi }) => kpi.promises_due > 0),
        time = record.kpi.fulfilment_time_s;
    const worst = due.reduce<(typeof due)[number] | null>(
        (least, one) => (least === null || one.kpi.promise_kept_rate < least.kpi.promise_kept_rate ? one : least),
        null,
    );
    if (time.count === 0) return w.tills;
    if (!worst) return fill(w.plain, { time: span(time.p50) });
    if (worst.kpi.promise_kept_rate === 1) return fill(w.all, { time: span(time.p50) });
    const name = methodName(worst.id);
    return fill(w.worst, {
        name: w.worst.startsWith("{name}") ? name.charAt(0).toUpperCase() + name.slice(1) : name,
        rate: percent(worst.kpi.promise_kept_rate),
        due: whole(worst.kpi.promises_due),
    });
}

function carriers(record: RunRecord): Child {
    const w = words(),
        used = record.carriers.map((carrier, i) => ({ carrier, i })).filter(({ carrier }) => carrier.parcels > 0);
    if (used.length === 0) return null;
    return h(
        "div",
        { class: "chart" },
        h("h3", {}, w.carriers),
        table({
            caption: w.carriers,
            columns: [
                { title: w.carrier, kind: "text" },
                { title: w.parcels },
                { title: w.late },
                { title: w.spilled },
                { title: w.peak },
                { title: w.each },
            ],
            rows: used.map(({ carrier: c, i }) => [
                c.name,
                figure(`carriers.${i}.parcels`, c.parcels, whole(c.parcels)),
                percent(c.late / c.parcels),
                whole(c.spilled),
                whole(c.peak_day),
                price(c.price / c.parcels / 100, record.identity.currency),
            ]),
        }),
    );
}

function returns(record: RunRecord): Child {
    const w = words(),
        names: Record<string, string> = w,
        waiting = record.balance?.stock_in_inspection ?? 0;
    const paths = record.kpi.returns_by_path
        .map((path, i) => ({
            name: names[path.cause] ?? path.cause,
            units: path.units,
            path: `kpi.returns_by_path.${i}.units`,
        }))
        .concat(waiting > 0 ? [{ name: w.inspection, units: waiting, path: "balance.stock_in_inspection" }] : [])
        .filter(({ units }) => units > 0);
    const all = paths.reduce((sum, { units }) => sum + units, 0);
    if (all === 0) return null;
    return h(
        "div",
        { class: "chart" },
        h("h3", {}, w.returns),
        table({
            caption: w.returns,
            columns: [
                { title: w.path, kind: "text" },
                { title: w.units },
                { title: w.share },
                { title: "", kind: "text" },
            ],
            rows: paths.map(({ name, units, path }) => [
                name,
                figure(path, units, whole(units)),
                percent(units / all),
                bar(units / all),
            ]),
        }),
    );
}

export function fulfilmentSection(record: RunRecord): Section | null {
    const figures = fulfilmentFigures(record);
    if (!figures) return null;
    return {
        id: "fulfilment",
        title: words().title,
        says: says(record),
        content: [
            figures,
            promiseChart(record),
            timeCharts(record),
            h("div", { class: "grid-2" }, busyChart(record), h("div", {}, carriers(record), returns(record))),
            waitTable(record),
        ],
    };
}

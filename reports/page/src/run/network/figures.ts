// What the map shows as figures: its legend, the totals of the moment, the widest flows.
import type { RunRecord } from "../../../generated/record";
import { figure, h, type Child } from "../../ui/dom";
import { fill } from "../../ui/language";
import { percent, short, whole } from "../../ui/numbers";
import { card, cards } from "../../ui/section";
import { table } from "../../ui/table";
import { mostFlows, splitShare } from "./flows";
import { flowsShown, nodeAt, parcelsOf, type NodeAt, type Shown } from "./state";
import { targetOf, limitText, shadeSays, sizeSays, words } from "./words";

export function legend(record: RunRecord, shown: Shown): Child[] {
    const w = words(),
        flows = flowsShown(record, shown).length,
        key = (i: number) =>
            h("span", { class: "key" }, h("i", { style: `background:var(--c${i})` }), limitText(shown.measure, i));
    const drawn =
        shown.node === null && flows > mostFlows
            ? `, ${fill(w.thinner, { n: whole(mostFlows), all: whole(flows) })}`
            : "";
    const lines =
        record.network.flows.length > 0
            ? `${w.lines}${drawn}; ${shown.step === null ? fill(w.split, { share: `${short(100 * splitShare)} %` }) : w.splitRun}`
            : null;
    return [
        h("span", {}, sizeSays(shown.measure)),
        h("span", {}, shadeSays(shown.measure)),
        [0, 1, 2, 3, 4].map(key),
        h("span", {}, w.squares),
        lines ? h("span", {}, lines) : null,
    ];
}

function sum(record: RunRecord, shown: Shown): NodeAt {
    const total: NodeAt = {
        stock: 0,
        start: 0,
        open: 0,
        shipped: 0,
        collected: 0,
        till: 0,
        oversold: 0,
        busy: 0,
        staffed: 0,
    };
    record.nodes.forEach((node, i) => {
        if (shown.node !== null && node.name !== shown.node) return;
        const at = nodeAt(record, i, shown.step);
        for (const name of Object.keys(total) as (keyof NodeAt)[])
            total[name] =
                name === "open" && shown.step === null ? Math.max(total.open, at.open) : total[name] + at[name];
    });
    return total;
}

// Of one node and of the whole run they are fields of the record; sums and steps are not.
export function readOut(record: RunRecord, shown: Shown): HTMLElement {
    const w = words(),
        n = sum(record, shown),
        index = record.nodes.findIndex((node) => node.name === shown.node),
        run = shown.step === null;
    const value = (field: string, of: number): Child =>
        run && index >= 0 ? figure(`nodes.${index}.${field}`, of, whole(of)) : whole(of);
    const units = (name: string) => fill(w.inUnits, { name });
    const all = record.kpi.oversold_units,
        whole_network = run && index < 0 && record.identity.warm_up_s === 0,
        note = whole_network && n.oversold < all ? fill(w.oversoldOfAll, { all: whole(all) }) : w.oversoldNote;
    return cards(
        card(units(run ? w.stockEnd : w.stock), value("stock_end", n.stock), null),
        card(!run ? w.open : index >= 0 ? w.openPeakHere : w.openPeak, value("backlog_peak", n.open), null),
        card(units(w.shipped), value("units_shipped", n.shipped), null),
        card(units(w.collected), value("units_handed_over", n.collected), null),
        card(units(w.till), value("units_sold_at_till", n.till), null),
        card(units(w.oversold), value("oversold_units", n.oversold), note, n.oversold > 0 ? "bad" : ""),
        ...(n.staffed > 0 ? [card(w.busy, percent(n.busy / n.staffed), w.busyNote)] : []),
    );
}

export function widestFlows(record: RunRecord, shown: Shown): Child {
    const w = words();
    if (record.network.flows.length === 0) return null;
    const flows = flowsShown(record, shown).slice(0, 8);
    if (flows.length === 0) return h("p", { class: "says" }, w.noFlows);
    return [
        h("h3", {}, w.flows),
        table({
            caption: w.flows,
            columns: [
                { title: w.from, kind: "text" },
                { title: w.to, kind: "text" },
                { title: w.parcels },
                ...(shown.step === null ? [{ title: w.ofSplit }] : []),
            ],
            rows: flows.map((flow) => [
                flow.node,
                targetOf(flow),
                whole(parcelsOf(flow, shown.step)),
                ...(shown.step === null ? [whole(flow.split_parcels)] : []),
            ]),
        }),
    ];
}

export function describe(record: RunRecord): string {
    const w = words(),
        n = sum(record, { measure: "stock", step: null, node: null, zoom: 1, centre: null });
    return `${w.map}: ${w.nodes} ${whole(record.nodes.length)}; ${w.shipped} ${whole(n.shipped)}, ${w.collected} ${whole(n.collected)}, ${w.till} ${whole(n.till)}, ${w.oversold} ${whole(n.oversold)}`;
}

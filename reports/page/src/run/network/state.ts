// What the map shows: of which moment, of which node, and which measure of it.
import type { FlowSteps, NodeKpi, RunRecord } from "../../../generated/record";

export type Measure = "stock" | "load" | "units" | "oversold";
export const measures: Measure[] = ["stock", "load", "units", "oversold"];

export interface Shown {
    measure: Measure;
    step: number | null; // null: the whole run
    node: string | null; // null: all
    zoom: number;
    centre: [number, number] | null;
}

// Units, but for the working time. Of a step: counts are of it, states at its end; of the whole run: states at its end, but `open` at its peak.
export interface NodeAt {
    stock: number;
    start: number;
    open: number;
    shipped: number;
    collected: number;
    till: number;
    oversold: number;
    busy: number;
    staffed: number; // person-seconds
}

export const stepsOf = (record: RunRecord): number =>
    Math.max(0, ...record.network.nodes.map((node) => node.stock.length));

const wholeRun = (node: NodeKpi): NodeAt => ({
    stock: node.stock_end,
    start: node.stock_start,
    open: node.backlog_peak,
    shipped: node.units_shipped,
    collected: node.units_handed_over,
    till: node.units_sold_at_till,
    oversold: node.oversold_units,
    busy: node.busy_s,
    staffed: node.staffed_s,
});

export function nodeAt(record: RunRecord, index: number, step: number | null): NodeAt {
    const node = record.nodes[index]!,
        series = record.network.nodes[index];
    if (step === null || !series) return wholeRun(node);
    const at = (values: number[]) => values[step] ?? 0;
    return {
        stock: at(series.stock),
        start: node.stock_start,
        open: at(series.open_lines),
        shipped: at(series.shipped),
        collected: at(series.handed_over),
        till: at(series.sold_at_till),
        oversold: at(series.oversold),
        busy: at(series.busy_s),
        staffed: at(series.staffed_s),
    };
}

export const out = (n: NodeAt): number => n.shipped + n.collected + n.till;
export const sizeOf = (n: NodeAt, measure: Measure): number =>
    ({ stock: n.stock, load: n.open, units: out(n), oversold: n.oversold })[measure];

// What the colour says; null where there is nothing to divide by.
export function shadeOf(n: NodeAt, measure: Measure): number | null {
    const share = (a: number, b: number) => (b > 0 ? a / b : null);
    if (measure === "stock") return n.start > 0 ? Math.max(0, 1 - n.stock / n.start) : null;
    if (measure === "load") return share(n.busy, n.staffed);
    if (measure === "units") return share(n.shipped, out(n));
    return n.oversold === 0 ? 0 : (1000 * n.oversold) / Math.max(1, out(n));
}

// Above each limit begins the next of five colours.
export const limits: Record<Measure, number[]> = {
    stock: [0.25, 0.5, 0.75, 0.9],
    load: [0.5, 0.75, 0.9, 0.99],
    units: [0.05, 0.25, 0.5, 0.75],
    oversold: [0, 1, 5, 10],
};
export const classOf = (shade: number, measure: Measure): number =>
    limits[measure].filter((limit) => shade > limit).length;

// The largest of any node at any time, so that the sizes of two moments compare.
const known = new Map<string, number>();
let knownOf: RunRecord | null = null;
export function largest(record: RunRecord, measure: Measure, step: number | null): number {
    if (knownOf !== record) known.clear();
    knownOf = record;
    const key = `${measure} ${step === null}`,
        before = known.get(key);
    if (before !== undefined) return before;
    const found = search(record, measure, step);
    known.set(key, found);
    return found;
}

function search(record: RunRecord, measure: Measure, step: number | null): number {
    const steps = step === null ? [null] : Array.from({ length: stepsOf(record) }, (_, i) => i);
    let most = 0;
    for (let i = 0; i < record.nodes.length; ++i)
        for (const at of steps) most = Math.max(most, sizeOf(nodeAt(record, i, at), measure));
    return most;
}

export const parcelsOf = (flow: FlowSteps, step: number | null): number =>
    step === null ? flow.parcels : (flow.steps[step] ?? 0);

// Widest first; of one node those that leave it and those that come to it.
export function flowsShown(record: RunRecord, shown: Shown): FlowSteps[] {
    return record.network.flows
        .filter(
            (flow) =>
                (shown.node === null || flow.node === shown.node || flow.to_node === shown.node) &&
                parcelsOf(flow, shown.step) > 0,
        )
        .sort((a, b) => parcelsOf(b, shown.step) - parcelsOf(a, shown.step));
}

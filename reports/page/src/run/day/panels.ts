// What of a run has a time, as panels of one or more lines.
import type { EdgeSeries, RunRecord } from "../../../generated/record";
import { both } from "../../ui/language";
import { brief, percent, short, span, whole } from "../../ui/numbers";
import { idleHours, type Stretch } from "../hours";
import type { Merge } from "./time";

const words = both(
    {
        arrivals: "Shoppers arriving",
        active: "Shoppers in the channels",
        orders: "Orders accepted",
        oversold: "Oversold",
        undersold: "Undersold",
        refused: "Refused",
        cancelled: "Cancelled",
        stock: "Stock on shelves",
        open: "Open orders",
        held: "Held",
        picks: "Lines to pick",
        nobody: "grey: nobody picks",
        oldest: "Oldest line waiting",
        people: "People on shift",
        used: "Utilisation",
        mean: "Sync lag, mean",
        max: "Sync lag, longest",
        units: "units",
        all: "all nodes",
        truth: "units, truth",
        holds: "units in live holds",
        busy: "busy of staffed time",
        seconds: "log scale",
    },
    {
        arrivals: "Nowi klienci",
        active: "Klienci w kanałach",
        orders: "Przyjęte zamówienia",
        oversold: "Nadsprzedaż",
        undersold: "Odmowy mimo zapasu",
        refused: "Odmowy",
        cancelled: "Anulowane",
        stock: "Zapas na półkach",
        open: "Otwarte zamówienia",
        held: "Blokady",
        picks: "Pozycje do skompletowania",
        nobody: "na szaro: nikt nie kompletuje",
        oldest: "Najdłużej czekająca pozycja",
        people: "Ludzie na zmianie",
        used: "Wykorzystanie",
        mean: "Opóźnienie synchronizacji, średnie",
        max: "Opóźnienie synchronizacji, największe",
        units: "sztuki",
        all: "wszystkie węzły",
        truth: "sztuki, stan rzeczywisty",
        holds: "sztuki w czynnych blokadach",
        busy: "czas pracy do czasu zmian",
        seconds: "skala log.",
    },
);

export type PanelId =
    | "orders"
    | "arrivals"
    | "oversold"
    | "undersold"
    | "refused"
    | "cancelled"
    | "open"
    | "lag"
    | "lag_max"
    | "used"
    | "picks"
    | "oldest"
    | "people"
    | "stock"
    | "active"
    | "held";
export type Tone = "calm" | "bad" | "warn" | "series";

export interface Line {
    name: string; // empty: the panel's only one
    values: readonly number[]; // one per step, negative: not measured
    rank: number; // of its colour
}
export interface Panel {
    id: PanelId;
    title: string;
    unit: string;
    tone: Tone;
    merge: Merge;
    scale: "zero" | "level" | "log";
    step_s: number;
    lines: Line[];
    text: (value: number | null) => string;
    after?: number; // counts after the last step
    idle?: Stretch[]; // of each day: hours in which nobody does what the panel counts; shaded
}

// More lines than these cannot be told apart.
export const mostEdges = 6;

// The slowest first, by p99 of the whole run.
export function edgesByLag(record: RunRecord): EdgeSeries[] {
    const p99 = new Map(record.edges.map((edge) => [edge.name, edge.lag_s.count > 0 ? edge.lag_s.p99 : 0]));
    return record.series.edge_lag
        .filter((edge) => edge.mean_lag_s.some((lag) => lag >= 0))
        .sort((a, b) => (p99.get(b.edge) ?? 0) - (p99.get(a.edge) ?? 0));
}

function lagPanels(record: RunRecord, edges: readonly string[]): Panel[] {
    const w = words(),
        all = edgesByLag(record).filter((edge) => edges.includes(edge.edge));
    const panel = (id: PanelId, title: string, merge: Merge, of: (edge: EdgeSeries) => number[]): Panel => ({
        id,
        title,
        unit: w.seconds,
        tone: "series",
        merge,
        scale: "log",
        step_s: record.series.step_s,
        text: span,
        lines: all.map((edge) => ({ name: edge.edge, values: of(edge), rank: edges.indexOf(edge.edge) })),
    });
    return [
        panel("lag", w.mean, "mean", (edge) => edge.mean_lag_s),
        panel("lag_max", w.max, "highest", (edge) => edge.max_lag_s),
    ];
}

const addUp = (rows: readonly (readonly number[])[]): number[] =>
    (rows[0] ?? []).map((_, i) => rows.reduce((sum, row) => sum + Math.max(row[i] ?? 0, 0), 0));

// All nodes together, and the three that work hardest.
function utilisation(record: RunRecord): Panel | null {
    const staffed = (record.network?.nodes ?? []).filter((node) => node.staffed_s.some((s) => s > 0));
    if (staffed.length === 0) return null;
    const total = (values: readonly number[]) => values.reduce((sum, s) => sum + s, 0);
    const share = (busy: readonly number[], of: readonly number[]) =>
        busy.map((s, i) => ((of[i] ?? 0) > 0 ? s / of[i]! : -1));
    const hardest = [...staffed]
        .sort((a, b) => total(b.busy_s) / total(b.staffed_s) - total(a.busy_s) / total(a.staffed_s))
        .slice(0, 3);
    const everywhere = share(addUp(staffed.map((n) => n.busy_s)), addUp(staffed.map((n) => n.staffed_s)));
    const lines = staffed.length === 1 ? [] : [{ name: words().all, values: everywhere, rank: 0 }];
    return {
        id: "used",
        title: words().used,
        unit: words().busy,
        tone: "series",
        merge: "mean",
        scale: "zero",
        step_s: record.network.step_s,
        text: percent,
        lines: [
            ...lines,
            ...hardest.map((node, i) => ({ name: node.node, values: share(node.busy_s, node.staffed_s), rank: i + 1 })),
        ],
    };
}

// In the order in which they are stacked.
export function panelsOf(record: RunRecord, edges: readonly string[]): Panel[] {
    const w = words(),
        s = record.series;
    const one = (
        id: PanelId,
        title: string,
        unit: string,
        tone: Tone,
        merge: Merge,
        scale: Panel["scale"],
        values: readonly number[],
        after?: number,
    ): Panel => ({
        id,
        title,
        unit,
        tone,
        merge,
        scale,
        step_s: s.step_s,
        lines: [{ name: "", values, rank: 0 }],
        text: whole,
        ...(after ? { after } : {}),
    });
    const count = (id: PanelId, title: string, unit: string, tone: Tone, values: readonly number[], after: number) =>
        one(id, title, unit, tone, "sum", "zero", values, after);
    const state = (
        id: PanelId,
        title: string,
        unit: string,
        values: readonly number[],
        scale: Panel["scale"] = "zero",
    ) => one(id, title, unit, "calm", "last", scale, values);
    const rows = (of: "open_picks" | "oldest_s" | "at_work") => s.backlog.map((node) => node[of]);
    const highest = (s.backlog[0]?.oldest_s ?? []).map((_, i) =>
        Math.max(...s.backlog.map((node) => node.oldest_s[i] ?? 0)),
    );
    // Where all nodes that pick rest: lines that wait then wait for the morning.
    const idle = idleHours(record.nodes);
    return [
        count("arrivals", w.arrivals, "", "calm", s.arrivals, s.arrivals_after),
        state("active", w.active, "", s.shoppers_active),
        count("orders", w.orders, "", "calm", s.orders, s.orders_after),
        count("oversold", w.oversold, w.units, "bad", s.oversold, s.oversold_after),
        count("undersold", w.undersold, w.units, "warn", s.undersold, s.undersold_after),
        count("refused", w.refused, w.units, "calm", s.refused, s.refused_after),
        count("cancelled", w.cancelled, w.units, "bad", s.cancelled, s.cancelled_after),
        ...lagPanels(record, edges),
        state("stock", w.stock, w.truth, s.stock, "level"),
        state("held", w.held, w.holds, s.held),
        state("open", w.open, "", s.open_orders),
        { ...state("picks", w.picks, idle.length > 0 ? w.nobody : "", s.open_picks), idle },
        { ...state("oldest", w.oldest, idle.length > 0 ? w.nobody : "", highest), idle, merge: "highest", text: span },
        state("people", w.people, "", addUp(rows("at_work"))),
        utilisation(record),
    ].filter((panel): panel is Panel => panel !== null && panel.lines.some((line) => line.values.length > 0));
}

export const isEmpty = (panel: Panel): boolean => !panel.lines.some((line) => line.values.some((value) => value > 0));

// What is on the screen before anybody chooses: what oversells, and why.
export function shownAtFirst(panels: readonly Panel[]): PanelId[] {
    const order: PanelId[] = [
        "orders",
        "oversold",
        "undersold",
        "lag",
        "open",
        "cancelled",
        "refused",
        "arrivals",
        "stock",
    ];
    const there = new Set(panels.filter((panel) => !isEmpty(panel)).map((panel) => panel.id));
    const of = new Set(order.filter((id) => there.has(id)).slice(0, 6));
    return panels.filter((panel) => of.has(panel.id)).map((panel) => panel.id);
}

// "47,670 in all, peak 391 at 20:05"
export const axisText =
    (panel: Panel) =>
    (value: number): string =>
        panel.id === "used" ? percent(value) : panel.text === span ? brief(value) : short(value);

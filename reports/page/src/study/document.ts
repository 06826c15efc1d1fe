// What the JSON of all studies has alike (reports/study/*_json.cpp).
export type Unit = "share" | "minor_money" | "major_money" | "seconds" | "count";
export type Better = "lower" | "higher" | "neither";

export interface KpiInfo {
    label: string; // in English
    better: Better;
    unit: Unit;
}

// Ends are null where one run says nothing of them.
export interface Interval {
    value: number | null;
    low: number | null;
    high: number | null;
}
// As sweep, plan and indices write it.
export interface Mean {
    mean: number | null;
    low: number | null;
    high: number | null;
}
export const interval = (of: Mean | null | undefined): Interval | null =>
    of ? { value: of.mean, low: of.low, high: of.high } : null;

export interface DayLine {
    mean: number[];
    low: number[];
    high: number[];
}
export const dayLines = ["orders", "oversold", "undersold", "refused", "cancelled", "stock"] as const;
export type DayLineName = (typeof dayLines)[number];
export interface Edge {
    name: string;
    from: string;
    to: string;
    kind: string;
    messages: number;
    lost: number;
    lag_p50_s: number | null;
    lag_p99_s: number | null;
}
export interface Day {
    start_of_day_s: number;
    step_s: number;
    edges: Edge[];
    lines: Record<DayLineName, DayLine>;
}

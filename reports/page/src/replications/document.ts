// What `lastunit run --replications N --json` writes (reports/study/estimates_json.cpp).
import type { Day, Interval, KpiInfo } from "../study/document";

export interface KpiFigures {
    mean: Interval;
    median: Interval;
    values: number[];
}
export interface Gate {
    gate: string;
    kpi: string;
    bound: number;
    broken: number;
    judged: number;
    values: number[];
    repeat_command: string;
}
export interface Risk {
    at_least: { units: number; probability: Interval }[];
    oversold_value_worst_of_20: Interval;
    mean_beyond: Interval;
}
export interface Arm {
    name: string;
    seeds: number[];
    fingerprints: string[];
    kpi: Record<string, KpiFigures>;
    gates: Gate[];
    risk: Risk | null;
    day: Day | null;
}
export interface Replications {
    scenario: string;
    scenario_hash: string;
    commit: string;
    arms: [Arm];
    title: string;
    currency: string;
    version: string;
    command: string;
    confidence: number;
    kpis: Record<string, KpiInfo>;
}

// What `lastunit sweep --indices --json` writes, and `plan --json` of its screening (reports/study/indices.cpp).
import type { KpiInfo, Mean } from "../study/document";

export interface Effect {
    strength: Mean; // mean absolute effect over the variable's whole range
    mean_effect: Mean;
    spread: number;
    by_chance: number | null; // the strength of a variable that does nothing; null with one replication
    matters: boolean;
}
export interface Shares {
    variance: Mean;
    noise_share: number | null;
    variables: Record<string, { first: Mean; total: Mean }>;
}
export interface Indices {
    title: string;
    command: string;
    morris: Record<string, Record<string, Effect>>; // by KPI, then variable
    sobol: Record<string, Shares>; // by KPI
    morris_runs: number;
    sobol_runs: number;
    not_measured: string[];
    kpis: Record<string, KpiInfo>;
}

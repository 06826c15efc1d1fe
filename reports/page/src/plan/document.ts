// What `lastunit plan --json` writes (reports/study/plan_files.cpp).
import type { Indices } from "../indices/document";
import type { KpiInfo, Mean } from "../study/document";

export type Fate = "best" | "beaten" | "misses_limit" | "open" | "not_measured";
export interface Candidate {
    name: string;
    fate: Fate;
    missed: string | null; // text of the limit
    set: string[];
    settings: string[]; // none: the scenario as it is
    replications: number;
    kpis: Record<string, Mean | null>;
    miss: number | null; // by how much of the bound the worst limit is missed; 0 or less: all are kept to, by the means
}
export interface Limit {
    text: string;
    kpi: string;
    bound: number;
    tolerance: number;
    side: "at_most" | "at_least";
}
export interface Plan {
    title: string;
    command: string;
    outcome: "decided" | "nothing_keeps_limits" | "runs_ended";
    objective: { kpi: string; best: "least" | "largest"; zone: number };
    limits: Limit[];
    confidence: number;
    guarantee: string; // in English
    best: Candidate | null; // what looks best where it was not decided
    yaml: string;
    not_distinguished: { name: string; worse_by: Mean }[];
    variables: { name: string; paths: string[]; values: string[] }[];
    dropped: string[];
    points: number;
    explored: number;
    exploration_runs: number;
    selection_runs: number;
    candidates: Candidate[];
    as_it_is: string | null;
    screening: Indices | null;
    currency: string;
    version: string;
    commit: string;
    kpis: Record<string, KpiInfo>;
}
export const outcomeTone = (plan: Plan): "good" | "bad" => (plan.outcome === "decided" ? "good" : "bad");

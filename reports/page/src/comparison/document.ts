// What `lastunit compare --json` writes of a study (reports/study/comparison_json.cpp).
import type { Better, Day, Interval, Unit } from "../study/document";

export type Verdict = "better" | "worse" | "lower" | "higher" | "not_shown";
export interface Difference extends Interval {
    p: number;
    verdict: Verdict;
    ratio: Interval | null;
    replications_still_needed: number | null;
    pairing_gain: number | null;
}
export interface ArmFigures {
    arm: string;
    mean: Interval;
    difference: Difference | null; // none for the baseline, and of one replication
    values: number[];
}
export interface Kpi {
    path: string;
    label: string;
    better: Better;
    unit: Unit;
    arms: ArmFigures[]; // in the order of Comparison.arms
}
export interface Choice {
    priority: string;
    label: string;
    kpis: string[];
    best: string;
    certainty: "shown" | "equal" | "not_shown" | "one_run";
    may_be_best: string[];
    best_in: number | null;
    replications_still_needed: number | null;
    scores: Interval[];
    next?: string | null; // these three: pages of older versions have none
    ahead?: Interval | null; // of `next` behind the best: in units of the first KPI, of a balanced score from 0 to 1
    weighed?: { kpi: string; apart: number; counts: number }[]; // what a balanced score is made of
}
export interface Comparison {
    scenario: string;
    scenario_hash: string;
    title: string;
    currency: string;
    version: string;
    commit: string;
    seeds: "common" | "independent";
    replications: number;
    seeds_left_out: number;
    confidence: number;
    baseline: string;
    arms: { name: string; seeds: number[]; fingerprints: string[]; repeat_command: string }[];
    kpis: Kpi[];
    front_kpis: Kpi[];
    pareto: {
        kpis: string[];
        arms: { arm: string; place: "on_front" | "dominated" | "dominated_in_means"; by: string | null }[];
    };
    gates_broken: { arm: string; gate: string; broken: number; judged: number; repeat_command: string }[];
    left_out: { path: string; why: string }[];
    command: string;
    shoppers: number;
    choices: Choice[];
    days: ({ arm: string } & Day)[];
}

export const kpiOf = (study: Comparison, path: string): Kpi | undefined =>
    study.kpis.find((one) => one.path === path) ?? study.front_kpis.find((one) => one.path === path);
export const baselineOf = (study: Comparison): number => study.arms.findIndex((one) => one.name === study.baseline);
// Of a difference: good, bad, or neither.
export const toneOf = (verdict: Verdict): "good" | "bad" | "open" =>
    verdict === "better" ? "good" : verdict === "worse" ? "bad" : "open";

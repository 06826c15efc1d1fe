// What `lastunit flow race --json` writes (drivers/http/race/report_json.cpp). Fields with ? are left out where the flow reads no such
// thing, or where they do not apply. Times in microseconds.
export const answers = ["accepted", "out_of_stock", "conflict", "error", "unknown"] as const;
export type Answer = (typeof answers)[number];

export type FindingKind =
    | "oversold"
    | "undersold"
    | "phantom_order"
    | "missing_order"
    | "duplicate_order"
    | "lost_update"
    | "unallocated_order";

export interface RaceEvent {
    step: string;
    device: number;
    sent_us: number;
    answered_us?: number;
    status?: number;
    answer: Answer;
    why: string;
    request: string;
    response: string;
}
export interface RaceShopper {
    number: number;
    identity: string;
    told: Answer;
    last_step: string;
    why: string;
    acceptances: number;
    events: RaceEvent[];
}
// drivers/http/disagreement.hpp; the same in the record of a load.
export interface Disagreement {
    form: string;
    units: number;
    beside: number;
    turned_away: { step: string; answer: string; shoppers: number }[];
}
export interface Finding {
    kind: FindingKind;
    units: number;
    sentence: string;
    disagreement?: Disagreement; // files of older versions have none
    shoppers: number[];
    side_by_side: number[]; // two, or one twice
}
export interface RaceStep extends Record<Answer, number> {
    step: string;
    shoppers: number; // who came to it
    passed: number;
    requests: number;
    statuses: { status: number; answer: Answer; requests: number; why?: string }[]; // status 0: no answer
    latency_us: { p50: number; p90: number; p99: number; max: number };
}
export interface StockLevels {
    available?: number;
    on_hand?: number;
    reserved?: number;
}
export interface ShopCpu {
    target: string;
    shop_us: number;
    database_us: number;
    redis_us: number;
    us_per_checkout?: number;
}
export interface RaceRun {
    run: string;
    stock: number;
    demand: number;
    told: number;
    unknown: number;
    unknown_but_ordered: number;
    orders?: number;
    reservations?: number;
    counter_moved_by?: number;
    duration_us: number;
    findings: Finding[];
    left_open?: string[]; // sentences: neither a finding nor none
    before?: StockLevels;
    after?: StockLevels;
    checkouts: number;
    cpu?: ShopCpu;
    steps: RaceStep[];
    shoppers: RaceShopper[];
    shoppers_left_out: number;
}
export interface Race {
    flow: string;
    title: string;
    hold: string;
    promise: string;
    sku: string;
    shoppers: number;
    units: number;
    quantity: number;
    at_once: number; // 0: all
    wait_before?: string;
    twice?: "same_cart" | "repeat_submit" | "cancel_and_pay" | "duplicate_webhook";
    twice_step?: string;
    findings: Partial<Record<FindingKind, number>>; // in how many runs
    runs: RaceRun[];
}

// The run to begin with: the first that found something.
export const firstRun = (race: Race): number =>
    Math.max(
        0,
        race.runs.findIndex((run) => run.findings.length > 0),
    );

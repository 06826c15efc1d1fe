// Quantiles of the record's latency histograms, as reports/load/latency.hpp takes them.
import type { LatencyHistogram, LoadReport } from "../../../generated/record";
import { both } from "../../ui/language";
import { none, short, span } from "../../ui/numbers";

// The largest value that at least a fraction q of the sample does not exceed, in seconds; null where nothing was measured.
export function quantile(of: LatencyHistogram, q: number): number | null {
    if (of.total === 0) return null;
    if (q >= 1) return of.max_ns / 1e9;
    const rank = Math.floor(Math.max(q, 0) * of.total);
    let seen = 0;
    for (let i = 0; i < of.value_ns.length; ++i) {
        seen += of.count[i];
        // The middle of the last bucket may lie above the largest value, of the first below the smallest.
        if (seen > rank) return Math.max(Math.min(of.value_ns[i], of.max_ns), of.min_ns) / 1e9;
    }
    return of.max_ns / 1e9;
}

export const mean = (of: LatencyHistogram): number | null => (of.total === 0 ? null : of.sum_ns / of.total / 1e9);

export const latency = (seconds: number | null): string => (seconds === null ? none : span(seconds));

// Of an axis of powers of ten: 100 s is shorter than 1 min 40 s.
export const powerOfTen = (seconds: number): string => (seconds >= 60 ? `${short(seconds)} s` : span(seconds));

const words = both(
    {
        service: "Service",
        serviceIs: "first attempt sent until the answer",
        response: "Response",
        responseIs: "intended until the answer: what a shopper waited",
        lag: "Dispatch lag",
        lagIs: "the generator’s own lateness, part of the response",
    },
    {
        service: "Obsługa",
        serviceIs: "od pierwszej wysłanej próby do odpowiedzi",
        response: "Odpowiedź",
        responseIs: "od zamierzonej chwili do odpowiedzi: tyle czekał klient",
        lag: "Opóźnienie wysyłki",
        lagIs: "spóźnienie samego generatora, część czasu odpowiedzi",
    },
);

export interface Time {
    field: "service" | "response" | "dispatch_lag"; // in the LoadReport
    name: string;
    meaning: string;
    histogram: LatencyHistogram;
}

// In the order in which they are read.
export function timesOf(load: LoadReport): Time[] {
    const w = words();
    return [
        { field: "service", name: w.service, meaning: w.serviceIs, histogram: load.service },
        { field: "response", name: w.response, meaning: w.responseIs, histogram: load.response },
        { field: "dispatch_lag", name: w.lag, meaning: w.lagIs, histogram: load.dispatch_lag },
    ];
}

// The axis of the day: local time, and bins wide enough that what is drawn is seen.
import type { RunRecord } from "../../../generated/record";

// Seconds. Times of the axis are milliseconds since midnight of the first local day, as if that were 1 January 1970 in UTC.
export interface Window {
    from: number;
    until: number;
}

export const ms = (seconds: number): number => Math.round(seconds * 1000);

const roundTimes = [
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800,
];

// What a screen shows of steps apart: more of them are a bar code.
const mostBins = 320;

// Steps in a bin when `window_s` of the series is in sight.
export function stepsInBin(step_s: number, window_s: number): number {
    const least = window_s / mostBins / step_s;
    if (least <= 1) return 1;
    for (const round of roundTimes) {
        const steps = round / step_s;
        if (steps >= least && Number.isInteger(steps)) return steps;
    }
    return Math.ceil(least);
}

export function wholeDay(record: RunRecord): Window {
    const s = record.series,
        steps = Math.max(s.orders.length, s.arrivals.length, s.stock.length, s.open_orders.length);
    const from = record.identity.start_of_day_s;
    return { from, until: from + steps * s.step_s };
}

export type Merge = "sum" | "last" | "highest" | "mean";

// A value per bin; null where nothing was measured (negative in the record).
export function binned(steps: readonly number[], group: number, how: Merge): (number | null)[] {
    const bins: (number | null)[] = [];
    for (let from = 0; from < steps.length; from += group) {
        const until = Math.min(from + group, steps.length);
        let sum = 0,
            highest = -1,
            measured = 0;
        for (let i = from; i < until; i++) {
            const value = steps[i]!;
            if (value < 0) continue;
            sum += value;
            measured++;
            if (value > highest) highest = value;
        }
        bins.push(
            measured === 0
                ? null
                : how === "sum"
                  ? sum
                  : how === "last"
                    ? steps[until - 1]!
                    : how === "mean"
                      ? sum / measured
                      : highest,
        );
    }
    return bins;
}

const two = (n: number): string => String(n).padStart(2, "0");

// Local time to the minute, or to the second; later days as "+1 08:15".
export function timeText(seconds: number, unit: 1 | 60): string {
    const at = Math.round(seconds / unit) * unit,
        day = Math.floor(at / 86_400),
        of = at - day * 86_400;
    const text = `${two(Math.floor(of / 3600))}:${two(Math.floor(of / 60) % 60)}${unit === 1 ? `:${two(of % 60)}` : ""}`;
    return day > 0 ? `+${day} ${text}` : text;
}

// As the end of something: midnight is 24:00 of the day that it ends.
export function endText(seconds: number, unit: 1 | 60): string {
    if (seconds <= 0 || Math.round(seconds) % 86_400 !== 0) return timeText(seconds, unit);
    const days = Math.round(seconds / 86_400) - 1;
    return days > 0 ? `+${days} 24:00` : "24:00";
}

// A dot and its whisker in the cell of a table, on a scale that the cells of a row share. Numbers stand beside it, so that those who
// cannot see it miss nothing.
import { svg } from "../ui/dom";
import type { Interval } from "./document";

export type Tone = "good" | "bad" | "open" | "base";

export interface Scale {
    low: number;
    high: number;
    mark?: number; // a line at this value: the baseline, no difference
}

const height = 16,
    pad = 5;

// From the least to the greatest end; widened where all are the same.
export function scaleOf(all: (Interval | null)[], mark?: number): Scale {
    const ends = all
        .flatMap((one) => (one ? [one.low ?? one.value, one.high ?? one.value] : []))
        .filter((x): x is number => x !== null && Number.isFinite(x));
    if (mark !== undefined) ends.push(mark);
    const low = Math.min(...ends),
        high = Math.max(...ends);
    return high > low ? { low, high, mark } : { low: low - 1, high: high + 1, mark };
}

export function intervalPlot(of: Interval, scale: Scale, tone: Tone, width = 110): SVGElement {
    const at = (value: number) =>
        pad +
        ((Math.min(scale.high, Math.max(scale.low, value)) - scale.low) / (scale.high - scale.low)) * (width - 2 * pad);
    const middle = height / 2;
    const line = (x1: number, y1: number, x2: number, y2: number, name: string) =>
        svg("line", { x1, y1, x2, y2, class: name });
    const cut = (value: number) => value < scale.low || value > scale.high;
    const parts: SVGElement[] = [];
    if (scale.mark !== undefined) parts.push(line(at(scale.mark), 0, at(scale.mark), height, "mark"));
    if (of.low !== null && of.high !== null) {
        parts.push(line(at(of.low), middle, at(of.high), middle, "reach"));
        for (const end of [of.low, of.high])
            if (!cut(end)) parts.push(line(at(end), middle - 3, at(end), middle + 3, "reach"));
    }
    if (of.value !== null) parts.push(svg("circle", { cx: at(of.value), cy: middle, r: 3.4 }));
    return svg(
        "svg",
        {
            class: `whisker ${tone}`,
            width,
            height,
            viewBox: `0 0 ${width} ${height}`,
            "aria-hidden": "true",
            focusable: "false",
        },
        parts,
    );
}

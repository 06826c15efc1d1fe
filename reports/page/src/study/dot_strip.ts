// Values as dots on a line with their mean and its interval, in the cell of a table.
import { svg } from "../ui/dom";
import type { Interval } from "./document";

const width = 260,
    height = 26,
    pad = 6;

// Dots that would hide one another lie above each other, in turns: where they lie says nothing.
export function dotStrip(values: number[], mean: Interval): SVGElement {
    const ends = [...values, mean.low ?? values[0]!, mean.high ?? values[0]!].filter(Number.isFinite);
    const low = Math.min(...ends),
        high = Math.max(...ends),
        reach = high > low ? high - low : 1;
    const at = (value: number) => (high > low ? pad + ((value - low) / reach) * (width - 2 * pad) : width / 2);
    const dots = [...values]
        .sort((a, b) => a - b)
        .map((value, i) => svg("circle", { cx: at(value), cy: 5 + (i % 3) * 4, r: 2.6 }));
    const y = 21,
        line = (x1: number, x2: number, w: number, y1 = y, y2 = y) =>
            svg("line", { x1, y1, x2, y2, class: "reach", "stroke-width": w });
    const bar =
        mean.value === null
            ? []
            : [
                  ...(mean.low !== null && mean.high !== null ? [line(at(mean.low), at(mean.high), 1.6)] : []),
                  line(at(mean.value), at(mean.value), 2.6, y - 4, y + 4),
              ];
    return svg(
        "svg",
        {
            class: "whisker dots",
            width,
            height,
            viewBox: `0 0 ${width} ${height}`,
            "aria-hidden": "true",
            focusable: "false",
        },
        dots,
        bar,
    );
}

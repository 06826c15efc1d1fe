// The lines of a panel, from its steps to what is drawn.
import type { Look } from "../../ui/look";
import type { Line, Panel } from "./panels";
import { binned, ms } from "./time";

// A line goes on over a few bins in which nothing was measured, as between the messages of a feed, and breaks where it was longer.
const mostSilent = 12;
function bridged(values: readonly (number | null)[]): [number, number | null][] {
    const out: [number, number | null][] = [];
    let silent = 0;
    values.forEach((value, i) => {
        if (value !== null) {
            if (silent > mostSilent && out.length > 0) out.push([i - 1, null]);
            out.push([i, value]);
        }
        silent = value === null ? silent + 1 : 0;
    });
    return out;
}

type Point = [time: number, drawn: number | null, value: number | null];

// Counts stand for the whole of their bin, the last one until its end, where nothing more is counted; what is measured at the end of a
// bin stands there.
function points(panel: Panel, line: Line, from: number, group: number): Point[] {
    const values = binned(line.values, group, panel.merge),
        bin = group * panel.step_s;
    const end = from + line.values.length * panel.step_s;
    const shown = (value: number | null) => (panel.scale === "log" && value !== null ? Math.max(value, 1e-4) : value);
    if (panel.merge === "sum") {
        const held = values.map((value, i): Point => [ms(from + i * bin), value, value]);
        return [...held, [ms(end), values.at(-1) ?? null, 0]];
    }
    return bridged(values).map(([i, value]): Point => [ms(Math.min(from + (i + 1) * bin, end)), shown(value), value]);
}

export function strokeOf(
    look: Look,
    panel: Panel,
    line: Line,
): { color: string; type: "solid" | "dashed" | "dotted"; width: number } {
    if (panel.tone !== "series") return { color: look[panel.tone], type: "solid", width: 1.5 };
    if (panel.id === "used" && line.rank === 0 && line.name) return { color: look.ink, type: "solid", width: 2 };
    return {
        color: look.series[line.rank % look.series.length]!,
        type: (["solid", "dashed", "dotted"] as const)[line.rank % 3]!,
        width: 1.6,
    };
}

export function seriesOf(look: Look, panel: Panel, line: Line, at: number, from: number, group: number): object {
    const data = points(panel, line, from, group),
        measured = data.filter(([, value]) => value !== null).length;
    const stroke = strokeOf(look, panel, line);
    return {
        id: `${panel.id}:${line.name}`,
        name: line.name || panel.title,
        type: "line",
        xAxisIndex: at,
        yAxisIndex: at,
        data,
        step: panel.merge === "sum" ? "end" : false,
        connectNulls: false,
        showSymbol: panel.scale === "log" && measured < 150,
        symbolSize: 3,
        symbol: "circle",
        lineStyle: stroke,
        itemStyle: { color: stroke.color },
        emphasis: { disabled: true },
        silent: true,
        areaStyle:
            panel.tone === "series" || panel.scale === "level"
                ? undefined
                : { color: stroke.color, opacity: panel.merge === "sum" ? 0.28 : 0.12 },
    };
}

// Curves with bands for their intervals over the places of a variable.
import { tooltip } from "../ui/chart";
import type { Option } from "../ui/echarts";
import type { Look } from "../ui/look";
import { tip, type TipLine } from "../ui/tip";
import type { Interval, Unit } from "./document";
import { axisText, kpiText, rangeText } from "./kpis";

export interface Curves {
    axis: string; // name of the variable
    kind: "number" | "name";
    at: number[];
    ticks: string[];
    unit: Unit;
    currency: string;
    lines: { name: string; values: (Interval | null)[] }[];
}

const wide = 20; // from this factor between the first and the last place on, the axis is logarithmic
const dashes = ["solid", "dashed", "dotted"] as const;
const symbols = ["circle", "rect", "triangle", "diamond", "roundRect", "pin"];

const logarithmic = (of: Curves): boolean =>
    of.kind === "number" && of.at[0]! > 0 && of.at[of.at.length - 1]! / of.at[0]! > wide;

function axisOf(of: Curves, colours: Look): object {
    const alike = {
        name: of.axis,
        nameLocation: "middle",
        nameGap: 32,
        nameTextStyle: { color: colours.soft },
        axisLine: { lineStyle: { color: colours.rule } },
        splitLine: { show: false },
    };
    if (of.kind === "name") return { ...alike, type: "category", data: of.ticks, axisLabel: { color: colours.soft } };
    const text = (value: number) =>
        of.ticks[of.at.findIndex((at) => Math.abs(at - value) <= 1e-9 * Math.abs(at))] ?? "";
    return {
        ...alike,
        type: logarithmic(of) ? "log" : "value",
        min: of.at[0],
        max: of.at[of.at.length - 1],
        axisLabel: { color: colours.soft, customValues: of.at, formatter: text, hideOverlap: true },
        axisTick: { customValues: of.at },
    };
}

export function curvesOption(of: Curves, colours: Look): Option {
    const place = (i: number) => (of.kind === "name" ? i : of.at[i]!);
    const text = (i: number) => {
        const lines = of.lines.map((line): TipLine => {
            const one = line.values[i],
                value = (x: number | null) => kpiText(of.unit, x, of.currency),
                range = rangeText(one, value);
            return [line.name, `${value(one?.value ?? null)}${range ? ` (${range})` : ""}`];
        });
        return tip(`${of.axis} = ${of.ticks[i]}`, lines);
    };
    return {
        grid: { left: 72, right: 20, top: of.lines.length > 1 ? 44 : 16, bottom: 48 },
        legend: {
            show: of.lines.length > 1,
            type: "scroll",
            top: 0,
            left: 60,
            textStyle: { color: colours.ink },
            data: of.lines.map((line) => line.name),
        },
        tooltip: {
            trigger: "axis",
            ...tooltip(colours),
            formatter: (at: { dataIndex: number }[]) => text(at[0]!.dataIndex),
        },
        xAxis: axisOf(of, colours),
        yAxis: {
            type: "value",
            scale: true,
            splitNumber: 4,
            axisLabel: { color: colours.soft, formatter: axisText(of.unit) },
            splitLine: { lineStyle: { color: colours.grid } },
        },
        series: of.lines.flatMap((line, k) => {
            const colour = colours.series[k % colours.series.length]!,
                low = (one: Interval | null) => one?.low ?? one?.value ?? null,
                high = (one: Interval | null) => one?.high ?? one?.value ?? null;
            // The band as one polygon: there along the upper ends, back along the lower ones.
            const ends = line.values
                .map((one, i) => ({ i, low: low(one), high: high(one) }))
                .filter((one) => one.low !== null);
            const ring = [
                ...ends.map((one) => [place(one.i), one.high]),
                ...[...ends].reverse().map((one) => [place(one.i), one.low]),
            ] as number[][];
            return [
                {
                    type: "custom",
                    silent: true,
                    z: 1,
                    data: ring.length ? [ring[0]] : [],
                    tooltip: { show: false },
                    clip: true,
                    encode: { x: 0, y: 1 },
                    dimensions: ["x", "y"],
                    renderItem: (_: unknown, api: { coord: (at: number[]) => number[] }) => ({
                        type: "polygon",
                        shape: { points: ring.map((at) => api.coord(at)) },
                        style: { fill: colour, opacity: 0.16 },
                    }),
                },
                // Ends of the bands, unseen, so that the axis has room for them.
                {
                    type: "line",
                    silent: true,
                    symbol: "none",
                    lineStyle: { width: 0 },
                    data: ends.flatMap((one) => [
                        [place(one.i), one.low],
                        [place(one.i), one.high],
                    ]),
                    tooltip: { show: false },
                },
                {
                    type: "line",
                    name: line.name,
                    data: line.values.map((one, i) => [place(i), one?.value ?? null]),
                    symbol: symbols[k % symbols.length],
                    symbolSize: 7,
                    z: 3,
                    lineStyle: {
                        color: colour,
                        width: 2,
                        type: dashes[Math.floor(k / colours.series.length) % dashes.length],
                    },
                    itemStyle: { color: colour },
                },
            ];
        }),
    };
}

// Bars with whiskers, the longest at the top: a tornado.
import type { CustomSeriesRenderItem } from "echarts";
import { tooltip } from "../ui/chart";
import type { Option } from "../ui/echarts";
import type { Look } from "../ui/look";
import { tip, type TipLine } from "../ui/tip";
import type { Interval } from "../study/document";

export interface Bars {
    names: string[]; // of the rows
    groups: { name: string; colour: (colours: Look, row: number) => string; values: Interval[] }[];
    marks?: { name: string; values: (number | null)[] }; // a tick in each row
    text: (value: number) => string;
    tips: (row: number) => TipLine[]; // of the tooltip of a row
    most?: number; // where the axis ends
}

const whisker =
    (colours: Look, shift: number): CustomSeriesRenderItem =>
    (_params, api) => {
        const low = api.coord([api.value(0), api.value(2)]),
            high = api.coord([api.value(1), api.value(2)]);
        const line = (x1: number, y1: number, x2: number, y2: number) => ({
            type: "line" as const,
            shape: { x1, y1, x2, y2 },
            style: { stroke: colours.ink, lineWidth: 1.4 },
        });
        const y = low[1]! + shift;
        return {
            type: "group",
            children: [
                line(low[0]!, y, high[0]!, y),
                line(low[0]!, y - 4, low[0]!, y + 4),
                line(high[0]!, y - 4, high[0]!, y + 4),
            ],
        };
    };

const tick =
    (colours: Look): CustomSeriesRenderItem =>
    (_params, api) => {
        const [x, y] = api.coord([api.value(0), api.value(1)]) as [number, number];
        return {
            type: "line",
            shape: { x1: x, y1: y - 13, x2: x, y2: y + 13 },
            style: { stroke: colours.soft, lineWidth: 2, lineDash: [3, 2] },
        };
    };

export const barsHeight = (rows: number, groups: number): number => rows * (groups > 1 ? 46 : 34) + 74;

export function barsOption(of: Bars, colours: Look): Option {
    const several = of.groups.length > 1,
        thick = 14;
    const shift = (k: number) => (several ? (k === 0 ? -1 : 1) * (thick / 2 + 1) : 0);
    return {
        grid: {
            left: 8,
            right: 24,
            top: several || of.marks ? 34 : 8,
            bottom: 30,
            outerBoundsMode: "same",
            outerBoundsContain: "axisLabel",
        },
        legend: {
            show: several || of.marks !== undefined,
            top: 0,
            right: 10,
            textStyle: { color: colours.ink },
            data: [...of.groups.map((one) => one.name), ...(of.marks ? [of.marks.name] : [])],
        },
        tooltip: {
            trigger: "axis",
            axisPointer: { type: "shadow" },
            ...tooltip(colours),
            formatter: (at: { dataIndex: number }[]) => tip(of.names[at[0]!.dataIndex]!, of.tips(at[0]!.dataIndex)),
        },
        xAxis: {
            type: "value",
            max: of.most,
            axisLabel: { color: colours.soft, formatter: of.text, hideOverlap: true },
            splitLine: { lineStyle: { color: colours.grid } },
        },
        yAxis: {
            type: "category",
            inverse: true,
            data: of.names,
            axisTick: { show: false },
            axisLine: { lineStyle: { color: colours.rule } },
            axisLabel: { color: colours.ink, width: 190, overflow: "truncate" },
        },
        series: [
            ...of.groups.flatMap((group, k) => [
                {
                    type: "bar",
                    name: group.name,
                    barWidth: thick,
                    barGap: "15%",
                    itemStyle: { color: group.colour(colours, -1) },
                    data: group.values.map((one, row) => ({
                        value: one.value ?? 0,
                        itemStyle: { color: group.colour(colours, row), opacity: 0.85 },
                    })),
                },
                {
                    type: "custom",
                    silent: true,
                    z: 5,
                    renderItem: whisker(colours, shift(k)),
                    encode: { x: [0, 1], y: 2 },
                    tooltip: { show: false },
                    data: group.values.flatMap((one, row) =>
                        one.low === null || one.high === null ? [] : [[Math.max(0, one.low), one.high, row]],
                    ),
                },
            ]),
            ...(of.marks
                ? [
                      {
                          type: "custom",
                          name: of.marks.name,
                          z: 6,
                          itemStyle: { color: colours.soft },
                          renderItem: tick(colours),
                          encode: { x: 0, y: 1 },
                          tooltip: { show: false },
                          data: of.marks.values.flatMap((value, row) => (value === null ? [] : [[value, row]])),
                      },
                  ]
                : []),
        ],
    };
}

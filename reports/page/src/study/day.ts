// The day of a study: the mean over replications, in the band between their outer tenths or beside another design's day.
import { tooltip } from "../ui/chart";
import type { Option } from "../ui/echarts";
import { axisWords, type Axes } from "../ui/axes";
import { both, fill } from "../ui/language";
import type { Look } from "../ui/look";
import { clock, short, span } from "../ui/numbers";
import { clockLabels } from "../ui/time_ticks";
import type { Day, DayLineName } from "./document";

export const dayNames = both<Record<DayLineName, string>>(
    {
        orders: "orders",
        oversold: "oversold units",
        undersold: "undersold units",
        refused: "refused units",
        cancelled: "cancelled units",
        stock: "units on shelves",
    },
    {
        orders: "zamówienia",
        oversold: "sztuki ponad stan",
        undersold: "sztuki odmówione mimo zapasu",
        refused: "sztuki, których odmówiono",
        cancelled: "sztuki anulowane",
        stock: "sztuki na półkach",
    },
);

const perStep = both({ per: "{what} per {step}" }, { per: "{what} na {step}" });
// Stock is a state, everything else is counted by step.
export const dayAxes = (line: DayLineName, step_s: number): Axes => ({
    x: axisWords().localTime,
    y: line === "stock" ? dayNames().stock : fill(perStep().per, { what: dayNames()[line], step: span(step_s) }),
});

export const stepClock = (day: Day, step: number): string => clock(day.start_of_day_s + step * day.step_s);
export const colourOf = (line: DayLineName, colours: Look): string =>
    ({
        orders: colours.calm,
        oversold: colours.bad,
        undersold: colours.warn,
        refused: colours.series[3]!,
        cancelled: colours.series[7]!,
        stock: colours.good,
    })[line];

export interface DayPlot {
    day: Day;
    line: DayLineName;
    name: string;
    beside?: { day: Day; name: string }; // drawn in grey
    band?: string; // name of the band between low and high; none: not drawn
    top?: number; // of the value axis, where several share a scale
}

// The next of 1, 1.5, 2, 3, 4, 6, 8 times a power of ten: where an axis can end.
export function roundTop(value: number): number {
    if (!(value > 0)) return 1;
    const power = 10 ** Math.floor(Math.log10(value));
    return power * ([1, 1.5, 2, 3, 4, 6, 8].find((one) => one * power >= value) ?? 10);
}

const round = (value: number): string => short(value);

export function dayOption(of: DayPlot, colours: Look, width: number): Option {
    const line = of.day.lines[of.line],
        colour = colourOf(of.line, colours);
    const { start_of_day_s, step_s } = of.day,
        labelled = clockLabels({ start_of_day_s, step_s, count: line.mean.length }, width - 64);
    const axis = {
        axisLine: { lineStyle: { color: colours.rule } },
        axisLabel: { color: colours.soft, hideOverlap: true },
        splitLine: { lineStyle: { color: colours.grid } },
        axisTick: { show: false },
    };
    const plain = { type: "line", step: of.line === "stock" ? undefined : "end", symbol: "none" } as const;
    const band =
        of.band && line.low.length
            ? [
                  {
                      ...plain,
                      name: "low",
                      stack: "band",
                      data: line.low,
                      lineStyle: { width: 0 },
                      tooltip: { show: false },
                      silent: true,
                  },
                  {
                      ...plain,
                      name: of.band,
                      stack: "band",
                      data: line.high.map((high, i) => high - (line.low[i] ?? 0)),
                      lineStyle: { width: 0 },
                      areaStyle: { color: colour, opacity: 0.22 },
                      tooltip: { show: false },
                      silent: true,
                  },
              ]
            : [];
    const beside = of.beside
        ? [
              {
                  ...plain,
                  name: of.beside.name,
                  data: of.beside.day.lines[of.line].mean,
                  lineStyle: { color: colours.soft, width: 1, opacity: 0.8 },
                  itemStyle: { color: colours.soft },
                  z: 1,
              },
          ]
        : [];
    return {
        tooltip: { trigger: "axis", valueFormatter: (value: unknown) => round(Number(value)), ...tooltip(colours) },
        grid: { left: 52, right: 12, top: 12, bottom: 26 },
        xAxis: {
            type: "category",
            data: line.mean.map((_, i) => stepClock(of.day, i)),
            ...axis,
            axisLabel: { ...axis.axisLabel, ...labelled },
            splitLine: { show: false },
        },
        yAxis: {
            type: "value",
            max: of.top,
            splitNumber: 3,
            ...axis,
            axisLabel: { color: colours.soft, formatter: round },
        },
        series: [
            ...band,
            ...beside,
            {
                ...plain,
                name: of.name,
                data: line.mean,
                lineStyle: { color: colour, width: 1.6 },
                itemStyle: { color: colour },
                areaStyle: of.band ? undefined : { color: colour, opacity: 0.25 },
                z: 3,
            },
        ],
    };
}

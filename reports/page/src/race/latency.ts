// How long the shop took to answer, by step: from the middle of the requests to the slowest.
import type { CustomSeriesRenderItem } from "echarts";
import { chart, narrow, tooltip } from "../ui/chart";
import type { Child } from "../ui/dom";
import type { Option } from "../ui/echarts";
import { both } from "../ui/language";
import type { Look } from "../ui/look";
import { brief, none, span } from "../ui/numbers";
import { tip } from "../ui/tip";
import type { RaceStep } from "./document";
import { namesAxis, rowsHeight } from "./funnel";
import type { StepPlaces } from "./step_places";
import { words } from "./words";
import { axisWords } from "../ui/axes";

const own = both(
    {
        title: "Time to answer, by step",
        says: "A long line is a queue: some shoppers wait for a lock or a connection while others do not. The scale is logarithmic.",
        p50: "median",
        p90: "90 %",
        p99: "99 %",
        max: "slowest",
        none: "No request was answered.",
    },
    {
        title: "Czas odpowiedzi według kroków",
        says: "Długa linia to kolejka: jedni czekają na blokadę lub połączenie, a inni nie. Skala jest logarytmiczna.",
        p50: "mediana",
        p90: "90 %",
        p99: "99 %",
        max: "najdłużej",
        none: "Nie odpowiedziano na żadne żądanie.",
    },
);

const quantiles = ["p50", "p90", "p99", "max"] as const;
const symbols = { p50: "circle", p90: "diamond", p99: "triangle", max: "rect" };
const least = 10; // µs: nothing that goes over a network is faster, and a logarithm has no zero
const shown = (us: number): number => Math.max(us, least);
const wasAnswered = (one: RaceStep): boolean => one.latency_us.max > 0;

const line =
    (colours: Look): CustomSeriesRenderItem =>
    (_params, api) => {
        const [x1, y1] = api.coord([api.value(0), api.value(2)]) as [number, number],
            [x2] = api.coord([api.value(1), api.value(2)]) as [number];
        return { type: "line", shape: { x1, y1, x2, y2: y1 }, style: { stroke: colours.soft, lineWidth: 2 } };
    };

function option(steps: RaceStep[], colours: Look, width: number): Option {
    const w = own();
    return {
        grid: {
            left: 8,
            right: 28,
            top: width < narrow ? 62 : 34,
            bottom: 8,
            outerBoundsMode: "same",
            outerBoundsContain: "axisLabel",
        },
        legend: { top: 0, left: 0, textStyle: { color: colours.ink }, data: quantiles.map((key) => w[key]) },
        tooltip: {
            trigger: "axis",
            axisPointer: { type: "shadow", axis: "y" },
            ...tooltip(colours),
            formatter: (at: { value: number[] }[]) => {
                const one = steps[at[0]!.value.at(-1)!]!;
                return tip(
                    one.step,
                    quantiles.map((key) => [w[key], span(one.latency_us[key] / 1e6)]),
                );
            },
        },
        xAxis: {
            type: "log",
            axisLabel: { color: colours.soft, formatter: (us: number) => brief(us / 1e6), hideOverlap: true },
            splitLine: { lineStyle: { color: colours.grid } },
        },
        yAxis: namesAxis(steps, colours, width),
        series: [
            {
                type: "custom",
                silent: true,
                renderItem: line(colours),
                encode: { x: [0, 1], y: 2 },
                data: steps.flatMap((one, row) =>
                    wasAnswered(one) ? [[shown(one.latency_us.p50), shown(one.latency_us.max), row]] : [],
                ),
            },
            ...quantiles.map((key, i) => ({
                type: "scatter",
                name: w[key],
                symbol: symbols[key],
                symbolSize: key === "max" ? 8 : 10,
                itemStyle: { color: colours.series[i], borderColor: colours.paper, borderWidth: 1 },
                data: steps.flatMap((one, row) => (wasAnswered(one) ? [[shown(one.latency_us[key]), row]] : [])),
            })),
        ],
    };
}

export function latencyChart(steps: RaceStep[], places: StepPlaces): Child {
    const w = own();
    if (!steps.some(wasAnswered)) return w.none;
    const text = (us: number): string => (us > 0 ? span(us / 1e6) : none);
    return chart({
        id: `${places.prefix}-latency`,
        axes: { x: axisWords().answerTime, y: axisWords().step },
        title: w.title,
        says: w.says,
        height: (width) => rowsHeight(steps.length) + (width < narrow ? 46 : 22),
        describes: `${w.title}. ${steps.map((one) => `${one.step}: ${w.p50} ${text(one.latency_us.p50)}, ${w.p99} ${text(one.latency_us.p99)}`).join("; ")}`,
        option: (colours, width) => option(steps, colours, width),
        table: () => ({
            caption: w.title,
            columns: [{ title: words().step, kind: "text" }, ...quantiles.map((key) => ({ title: w[key] }))],
            rows: steps.map((one, i) => [
                one.step,
                ...quantiles.map((key) => places.latency(i, key, text(one.latency_us[key]))),
            ]),
        }),
    });
}

// Every replication as a dot, a row for each design; with common seeds a line joins the runs of the same shoppers.
import type { CustomSeriesRenderItem } from "echarts";
import { chart, narrow, tooltip } from "../ui/chart";
import type { Option } from "../ui/echarts";
import { both } from "../ui/language";
import type { Look } from "../ui/look";
import { whole } from "../ui/numbers";
import type { Section } from "../ui/section";
import { tip } from "../ui/tip";
import { withSelects } from "../study/choose";
import { axisText, kpiName, kpiText } from "../study/kpis";
import { kpiOf, type Comparison, type Kpi } from "./document";
import { axisWords } from "../ui/axes";

const words = both(
    {
        title: "Every replication",
        common: "A dot is one run, a line joins runs of the same shoppers: where the lines lean alike, the design makes the difference and not the shoppers.",
        independent: "A dot is one run, each with its own shoppers.",
        bar: "The bar is the mean with its interval.",
        kpi: "figure",
        seed: "seed",
        mean: "mean",
    },
    {
        title: "Każda replikacja",
        common: "Punkt to jeden przebieg, linia łączy przebiegi tych samych klientów: gdzie linie pochylają się tak samo, różnicę robi architektura, a nie klienci.",
        independent: "Punkt to jeden przebieg, każdy z innymi klientami.",
        bar: "Kreska to średnia z przedziałem.",
        kpi: "wskaźnik",
        seed: "ziarno",
        mean: "średnia",
    },
);

const most = 60; // seeds whose lines can still be followed

const bar =
    (colours: Look): CustomSeriesRenderItem =>
    (_params, api) => {
        const at = (i: number) => api.coord([api.value(i), api.value(3)]);
        const [mean, low, high] = [at(0), at(1), at(2)],
            up = 14;
        const line = (x1: number, y1: number, x2: number, y2: number, lineWidth: number) => ({
            type: "line" as const,
            shape: { x1, y1, x2, y2 },
            style: { stroke: colours.ink, lineWidth },
        });
        return {
            type: "group",
            children: [
                line(low[0]!, low[1]! + up, high[0]!, high[1]! + up, 1.5),
                line(mean[0]!, mean[1]! + up - 5, mean[0]!, mean[1]! + up + 5, 3),
            ],
        };
    };

function reachesZero(kpi: Kpi): boolean {
    const values = kpi.arms.flatMap((arm) => arm.values.filter((value): value is number => value !== null)),
        low = Math.min(...values, ...kpi.arms.map((arm) => arm.mean.low ?? Infinity)),
        high = Math.max(...values);
    return Math.min(...values) >= 0 && low < high / 4;
}

function stripOption(study: Comparison, kpi: Kpi, colours: Look, width: number): Option {
    const arms = study.arms.map((arm) => arm.name),
        seeds = study.arms[0]!.seeds;
    const joined = study.seeds === "common" && arms.length > 1 && seeds.length <= most;
    return {
        grid: { left: 8, right: 24, top: 8, bottom: 36, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
        tooltip: { ...tooltip(colours), trigger: "item" },
        xAxis: {
            type: "value",
            scale: true,
            // A count or a time has nothing below zero, whatever an axis would like to have at its side.
            ...(reachesZero(kpi) ? { min: 0 } : {}),
            axisLabel: { color: colours.soft, formatter: axisText(kpi.unit), hideOverlap: true },
            splitLine: { lineStyle: { color: colours.grid } },
            axisLine: { lineStyle: { color: colours.rule } },
        },
        yAxis: {
            type: "category",
            data: arms,
            inverse: true,
            axisTick: { show: false },
            axisLine: { show: false },
            axisLabel: { color: colours.ink, width: width < narrow ? 110 : 190, overflow: "truncate" },
            splitLine: { show: false },
        },
        series: [
            ...(joined
                ? seeds.map((_, i) => ({
                      type: "line",
                      data: kpi.arms.map((arm, a) => [arm.values[i] ?? null, a]),
                      symbol: "none",
                      silent: true,
                      lineStyle: { color: colours.soft, width: 0.8, opacity: 0.4 },
                      tooltip: { show: false },
                  }))
                : []),
            {
                type: "scatter",
                symbolSize: 7,
                itemStyle: { color: colours.calm, opacity: 0.75 },
                data: kpi.arms.flatMap((arm, a) =>
                    arm.values.map((value, i) => ({
                        value: [value, a],
                        tooltip: {
                            formatter: () =>
                                tip(arm.arm, [
                                    [
                                        `${words().seed} ${study.arms[a]!.seeds[i]}`,
                                        kpiText(kpi.unit, value, study.currency),
                                    ],
                                ]),
                        },
                    })),
                ),
            },
            {
                type: "custom",
                renderItem: bar(colours),
                silent: true,
                encode: { x: [0, 1, 2], y: 3 },
                tooltip: { show: false },
                data: kpi.arms.map((arm, a) => [
                    arm.mean.value,
                    reachesZero(kpi)
                        ? Math.max(0, arm.mean.low ?? arm.mean.value ?? 0)
                        : (arm.mean.low ?? arm.mean.value),
                    arm.mean.high ?? arm.mean.value,
                    a,
                ]),
            },
        ],
    };
}

function drawn(study: Comparison, kpi: Kpi): HTMLElement {
    const w = words(),
        name = kpiName(kpi.path, kpi),
        seeds = study.arms[0]!.seeds;
    return chart({
        id: "strip",
        axes: { x: name, y: axisWords().design },
        title: name,
        says: w.bar,
        height: 46 * study.arms.length + 50,
        describes: `${name}: ${kpi.arms.map((arm) => `${arm.arm} ${kpiText(kpi.unit, arm.mean.value, study.currency)}`).join(", ")}`,
        option: (colours, width) => stripOption(study, kpi, colours, width),
        table: () => ({
            caption: name,
            columns: [{ title: w.seed, kind: "text" }, ...study.arms.map((arm) => ({ title: arm.name }))],
            rows: [
                ...seeds.map((seed, i) => [
                    study.seeds === "common" ? whole(seed) : `#${i + 1}`,
                    ...kpi.arms.map((arm) => kpiText(kpi.unit, arm.values[i] ?? null)),
                ]),
                [w.mean, ...kpi.arms.map((arm) => kpiText(kpi.unit, arm.mean.value))],
            ],
        }),
    });
}

export function replicationsSection(study: Comparison): Section | null {
    const w = words();
    if (study.replications < 2 || study.kpis.length === 0) return null;
    return {
        id: "replications",
        title: w.title,
        says: study.seeds === "common" ? w.common : w.independent,
        content: [
            withSelects(
                [
                    {
                        id: "strip-kpi",
                        label: w.kpi,
                        options: study.kpis.map((kpi) => ({ value: kpi.path, text: kpiName(kpi.path, kpi) })),
                        chosen: study.kpis[0]!.path,
                    },
                ],
                (chosen) => drawn(study, kpiOf(study, chosen["strip-kpi"]!)!),
            ),
        ],
    };
}

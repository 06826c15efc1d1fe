// Orders by the kind of journey that led to them.
import type { RunRecord } from "../../../generated/record";
import { tooltip, type Chart } from "../../ui/chart";
import { figure } from "../../ui/dom";
import type { Option } from "../../ui/echarts";
import type { Look } from "../../ui/look";
import { percent, whole } from "../../ui/numbers";
import { tip } from "../../ui/tip";
import { journeyName, journeySays, words } from "./words";

const row = 34; // px

function kindsOption(record: RunRecord, colours: Look): Option {
    const of = record.journeys.filter((one) => one.orders > 0).sort((a, b) => b.orders - a.orders),
        total = of.reduce((n, one) => n + one.orders, 0);
    return {
        tooltip: { trigger: "item", ...tooltip(colours) },
        grid: { left: 150, right: 96, top: 4, bottom: 4 },
        xAxis: { type: "value", show: false },
        yAxis: {
            type: "category",
            inverse: true,
            data: of.map((one) => journeyName(one.name)),
            axisTick: { show: false },
            axisLine: { lineStyle: { color: colours.rule } },
            axisLabel: { color: colours.ink, fontSize: 12, width: 140, overflow: "truncate" },
        },
        series: [
            {
                type: "bar",
                barWidth: 18,
                itemStyle: { color: colours.series[0], borderRadius: [0, 2, 2, 0] },
                label: {
                    show: true,
                    position: "right",
                    color: colours.ink,
                    fontSize: 12,
                    formatter: (p: { dataIndex: number }) =>
                        `${whole(of[p.dataIndex]!.orders)}  ${percent(of[p.dataIndex]!.orders / total)}`,
                },
                data: of.map((one) => ({
                    value: one.orders,
                    tip: () =>
                        tip(
                            journeyName(one.name),
                            [
                                [words().orders, whole(one.orders)],
                                [words().share, percent(one.orders / total)],
                            ],
                            journeySays(one.name),
                        ),
                })),
                tooltip: { formatter: (p: { data: { tip: () => string } }) => p.data.tip() },
            },
        ],
    };
}

export function kindsChart(record: RunRecord): Chart | null {
    const w = words(),
        total = record.journeys.reduce((n, one) => n + one.orders, 0);
    if (total === 0) return null;
    return {
        id: "journey-kinds",
        axes: { y: w.kind },
        title: w.kinds,
        height: record.journeys.filter((one) => one.orders > 0).length * row + 8,
        describes: `${w.kinds}: ${record.journeys.map((one) => `${journeyName(one.name)} ${whole(one.orders)}`).join(", ")}`,
        option: (colours) => kindsOption(record, colours),
        table: () => ({
            caption: w.kinds,
            columns: [
                { title: w.kind, kind: "text" },
                { title: w.meaning, kind: "text" },
                { title: w.orders },
                { title: w.share },
            ],
            rows: record.journeys.map((one, i) => [
                journeyName(one.name),
                journeySays(one.name),
                figure(`journeys.${i}.orders`, one.orders, whole(one.orders)),
                percent(one.orders / total),
            ]),
        }),
    };
}

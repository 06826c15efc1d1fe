// Changes of channel as a matrix.
import type { RunRecord, SwitchCount } from "../../../generated/record";
import { tooltip, type Chart } from "../../ui/chart";
import { figure } from "../../ui/dom";
import type { Option } from "../../ui/echarts";
import { inkOn, type Look } from "../../ui/look";
import { percent, short, whole } from "../../ui/numbers";
import { tip } from "../../ui/tip";
import { words } from "./words";

const cell = 44,
    roomy = 54; // px; a cell as wide as `roomy` has room for level names and rates

// Channels in the scenario's order, those that nobody left or entered apart.
const channelsOf = (record: RunRecord): string[] => {
    const used = new Set(record.switches.flatMap((one) => [one.from, one.to])),
        known = record.channels.map((channel) => channel.name).filter((name) => used.delete(name));
    return [...known, ...used];
};
const knowsBought = (record: RunRecord): boolean => record.switches.some((one) => one.bought > 0);

function matrixOption(record: RunRecord, colours: Look, width: number): Option {
    const names = channelsOf(record),
        most = Math.max(1, ...record.switches.map((one) => one.count)),
        bought = knowsBought(record),
        small = (width - 100) / names.length < roomy;
    // By the root, so that the small ones differ too.
    const level = (one: SwitchCount) => Math.min(4, Math.floor(Math.sqrt(one.count / most) * 5));
    const axis = {
        type: "category",
        data: names,
        splitArea: { show: false },
        axisTick: { show: false },
        axisLine: { show: false },
    };
    return {
        tooltip: { trigger: "item", ...tooltip(colours) },
        grid: { left: small ? 78 : 100, right: 4, top: small ? 84 : 30, bottom: 4 },
        xAxis: {
            ...axis,
            position: "top",
            axisLabel: {
                color: colours.soft,
                interval: 0,
                rotate: small ? 60 : 0,
                fontSize: small ? 10.5 : 12,
                width: 82,
                overflow: "truncate",
            },
        },
        yAxis: {
            ...axis,
            inverse: true,
            axisLabel: {
                color: colours.soft,
                fontSize: small ? 10.5 : 12,
                width: small ? 72 : 92,
                overflow: "truncate",
            },
        },
        visualMap: {
            type: "piecewise",
            show: false,
            dimension: 3,
            pieces: colours.calmRamp.map((color, value) => ({ value, color })),
        },
        series: [
            {
                type: "heatmap",
                tooltip: { formatter: (p: { data: { tip: () => string } }) => p.data.tip() },
                data: record.switches.map((one) => ({
                    value: [one.to, one.from, one.count, level(one)],
                    itemStyle: { borderColor: colours.paper, borderWidth: 2 },
                    label: {
                        color: inkOn(colours.calmRamp[level(one)]!),
                        formatter:
                            bought && !small
                                ? `${short(one.count)}\n${percent(one.bought / Math.max(1, one.count))}`
                                : short(one.count),
                    },
                    tip: () =>
                        tip(`${one.from} → ${one.to}`, [
                            [words().count, whole(one.count)],
                            ...(bought
                                ? [[words().rate, percent(one.bought / Math.max(1, one.count))] as [string, string]]
                                : []),
                        ]),
                })),
                label: { show: true, fontSize: small ? 10 : 11, lineHeight: 14 },
            },
        ],
    };
}

export function matrixChart(record: RunRecord): Chart | null {
    const w = words(),
        bought = knowsBought(record),
        names = channelsOf(record);
    if (record.switches.length === 0) return null;
    const biggest = record.switches.reduce((a, b) => (b.count > a.count ? b : a));
    return {
        id: "switches",
        axes: { x: w.to, y: w.from },
        title: w.matrix,
        says: bought ? w.matrixSays : w.matrixBare,
        height: (width) => ((width - 100) / names.length < roomy ? 92 : 34) + names.length * cell,
        describes: `${w.matrix}: ${biggest.from} → ${biggest.to} ${whole(biggest.count)}`,
        option: (colours, width) => matrixOption(record, colours, width),
        table: () => ({
            caption: w.matrix,
            columns: [
                { title: w.from, kind: "text" },
                { title: w.to, kind: "text" },
                { title: w.count },
                ...(bought ? [{ title: w.buyers }, { title: w.rate }] : []),
            ],
            rows: record.switches.map((one, i) => [
                one.from,
                one.to,
                figure(`switches.${i}.count`, one.count, whole(one.count)),
                ...(bought
                    ? [
                          figure(`switches.${i}.bought`, one.bought, whole(one.bought)),
                          percent(one.bought / Math.max(1, one.count)),
                      ]
                    : []),
            ]),
        }),
    };
}

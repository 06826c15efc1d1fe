// The funnel, of all shoppers and of each persona: small multiples on one scale.
import type { Funnel, RunRecord } from "../../../generated/record";
import { narrow, tooltip, type Chart } from "../../ui/chart";
import { figure } from "../../ui/dom";
import type { Option } from "../../ui/echarts";
import { fill } from "../../ui/language";
import type { Look } from "../../ui/look";
import { percent, whole } from "../../ui/numbers";
import { tip } from "../../ui/tip";
import { stepName, steps, words } from "./words";

interface Panel {
    name: string;
    funnel: Funnel;
    path: string; // where it stands in the record
}

const panelsOf = (record: RunRecord): Panel[] => [
    { name: words().everyone, funnel: record.funnel, path: "funnel" },
    ...record.personas
        .map((persona, i) => ({ name: persona.name, funnel: persona.funnel, path: `personas.${i}.funnel` }))
        .filter((panel) => panel.funnel.arrived > 0),
];

const rowHeight = 25,
    headHeight = 30,
    gap = 22,
    namesWidth = 150; // px
const columnsAt = (panels: number, width: number): number =>
    Math.min(panels, width < narrow ? 1 : width < 1000 ? 2 : 3);
const panelHeight = headHeight + steps.length * rowHeight + gap;
const heightAt = (panels: number, width: number): number => Math.ceil(panels / columnsAt(panels, width)) * panelHeight;

const share = (a: number, b: number): number | null => (b > 0 ? a / b : null);
function valueText(funnel: Funnel, i: number, room: "wide" | "narrow" = "wide"): string {
    const n = funnel[steps[i]!];
    if (i === 0) return whole(n);
    const before = percent(share(n, funnel[steps[i - 1]!]));
    return `${percent(share(n, funnel.arrived))}  ·  ${room === "wide" ? fill(words().ofBefore, { share: before }) : before}`;
}

// Each row of panels names the steps once, at its left.
function grids(panels: Panel[], width: number) {
    const columns = columnsAt(panels.length, width),
        wide = (width - namesWidth) / columns;
    return panels.map((panel, i) => {
        const column = i % columns,
            top = Math.floor(i / columns) * panelHeight + headHeight;
        return {
            panel,
            first: column === 0,
            grid: { left: namesWidth + column * wide, width: wide - 16, top, height: steps.length * rowHeight },
        };
    });
}

function option(record: RunRecord, colours: Look, width: number): Option {
    const placed = grids(panelsOf(record), width),
        names = steps.map(stepName);
    return {
        tooltip: { trigger: "item", ...tooltip(colours) },
        title: placed.map(({ panel, grid }) => ({
            text: `${panel.name}`,
            left: grid.left - 5,
            top: grid.top - headHeight + 2,
            textStyle: {
                color: colours.ink,
                fontSize: 13,
                fontWeight: 600,
                fontFamily: colours.font,
                width: grid.width,
                overflow: "truncate",
            },
        })),
        grid: placed.map(({ grid }) => grid),
        xAxis: placed.map((_, i) => ({ type: "value", gridIndex: i, min: 0, max: 1, show: false })),
        yAxis: placed.map(({ first }, i) => ({
            type: "category",
            gridIndex: i,
            data: names,
            inverse: true,
            axisTick: { show: false },
            axisLine: { lineStyle: { color: colours.rule } },
            axisLabel: { show: first, color: colours.soft, fontSize: 12, width: namesWidth - 12, overflow: "truncate" },
        })),
        series: placed.map(({ panel }, at) => ({
            type: "bar",
            xAxisIndex: at,
            yAxisIndex: at,
            barWidth: 17,
            itemStyle: { color: colours.series[at === 0 ? 0 : 5], borderRadius: [0, 2, 2, 0] },
            showBackground: true,
            backgroundStyle: { color: colours.sheet },
            data: steps.map((step, i) => {
                const rate = share(panel.funnel[step], panel.funnel.arrived) ?? 0;
                return {
                    value: rate,
                    label: {
                        position: rate > 0.5 ? "insideLeft" : "right",
                        color: rate > 0.5 ? (colours.theme === "dark" || at > 0 ? "#10161c" : "#ffffff") : colours.ink,
                    },
                    tip: () =>
                        tip(`${panel.name}: ${stepName(step)}`, [
                            [words().shoppers, whole(panel.funnel[step])],
                            ...(i > 0 ? [[words().share, percent(rate)] as [string, string]] : []),
                        ]),
                };
            }),
            label: {
                show: true,
                fontSize: 11.5,
                formatter: (p: { dataIndex: number }) =>
                    valueText(panel.funnel, p.dataIndex, width < narrow ? "narrow" : "wide"),
            },
            tooltip: { formatter: (p: { data: { tip: () => string } }) => p.data.tip() },
        })),
    };
}

export function funnelChart(record: RunRecord): Chart {
    const w = words(),
        panels = panelsOf(record);
    return {
        id: "funnel",
        axes: { y: w.step },
        title: w.funnel,
        says: panels.length > 1 ? w.funnelSays : `${w.funnelSays} ${record.personas.length > 0 ? w.noPersonas : ""}`,
        height: (width) => heightAt(panels.length, width),
        describes: `${w.funnel}: ${steps.map((step, i) => `${stepName(step)} ${i === 0 ? "" : `${whole(record.funnel[step])}, `}${valueText(record.funnel, i)}`).join("; ")}`,
        option: (colours, width) => option(record, colours, width),
        table: () => ({
            caption: w.funnel,
            columns: [{ title: w.step, kind: "text" }, ...panels.map((panel) => ({ title: panel.name }))],
            rows: steps.map((step) => [
                stepName(step),
                ...panels.map((panel) =>
                    figure(`${panel.path}.${step}`, panel.funnel[step], whole(panel.funnel[step])),
                ),
            ]),
        }),
    };
}

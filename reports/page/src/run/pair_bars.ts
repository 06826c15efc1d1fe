// Oversold and undersold of the same things beside each other: two panels with a scale each, for the one is often a hundred times
// the other.
import { chart, tooltip } from "../ui/chart";
import { figure, h, type Child } from "../ui/dom";
import type { Option } from "../ui/echarts";
import { both, fill } from "../ui/language";
import type { Look } from "../ui/look";
import { whole } from "../ui/numbers";

const words = both(
    {
        over: "oversold",
        under: "undersold",
        units: "units",
        adds: "{over} oversold and {under} undersold units in all.",
        addsOver: "They add up to {over}.",
        sum: "Sum",
    },
    {
        over: "ponad stan",
        under: "odmowy mimo zapasu",
        units: "sztuki",
        adds: "Razem {over} szt. ponad stan i {under} szt. odmówionych mimo zapasu.",
        addsOver: "Razem: {over}.",
        sum: "Razem",
    },
);

export interface Bar {
    name: string;
    over?: number;
    under?: number;
    overPath?: string; // where the figure stands in the record
    underPath?: string;
}
export interface Bars {
    id: string;
    title: string;
    says: string;
    column: string; // what the bars are of
    bars: Bar[];
    note?: Child;
}

interface Panel {
    name: string;
    value: (bar: Bar) => number;
    colour: (look: Look) => string;
}

function panels(bars: Bar[]): Panel[] {
    const w = words();
    const all: (Panel & { has: boolean })[] = [
        {
            name: w.over,
            value: (bar) => bar.over ?? 0,
            colour: (look) => look.bad,
            has: bars.some((bar) => bar.over !== undefined),
        },
        {
            name: w.under,
            value: (bar) => bar.under ?? 0,
            colour: (look) => look.warn,
            has: bars.some((bar) => bar.under !== undefined),
        },
    ];
    return all.filter((panel) => panel.has);
}

function option(bars: Bar[], colours: Look): Option {
    const shown = panels(bars),
        two = shown.length > 1;
    const names = bars.map((bar) => bar.name);
    const grids = two
        ? [
              { left: 0, right: "50%", top: 28, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
              { left: "55%", right: 44, top: 28, bottom: 4 },
          ]
        : [{ left: 0, right: 56, top: 6, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" }];
    return {
        tooltip: { trigger: "item", ...tooltip(colours), valueFormatter: (value: unknown) => whole(Number(value)) },
        grid: grids.map((grid, i) => (two && i === 0 ? { ...grid, right: "52%" } : grid)),
        title: (two ? shown : []).map((panel, i) => ({
            text: panel.name,
            left: two && i === 1 ? "55%" : 0,
            top: 6,
            padding: 0,
            textStyle: { fontSize: 12.5, fontWeight: 600, color: panel.colour(colours) },
        })),
        xAxis: shown.map((_, i) => ({
            type: "value",
            gridIndex: i,
            show: false,
            max: (of: { max: number }) => Math.max(1, of.max * (two ? 1.18 : 1.02)),
        })),
        yAxis: shown.map((_, i) => ({
            type: "category",
            gridIndex: i,
            data: names,
            inverse: true,
            axisTick: { show: false },
            axisLine: { lineStyle: { color: colours.rule } },
            axisLabel: { show: i === 0, color: colours.ink, fontSize: 12.5, width: 190, overflow: "truncate" },
        })),
        series: shown.map((panel, i) => ({
            name: panel.name,
            type: "bar",
            xAxisIndex: i,
            yAxisIndex: i,
            barMaxWidth: 16,
            data: bars.map(panel.value),
            itemStyle: { color: panel.colour(colours) },
            label: {
                show: true,
                position: "right",
                color: colours.ink,
                fontSize: 12,
                formatter: (at: { value: unknown }) => whole(Number(at.value)),
            },
        })),
    };
}

const sum = (bars: Bar[], of: (bar: Bar) => number | undefined): number =>
    bars.reduce((total, bar) => total + (of(bar) ?? 0), 0);

// All bars are in the table, those that are nothing as well; drawn are the others.
export function pairBars(of: Bars): HTMLElement {
    const w = words(),
        shown = panels(of.bars);
    const drawn = of.bars.filter((bar) => (bar.over ?? 0) + (bar.under ?? 0) > 0);
    const over = sum(of.bars, (bar) => bar.over),
        under = sum(of.bars, (bar) => bar.under);
    const cell = (value: number | undefined, path?: string): Child =>
        path && value !== undefined ? figure(path, value, whole(value)) : whole(value ?? null);
    const row = (bar: Bar): Child[] => [
        bar.name,
        ...shown.map((panel) =>
            panel.name === w.over ? cell(bar.over, bar.overPath) : cell(bar.under, bar.underPath),
        ),
    ];
    return chart(
        {
            id: of.id,
            axes: { y: of.column },
            title: of.title,
            says: of.says,
            height: (shown.length > 1 ? 36 : 14) + 27 * Math.max(1, drawn.length),
            describes: `${of.title}: ${drawn
                .map(
                    (bar) =>
                        `${bar.name} ${[bar.over, bar.under]
                            .filter((v) => v !== undefined)
                            .map((v) => whole(v!))
                            .join(" / ")}`,
                )
                .join(", ")}`,
            option: (colours) => option(drawn, colours),
            table: () => ({
                caption: of.title,
                columns: [
                    { title: of.column, kind: "text" },
                    ...shown.map((panel) => ({ title: `${panel.name}, ${w.units}` })),
                ],
                rows: [
                    ...of.bars.map(row),
                    [w.sum, ...shown.map((panel) => whole(panel.name === w.over ? over : under))],
                ],
            }),
        },
        h(
            "p",
            { class: "sum" },
            shown.length > 1
                ? fill(w.adds, { over: whole(over), under: whole(under) })
                : fill(w.addsOver, { over: whole(over + under) }),
            of.note ? [" ", of.note] : null,
        ),
    );
}

// How many shoppers came to each step of the purchase, and how many got past it.
import { chart, narrow, tooltip } from "../ui/chart";
import type { Child } from "../ui/dom";
import type { Option } from "../ui/echarts";
import { both } from "../ui/language";
import type { Look } from "../ui/look";
import { none, percent, whole } from "../ui/numbers";
import { textWidth } from "../ui/text_width";
import { tip } from "../ui/tip";
import type { RaceStep } from "./document";
import type { StepPlaces } from "./step_places";
import { words } from "./words";
import { axisWords } from "../ui/axes";

const own = both(
    {
        title: "Shoppers by step",
        says: "The full bar is who got past a step, the hollow rest who came to it and was turned away, or never got an answer.",
        passed: "got past",
        stopped: "turned away here",
        came: "came",
        share: "of those who came",
    },
    {
        title: "Klienci według kroków",
        says: "Pełny słupek to ci, którzy przeszli krok dalej, pusta reszta to odesłani albo pozostawieni bez odpowiedzi.",
        passed: "przeszli dalej",
        stopped: "odesłani w tym kroku",
        came: "doszli",
        share: "z tych, którzy doszli",
    },
);

export const rowsHeight = (rows: number): number => rows * 34 + 56;
export const namesAxis = (steps: RaceStep[], colours: Look, width: number) => ({
    type: "category",
    inverse: true,
    data: steps.map((one) => one.step),
    axisTick: { show: false },
    axisLine: { lineStyle: { color: colours.rule } },
    axisLabel: { color: colours.ink, width: width < narrow ? 92 : 170, overflow: "truncate" },
});

const passedOf = (one: RaceStep, width: number): string =>
    [one.passed, one.shoppers].map(whole).join(width < narrow ? "/" : " / ");

function option(steps: RaceStep[], colours: Look, width: number): Option {
    const w = own(),
        of = (row: number) => steps[row]!;
    return {
        grid: {
            left: 8,
            right: 12 + Math.max(0, ...steps.map((one) => textWidth(passedOf(one, width), 12))),
            top: 34,
            bottom: 8,
            outerBoundsMode: "same",
            outerBoundsContain: "axisLabel",
        },
        legend: { top: 0, left: 0, textStyle: { color: colours.ink } },
        tooltip: {
            trigger: "axis",
            axisPointer: { type: "shadow" },
            ...tooltip(colours),
            formatter: (at: { dataIndex: number }[]) => {
                const one = of(at[0]!.dataIndex);
                return tip(one.step, [
                    [w.came, whole(one.shoppers)],
                    [w.passed, whole(one.passed)],
                    [w.stopped, whole(one.shoppers - one.passed)],
                ]);
            },
        },
        xAxis: { type: "value", show: false, max: Math.max(1, ...steps.map((one) => one.shoppers)) },
        yAxis: namesAxis(steps, colours, width),
        series: [
            {
                type: "bar",
                name: w.passed,
                stack: "shoppers",
                barWidth: 18,
                itemStyle: { color: colours.calm },
                data: steps.map((one) => one.passed),
            },
            {
                type: "bar",
                name: w.stopped,
                stack: "shoppers",
                barWidth: 18,
                itemStyle: { color: colours.paper, borderColor: colours.soft, borderWidth: 1.2 },
                data: steps.map((one) => one.shoppers - one.passed),
                label: {
                    show: true,
                    position: "right",
                    color: colours.ink,
                    fontSize: 12,
                    formatter: (at: { dataIndex: number }) => passedOf(of(at.dataIndex), width),
                },
            },
        ],
    };
}

export function funnelChart(steps: RaceStep[], places: StepPlaces): Child {
    const w = own();
    return chart({
        id: `${places.prefix}-funnel`,
        axes: { y: axisWords().step },
        title: w.title,
        says: w.says,
        height: rowsHeight(steps.length),
        describes: `${w.title}. ${steps.map((one) => `${one.step}: ${w.came} ${whole(one.shoppers)}, ${w.passed} ${whole(one.passed)}`).join("; ")}`,
        option: (colours, width) => option(steps, colours, width),
        table: () => ({
            caption: w.title,
            columns: [
                { title: words().step, kind: "text" },
                { title: w.came },
                { title: w.passed },
                { title: w.share },
            ],
            rows: steps.map((one, i) => [
                one.step,
                places.shoppers(i, whole(one.shoppers)),
                places.passed(i, whole(one.passed)),
                one.shoppers > 0 ? percent(one.passed / one.shoppers) : none,
            ]),
        }),
    });
}

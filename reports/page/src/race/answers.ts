// What the shop answered at each step: by the class that the flow's rules give it, and by status.
import { chart, narrow, tooltip } from "../ui/chart";
import { h, type Child } from "../ui/dom";
import type { Option } from "../ui/echarts";
import { both } from "../ui/language";
import type { Look } from "../ui/look";
import { whole } from "../ui/numbers";
import { tip } from "../ui/tip";
import { answers, type Answer, type RaceStep } from "./document";
import { namesAxis, rowsHeight } from "./funnel";
import type { StepPlaces } from "./step_places";
import { answerName, words } from "./words";
import { axisWords } from "../ui/axes";

const own = both(
    {
        title: "Answers by step",
        says: "Refusals are the shop’s right; errors, conflicts and what no rule understands are what shoppers see when it struggles.",
        why: "decided by",
    },
    {
        title: "Odpowiedzi według kroków",
        says: "Odmowa to prawo sklepu; błędy, konflikty i to, czego nie rozumie żadna reguła, widzi klient, gdy sklep sobie nie radzi.",
        why: "rozstrzygnęła",
    },
);

const colourOf = (answer: Answer, colours: Look): string =>
    ({
        accepted: colours.calm,
        out_of_stock: colours.series[4]!,
        conflict: colours.series[3]!,
        error: colours.bad,
        unknown: colours.series[6]!,
    })[answer];
// Hatched as well, each in its way: not told by colour alone.
const hatch = (answer: Answer, colours: Look) =>
    answer === "accepted"
        ? undefined
        : {
              symbol: "rect",
              color: colours.paper,
              dashArrayX: [1, 0],
              dashArrayY: [1.4, answer === "out_of_stock" ? 9 : 5],
              symbolSize: 1,
              rotation: { out_of_stock: 0.8, conflict: -0.8, error: 0, unknown: 1.57 }[answer],
          };

function option(steps: RaceStep[], colours: Look, width: number): Option {
    const present = answers.filter((answer) => steps.some((one) => one[answer] > 0)),
        most = Math.max(1, ...steps.map((one) => one.requests));
    return {
        grid: {
            left: 8,
            right: width < narrow ? 16 : 56,
            top: width < narrow ? 62 : 34,
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
                const one = steps[at[0]!.dataIndex]!;
                return tip(
                    one.step,
                    present
                        .filter((answer) => one[answer] > 0)
                        .map((answer): [string, string] => [answerName(answer), whole(one[answer])]),
                );
            },
        },
        xAxis: {
            type: "value",
            max: most,
            minInterval: 1,
            axisLabel: { color: colours.soft, hideOverlap: true, showMaxLabel: false },
            splitLine: { lineStyle: { color: colours.grid } },
        },
        yAxis: namesAxis(steps, colours, width),
        series: present.map((answer) => ({
            type: "bar",
            name: answerName(answer),
            stack: "requests",
            barWidth: 18,
            itemStyle: { color: colourOf(answer, colours), decal: hatch(answer, colours) },
            data: steps.map((one) => one[answer]),
        })),
    };
}

export function answersChart(steps: RaceStep[], places: StepPlaces): Child {
    const w = own(),
        toldWhy = steps.some((one) => one.statuses.some(({ why }) => why));
    const told = (one: RaceStep): string =>
        answers
            .filter((answer) => one[answer] > 0)
            .map((answer) => `${whole(one[answer])} ${answerName(answer)}`)
            .join(", ") || "0";
    return chart({
        id: `${places.prefix}-answers`,
        axes: { x: axisWords().requests, y: axisWords().step },
        title: w.title,
        says: w.says,
        height: (width) => rowsHeight(steps.length) + (width < narrow ? 46 : 22),
        describes: `${w.title}. ${steps.map((one) => `${one.step}: ${told(one)}`).join("; ")}`,
        option: (colours, width) => option(steps, colours, width),
        table: () => ({
            caption: w.title,
            columns: [
                { title: words().step, kind: "text" },
                { title: words().status, kind: "text" },
                { title: words().answer, kind: "text" },
                { title: words().requests },
                ...(toldWhy ? [{ title: w.why, kind: "text" as const }] : []),
            ],
            rows: steps.flatMap((one, i) =>
                one.statuses.map((each, j) => [
                    one.step,
                    each.status === 0 ? words().noAnswer : String(each.status),
                    answerName(each.answer),
                    places.requests(i, j, whole(each.requests)),
                    ...(toldWhy ? [h("span", { lang: "en" }, each.why ?? "")] : []),
                ]),
            ),
        }),
    });
}

// What is worth choosing between: two KPIs against each other with the line of those that nobody beats in both.
import type { CustomSeriesRenderItem } from "echarts";
import { chart, tooltip } from "../ui/chart";
import { h } from "../ui/dom";
import type { Option } from "../ui/echarts";
import { both, fill } from "../ui/language";
import type { Look } from "../ui/look";
import type { Section } from "../ui/section";
import { table } from "../ui/table";
import { tip } from "../ui/tip";
import { withSelects } from "../study/choose";
import { kpiName, kpiText, rangeText } from "../study/kpis";
import { placed, type Spot } from "../study/labels";
import { scaleOf, type Scale } from "../study/scale";
import { kpiOf, type Comparison, type Kpi } from "./document";
import { levelText, placeText } from "./words";

const words = both(
    {
        title: "What is worth choosing between",
        says: "Designs on the line are those that no other beats in both figures; the better corner is {corner}.",
        corners: { ll: "at the bottom left", lh: "at the top left", hl: "at the bottom right", hh: "at the top right" },
        across: "across",
        up: "up",
        on: "on the front",
        off: "beaten in both means",
        chart: "{y} over {x}",
        logarithmic: "logarithmic",
        whiskers: "Lines through a dot are the means' own {level} intervals.",
        all: "Over all of {kpis} at once",
        allSays: '"Shown" holds for all pairs of designs and all these figures together.',
        design: "design",
        place: "place",
        describes: "{y} over {x}: on the front {front}",
    },
    {
        title: "Między czym warto wybierać",
        says: "Na linii leżą architektury, których żadna inna nie bije w obu wskaźnikach naraz; lepszy róg jest {corner}.",
        corners: { ll: "na dole po lewej", lh: "u góry po lewej", hl: "na dole po prawej", hh: "u góry po prawej" },
        across: "poziomo",
        up: "pionowo",
        on: "na froncie",
        off: "pobita w obu średnich",
        chart: "{y} a {x}",
        logarithmic: "skala logarytmiczna",
        whiskers: "Kreski przez punkt to przedziały {level} samych średnich.",
        all: "Ze względu na wszystkie naraz: {kpis}",
        allSays: "„Wykazano” dotyczy łącznie wszystkich par architektur i wszystkich tych wskaźników.",
        design: "architektura",
        place: "miejsce",
        describes: "{y} a {x}: na froncie {front}",
    },
);

const sign = (kpi: Kpi): number => (kpi.better === "higher" ? -1 : 1);
const mean = (kpi: Kpi, arm: number): number => kpi.arms[arm]!.mean.value ?? 0;

// Arms that no other is as good as in both and better in one, by the means; from left to right.
function frontOf(x: Kpi, y: Kpi): number[] {
    const arms = x.arms.map((_, i) => i);
    const beats = (a: number, b: number) => {
        const dx = sign(x) * (mean(x, a) - mean(x, b)),
            dy = sign(y) * (mean(y, a) - mean(y, b));
        return dx <= 0 && dy <= 0 && (dx < 0 || dy < 0);
    };
    return arms.filter((b) => !arms.some((a) => beats(a, b))).sort((a, b) => mean(x, a) - mean(x, b));
}

// Both whiskers of a mean.
const whiskers =
    (colour: (arm: number) => string): CustomSeriesRenderItem =>
    (params, api) => {
        const [x, y, x0, x1, y0, y1] = [0, 1, 2, 3, 4, 5].map((i) => api.value(i) as number);
        const point = (a: number, b: number) => api.coord([a, b]);
        const style = { stroke: colour(params.dataIndex), lineWidth: 1.4, opacity: 0.55 };
        const line = (from: number[], to: number[]) => ({
            type: "line" as const,
            shape: { x1: from[0]!, y1: from[1]!, x2: to[0]!, y2: to[1]! },
            style,
        });
        return {
            type: "group",
            children: [line(point(x0!, y!), point(x1!, y!)), line(point(x!, y0!), point(x!, y1!))],
        };
    };

const scaleFor = (kpi: Kpi): Scale =>
    scaleOf(
        kpi.unit,
        kpi.arms.map((_, arm) => mean(kpi, arm)),
    );

function axisOf(kpi: Kpi, scale: Scale, colours: Look): object {
    const own = scale.axis as { axisLabel: object };
    return {
        type: "value",
        scale: true,
        name: kpiName(kpi.path, kpi) + (scale.kind === "logarithmic" ? `, ${words().logarithmic}` : ""),
        nameLocation: "middle",
        nameTextStyle: { color: colours.soft },
        splitNumber: 5,
        axisLine: { show: true, lineStyle: { color: colours.rule } },
        splitLine: { lineStyle: { color: colours.grid } },
        ...own,
        axisLabel: { color: colours.soft, hideOverlap: true, ...own.axisLabel },
    };
}

function frontOption(study: Comparison, x: Kpi, y: Kpi, colours: Look): Option {
    const front = frontOf(x, y),
        on = (arm: number) => front.includes(arm);
    const colour = (arm: number) => (on(arm) ? colours.good : colours.soft);
    // Student's interval of a count may reach below 0; the count does not.
    const floor = (kpi: Kpi) => (kpi.arms.every((_, arm) => mean(kpi, arm) >= 0) ? 0 : -Infinity);
    const end = (kpi: Kpi, arm: number, which: "low" | "high") =>
        Math.max(floor(kpi), kpi.arms[arm]!.mean[which] ?? mean(kpi, arm));
    const scales = { x: scaleFor(x), y: scaleFor(y) };
    const px = (value: number) => scales.x.at(value),
        py = (value: number) => scales.y.at(value);
    const text = (arm: number) =>
        tip(
            study.arms[arm]!.name,
            [x, y].map((kpi) => [kpiName(kpi.path, kpi), kpiText(kpi.unit, mean(kpi, arm), study.currency)]),
        );
    const spots = study.arms.map((arm, i): Spot => ({ x: px(mean(x, i)), y: py(mean(y, i)), text: arm.name }));
    const places = placed(spots);
    return {
        grid: { left: 76, right: 28, top: 24, bottom: 52 },
        tooltip: { ...tooltip(colours), trigger: "item", formatter: (of: { dataIndex: number }) => text(of.dataIndex) },
        xAxis: { ...axisOf(x, scales.x, colours), nameGap: 32 },
        yAxis: { ...axisOf(y, scales.y, colours), nameGap: 58 },
        series: [
            {
                type: "line",
                data: front.map((arm) => [px(mean(x, arm)), py(mean(y, arm))]),
                symbol: "none",
                lineStyle: { color: colours.good, width: 1.5, type: "dashed" },
                silent: true,
                tooltip: { show: false },
            },
            {
                type: "custom",
                renderItem: whiskers(colour),
                silent: true,
                tooltip: { show: false },
                encode: { x: [0, 2, 3], y: [1, 4, 5] },
                data: study.arms.map((_, arm) => [
                    px(mean(x, arm)),
                    py(mean(y, arm)),
                    px(end(x, arm, "low")),
                    px(end(x, arm, "high")),
                    py(end(y, arm, "low")),
                    py(end(y, arm, "high")),
                ]),
            },
            {
                type: "scatter",
                symbolSize: 11,
                data: study.arms.map((arm, i) => ({
                    value: [px(mean(x, i)), py(mean(y, i))],
                    name: arm.name,
                    itemStyle: {
                        color: on(i) ? colour(i) : colours.paper,
                        borderColor: colour(i),
                        borderWidth: 2,
                        opacity: 1,
                    },
                    label: {
                        show: true,
                        formatter: arm.name.replace(/[{}|]/g, ""),
                        position: places[i],
                        distance: 7,
                        color: on(i) ? colours.ink : colours.soft,
                        fontSize: 12,
                        fontWeight: on(i) ? 600 : 400,
                        width: 150,
                        overflow: "truncate",
                        textBorderColor: colours.paper,
                        textBorderWidth: 3,
                    },
                })),
                tooltip: { show: true },
            },
        ],
    };
}

function drawn(study: Comparison, x: Kpi, y: Kpi): HTMLElement {
    const w = words(),
        front = frontOf(x, y),
        names = { x: kpiName(x.path, x), y: kpiName(y.path, y) };
    const corner = w.corners[`${x.better === "higher" ? "h" : "l"}${y.better === "higher" ? "h" : "l"}`];
    return chart({
        id: "front",
        title: fill(w.chart, names),
        height: 420,
        says: `${fill(w.says, { corner })} ${study.replications > 1 ? fill(w.whiskers, { level: levelText(study) }) : ""}`,
        describes: fill(w.describes, { ...names, front: front.map((arm) => study.arms[arm]!.name).join(", ") }),
        option: (colours) => frontOption(study, x, y, colours),
        table: () => ({
            caption: fill(w.chart, names),
            columns: [
                { title: w.design, kind: "text" },
                { title: names.x },
                { title: names.y },
                { title: w.place, kind: "text" },
            ],
            rows: study.arms.map((arm, i) => [
                arm.name,
                ...[x, y].map(
                    (kpi) =>
                        `${kpiText(kpi.unit, mean(kpi, i), study.currency)} ${bracketed(rangeText(kpi.arms[i]!.mean, (v) => kpiText(kpi.unit, v)))}`,
                ),
                front.includes(i) ? w.on : w.off,
            ]),
        }),
    });
}
const bracketed = (text: string): string => (text ? `(${text})` : "");

export function frontSection(study: Comparison): Section | null {
    const w = words(),
        kpis = [...study.kpis, ...study.front_kpis].filter((kpi) => kpi.better !== "neither");
    if (study.arms.length < 2 || kpis.length < 2) return null;
    const options = kpis.map((kpi) => ({ value: kpi.path, text: kpiName(kpi.path, kpi) }));
    const [y, x] = [study.pareto.kpis[0] ?? kpis[0]!.path, study.pareto.kpis[1] ?? kpis[1]!.path];
    const places = study.pareto.arms;
    return {
        id: "front",
        title: w.title,
        says: "",
        content: [
            withSelects(
                [
                    { id: "front-x", label: w.across, options, chosen: x },
                    { id: "front-y", label: w.up, options, chosen: y },
                ],
                (chosen) => drawn(study, kpiOf(study, chosen["front-x"]!)!, kpiOf(study, chosen["front-y"]!)!),
            ),
            places.length && study.pareto.kpis.length > 2
                ? [
                      h(
                          "h3",
                          {},
                          fill(w.all, {
                              kpis: study.pareto.kpis.map((path) => kpiName(path, kpiOf(study, path))).join(", "),
                          }),
                      ),
                      study.replications > 1 ? h("p", { class: "note" }, w.allSays) : null,
                      table(
                          {
                              caption: w.title,
                              columns: [
                                  { title: w.design, kind: "text" },
                                  { title: w.place, kind: "text" },
                              ],
                              rows: places.map((one) => [one.arm, placeText(one)]),
                          },
                          { class: "wrapping" },
                      ),
                  ]
                : null,
        ],
    };
}

// The objective against what limits it: candidates that keep to the limit on one side of the line, those that miss it on the other.
import { chart, tooltip } from "../ui/chart";
import type { Option } from "../ui/echarts";
import { both, fill } from "../ui/language";
import type { Look } from "../ui/look";
import type { Section } from "../ui/section";
import { tip, type TipLine } from "../ui/tip";
import { withSelects } from "../study/choose";
import { axisText, kpiName, kpiText, rangeText } from "../study/kpis";
import { interval } from "../study/document";
import type { Candidate, Fate, Limit, Plan } from "./document";
import { fateText, nameOf } from "./words";

const words = both(
    {
        title: "What the limit costs",
        says: "The best candidate is the {end} one {side} of the dashed limit, or in the shaded band: that is the tolerance, in which either side will do.",
        left: "left",
        right: "right",
        low: "lowest",
        high: "highest",
        chart: "{y} over {x}",
        limit: "limit",
        best: "best",
        keeps: "keeps to it, or may",
        misses: "misses a limit",
        asIs: "as it is",
        candidate: "candidate",
        verdict: "verdict",
        noLimit: "Beside it, another figure: the search had no limit.",
        x: "across",
    },
    {
        title: "Ile kosztuje ograniczenie",
        says: "Najlepszy kandydat leży {end} na {side} od przerywanej linii ograniczenia albo w cieniowanym pasie: to tolerancja, w której obie strony są dobre.",
        left: "lewo",
        right: "prawo",
        low: "najniżej",
        high: "najwyżej",
        chart: "{y} a {x}",
        limit: "ograniczenie",
        best: "najlepszy",
        keeps: "dotrzymuje lub może",
        misses: "łamie ograniczenie",
        asIs: "bez zmian",
        candidate: "kandydat",
        verdict: "werdykt",
        noLimit: "Obok inny wskaźnik: poszukiwanie nie miało ograniczenia.",
        x: "poziomo",
    },
);

const groups: { fates: Fate[]; name: () => string; colour: (look: Look) => string; symbol: string; size: number }[] = [
    { fates: ["beaten", "open"], name: () => words().keeps, colour: (look) => look.calm, symbol: "circle", size: 10 },
    { fates: ["misses_limit"], name: () => words().misses, colour: (look) => look.bad, symbol: "triangle", size: 11 },
    { fates: ["best"], name: () => words().best, colour: (look) => look.good, symbol: "diamond", size: 18 },
];

function scatterOption(plan: Plan, x: string, limit: Limit | undefined, colours: Look): Option {
    const y = plan.objective.kpi,
        w = words();
    const axis = (kpi: string) => ({
        type: "value",
        scale: true,
        name: kpiName(kpi, plan.kpis[kpi]),
        nameLocation: "middle",
        nameTextStyle: { color: colours.soft },
        axisLine: { show: true, lineStyle: { color: colours.rule } },
        axisLabel: { color: colours.soft, formatter: axisText(plan.kpis[kpi]!.unit), hideOverlap: true },
        splitLine: { lineStyle: { color: colours.grid } },
    });
    const all = plan.candidates.filter((one) => one.kpis[x]?.mean != null && one.kpis[y]?.mean != null);
    const isBest = (one: Candidate) => one.name === plan.best?.name;
    const line = (one: Candidate, kpi: string): TipLine => {
        const f = (v: number | null) => kpiText(plan.kpis[kpi]!.unit, v, plan.currency),
            i = interval(one.kpis[kpi]);
        return [kpiName(kpi, plan.kpis[kpi]), `${f(i!.value)} (${rangeText(i, f)})`];
    };
    const text = (one: Candidate) => tip(nameOf(one), [line(one, y), line(one, x)], fateText(one));
    const data = (of: Candidate[]) =>
        of.map((one) => ({
            value: [one.kpis[x]!.mean, one.kpis[y]!.mean],
            tip: text(one),
            label: {
                show: isBest(one) || one.name === plan.as_it_is,
                formatter: isBest(one) ? w.best : w.asIs,
                position: "top",
                color: colours.ink,
                textBorderColor: colours.paper,
                textBorderWidth: 3,
            },
        }));
    return {
        grid: { left: 84, right: 28, top: 40, bottom: 52 },
        legend: { top: 0, right: 10, textStyle: { color: colours.ink } },
        tooltip: { trigger: "item", ...tooltip(colours), formatter: (of: { data: { tip: string } }) => of.data.tip },
        xAxis: { ...axis(x), nameGap: 32 },
        yAxis: { ...axis(y), nameGap: 62 },
        series: groups.map((group, k) => ({
            type: "scatter",
            name: group.name(),
            symbol: group.symbol,
            symbolSize: group.size,
            itemStyle: { color: group.colour(colours), opacity: 0.9 },
            data: data(all.filter((one) => group.fates.includes(one.fate))),
            ...(k === 0 && limit
                ? {
                      markLine: {
                          silent: true,
                          symbol: "none",
                          precision: 12, // of 2, which it has else, a limit of 1.5 % stands at 2 %
                          lineStyle: { color: colours.bad, type: "dashed", width: 1.5 },
                          label: {
                              formatter: limit.text.replace(/[{}|]/g, ""),
                              color: colours.bad,
                              position: "insideEndTop",
                          },
                          data: [{ xAxis: limit.bound }],
                      },
                      markArea: {
                          silent: true,
                          itemStyle: { color: colours.bad, opacity: 0.08 },
                          data: [[{ xAxis: limit.bound - limit.tolerance }, { xAxis: limit.bound + limit.tolerance }]],
                      },
                  }
                : {}),
        })),
    };
}

// The limit that is drawn first says which side is allowed.
function saysOf(plan: Plan, kpi: string): string {
    const w = words(),
        side = plan.limits.find((one) => one.kpi === kpi)?.side ?? "at_most";
    return fill(w.says, {
        end: plan.objective.best === "least" ? w.low : w.high,
        side: side === "at_most" ? w.left : w.right,
    });
}

export function scatterSection(plan: Plan): Section | null {
    const w = words(),
        y = plan.objective.kpi;
    const limited = plan.limits.map((one) => one.kpi).filter((kpi) => kpi !== y),
        others = Object.keys(plan.kpis).filter((kpi) => kpi !== y && !limited.includes(kpi));
    const options = [...limited, ...others];
    if (options.length === 0 || plan.candidates.length < 2) return null;
    const drawn = (x: string) => {
        const title = fill(w.chart, { y: kpiName(y, plan.kpis[y]), x: kpiName(x, plan.kpis[x]) }),
            f = (kpi: string) => (one: Candidate) =>
                kpiText(plan.kpis[kpi]!.unit, one.kpis[kpi]?.mean ?? null, plan.currency);
        return chart({
            id: "limit",
            title,
            height: 420,
            describes: `${title}: ${plan.best ? `${nameOf(plan.best)} ${f(y)(plan.best)}, ${f(x)(plan.best)}` : ""}`,
            option: (colours) =>
                scatterOption(
                    plan,
                    x,
                    plan.limits.find((one) => one.kpi === x),
                    colours,
                ),
            table: () => ({
                caption: title,
                columns: [
                    { title: w.candidate, kind: "text" },
                    { title: kpiName(y, plan.kpis[y]) },
                    { title: kpiName(x, plan.kpis[x]) },
                    { title: w.verdict, kind: "text" },
                ],
                rows: plan.candidates.map((one) => [nameOf(one), f(y)(one), f(x)(one), fateText(one)]),
            }),
        });
    };
    return {
        id: "limit",
        title: w.title,
        says: plan.limits.length ? saysOf(plan, options[0]!) : w.noLimit,
        content: [
            withSelects(
                [
                    {
                        id: "limit-x",
                        label: w.x,
                        options: options.map((kpi) => ({ value: kpi, text: kpiName(kpi, plan.kpis[kpi]) })),
                        chosen: options[0]!,
                    },
                ],
                (chosen) => drawn(chosen["limit-x"]!),
            ),
        ],
    };
}

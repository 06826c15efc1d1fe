// Small multiples of the day: a panel for each design, all on the same scale, the baseline in grey behind.
import { chart, join } from "../ui/chart";
import { h } from "../ui/dom";
import { both, fill } from "../ui/language";
import { span } from "../ui/numbers";
import type { Section } from "../ui/section";
import { withSelects } from "../study/choose";
import { dayAxes, dayNames, dayOption, roundTop, stepClock } from "../study/day";
import { dayLines, type DayLineName } from "../study/document";
import { kpiText } from "../study/kpis";
import type { Comparison } from "./document";

const words = both(
    {
        title: "The day",
        says: "Compare shapes: every panel has the same scale; the grey line is {base}. Means over the replications, per {span}.",
        line: "what",
        time: "from",
        sum: "{n} in these hours",
        end: "{n} at the end",
    },
    {
        title: "Dzień",
        says: "Porównaj kształty: wszystkie panele mają tę samą skalę; szara linia to {base}. Średnie z replikacji, na {span}.",
        line: "co",
        time: "od",
        sum: "{n} w tych godzinach",
        end: "na końcu {n}",
    },
);

const last = (all: number[]): number => all[all.length - 1] ?? 0;
const sum = (all: number[]): number => all.reduce((a, b) => a + b, 0);

function panels(study: Comparison, line: DayLineName): HTMLElement {
    const w = words(),
        base = study.days.find((one) => one.arm === study.baseline);
    const top = Math.max(...study.days.flatMap((day) => day.lines[line].mean));
    return h(
        "div",
        { class: "multiples" },
        study.days.map((day, i) => {
            const values = day.lines[line].mean;
            const total =
                line === "stock"
                    ? fill(w.end, { n: kpiText("count", last(values)) })
                    : fill(w.sum, { n: kpiText("count", sum(values)) });
            return chart({
                id: `day-${i}`,
                axes: dayAxes(line, day.step_s),
                title: day.arm,
                says: total,
                height: 170,
                describes: `${day.arm}: ${dayNames()[line]}, ${total}`,
                ready: join("days"),
                option: (colours, width) =>
                    dayOption(
                        {
                            day,
                            line,
                            name: day.arm,
                            top: roundTop(top),
                            beside: base && base !== day ? { day: base, name: base.arm } : undefined,
                        },
                        colours,
                        width,
                    ),
                table: () => ({
                    caption: `${day.arm}: ${dayNames()[line]}`,
                    columns: [{ title: w.time, kind: "text" }, { title: dayNames()[line] }],
                    rows: values.map((value, step) => [stepClock(day, step), kpiText("count", value)]),
                }),
            });
        }),
    );
}

export function daysSection(study: Comparison): Section | null {
    const w = words(),
        some = dayLines.filter((line) => study.days.some((day) => day.lines[line].mean.length > 0));
    const first = study.days[0];
    if (!first || some.length === 0) return null;
    return {
        id: "days",
        title: w.title,
        says: fill(w.says, { base: study.baseline, span: span(first.step_s) }),
        content: [
            withSelects(
                [
                    {
                        id: "day-line",
                        label: w.line,
                        options: some.map((line) => ({ value: line, text: dayNames()[line] })),
                        chosen: some.includes("oversold") ? "oversold" : some[0]!,
                    },
                ],
                (chosen) => panels(study, chosen["day-line"] as DayLineName),
            ),
        ],
    };
}

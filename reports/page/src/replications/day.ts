// The day over the replications: the mean in the band between the outer tenths of runs, a panel for each line.
import { chart, join } from "../ui/chart";
import { h } from "../ui/dom";
import { both, fill } from "../ui/language";
import type { Section } from "../ui/section";
import { dayAxes, dayNames, dayOption, stepClock } from "../study/day";
import { dayLines } from "../study/document";
import { kpiText } from "../study/kpis";
import type { Replications } from "./document";

const words = both(
    {
        title: "The day",
        says: "Where the band is wide, the hour differs from run to run: it holds eight runs in ten, the line is their mean.",
        mean: "mean",
        band: "8 of 10 runs",
        time: "from",
        low: "10 %",
        high: "90 %",
        peak: "highest mean {n} at {time}",
        never: "Not drawn, because there was none at any time: {lines}.",
    },
    {
        title: "Dzień",
        says: "Gdzie pas jest szeroki, tam godzina różni się z przebiegu na przebieg: mieści osiem przebiegów na dziesięć, linia to średnia.",
        mean: "średnia",
        band: "8 z 10 przebiegów",
        time: "od",
        low: "10 %",
        high: "90 %",
        peak: "największa średnia {n} o {time}",
        never: "Nie narysowano, bo przez cały czas było zero: {lines}.",
    },
);

export function daySection(study: Replications): Section | null {
    const w = words(),
        day = study.arms[0].day,
        several = study.arms[0].seeds.length > 1;
    const known = day ? dayLines.filter((line) => day.lines[line].mean.length > 0) : [];
    if (!day || known.length === 0) return null;
    const some = known.filter((line) => day.lines[line].high.concat(day.lines[line].mean).some((value) => value > 0));
    const never = known.filter((line) => !some.includes(line)).map((line) => dayNames()[line]);
    return {
        id: "day",
        title: w.title,
        says: w.says,
        content: [
            h(
                "div",
                { class: "multiples" },
                some.map((line) => {
                    const values = day.lines[line],
                        top = values.mean.indexOf(Math.max(...values.mean));
                    const peak = w.peak
                        .replace("{n}", kpiText("count", values.mean[top]!))
                        .replace("{time}", stepClock(day, top));
                    return chart({
                        id: `day-${line}`,
                        axes: dayAxes(line, day.step_s),
                        title: dayNames()[line],
                        says: peak,
                        describes: `${dayNames()[line]}: ${peak}`,
                        height: 190,
                        ready: join("day"),
                        option: (colours, width) =>
                            dayOption({ day, line, name: w.mean, band: several ? w.band : undefined }, colours, width),
                        table: () => ({
                            caption: dayNames()[line],
                            columns: [
                                { title: w.time, kind: "text" },
                                { title: w.mean },
                                { title: w.low },
                                { title: w.high },
                            ],
                            rows: values.mean.map((mean, i) => [
                                stepClock(day, i),
                                kpiText("count", mean),
                                kpiText("count", values.low[i] ?? null),
                                kpiText("count", values.high[i] ?? null),
                            ]),
                        }),
                    });
                }),
            ),
            never.length > 0 ? h("p", { class: "note" }, fill(w.never, { lines: never.join(", ") })) : null,
        ],
    };
}

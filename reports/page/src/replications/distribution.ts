// How the KPIs are spread over the replications.
import { h } from "../ui/dom";
import { both, fill } from "../ui/language";
import { percent } from "../ui/numbers";
import type { Section } from "../ui/section";
import { table } from "../ui/table";
import { dotStrip } from "../study/dot_strip";
import { betterText, kpiName, kpiText, rangeText } from "../study/kpis";
import type { Replications } from "./document";

const words = both(
    {
        title: "From run to run",
        says: "A dot is one run: a wide strip is a figure that chance decides. The bar below is the mean with its {level} interval.",
        kpi: "figure",
        mean: "mean",
        interval: "{level} interval",
        least: "least",
        median: "median",
        most: "most",
        caption: "Figures over the replications",
        strip: "every run",
    },
    {
        title: "Od przebiegu do przebiegu",
        says: "Punkt to jeden przebieg: szeroki pas to wskaźnik, o którym decyduje przypadek. Kreska pod spodem to średnia z przedziałem {level}.",
        kpi: "wskaźnik",
        mean: "średnia",
        interval: "przedział {level}",
        least: "najmniej",
        median: "mediana",
        most: "najwięcej",
        caption: "Wskaźniki w replikacjach",
        strip: "każdy przebieg",
    },
);

export function distributionSection(study: Replications): Section {
    const w = words(),
        arm = study.arms[0],
        level = percent(study.confidence).replace(/[.,]0 /, " ");
    const paths = Object.keys(study.kpis).filter((path) => arm.kpi[path]);
    return {
        id: "spread",
        title: w.title,
        says: fill(w.says, { level }),
        content: [
            table(
                {
                    caption: w.caption,
                    columns: [
                        { title: w.kpi, kind: "text" },
                        { title: w.strip, kind: "text" },
                        { title: w.mean },
                        { title: fill(w.interval, { level }) },
                        { title: w.least },
                        { title: w.median },
                        { title: w.most },
                    ],
                    rows: paths.map((path) => {
                        const one = arm.kpi[path]!,
                            info = study.kpis[path]!,
                            text = (value: number | null) => kpiText(info.unit, value);
                        const unit = info.unit === "minor_money" || info.unit === "major_money" ? study.currency : "";
                        return [
                            [
                                kpiName(path, info),
                                h(
                                    "small",
                                    { class: "hint" },
                                    [unit, betterText(info.better)].filter(Boolean).join(", "),
                                ),
                            ],
                            dotStrip(one.values, one.mean),
                            text(one.mean.value),
                            rangeText(one.mean, text) || "–",
                            text(Math.min(...one.values)),
                            text(one.median.value),
                            text(Math.max(...one.values)),
                        ];
                    }),
                },
                { class: "plots forest" },
            ),
        ],
    };
}

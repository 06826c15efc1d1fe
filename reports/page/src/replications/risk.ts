// How badly a run like these can end.
import { both, fill } from "../ui/language";
import { percent, whole } from "../ui/numbers";
import type { Section } from "../ui/section";
import { table } from "../ui/table";
import { intervalPlot } from "../study/interval_plot";
import { kpiText, rangeText } from "../study/kpis";
import type { Replications } from "./document";

const words = both(
    {
        title: "Risk",
        says: "How often such a run oversells at least so much, and what its worst twentieth costs; intervals hold for any distribution.",
        event: "event",
        chance: "probability",
        interval: "{level} interval",
        units: "at least {n} oversold units",
        worst: "oversold value, worst of 20 runs",
        beyond: "... and the mean beyond it",
        scale: "0 to 100 %",
        unknown: "too few runs to say",
    },
    {
        title: "Ryzyko",
        says: "Jak często taki przebieg sprzedaje ponad stan co najmniej tyle i ile kosztuje najgorsza dwudziesta ich część; przedziały obowiązują dla każdego rozkładu.",
        event: "zdarzenie",
        chance: "prawdopodobieństwo",
        interval: "przedział {level}",
        units: "sztuk ponad stan co najmniej {n}",
        worst: "wartość nadsprzedaży, najgorszy z 20 przebiegów",
        beyond: "... i średnia powyżej",
        scale: "od 0 do 100 %",
        unknown: "za mało przebiegów",
    },
);

export function riskSection(study: Replications): Section | null {
    const w = words(),
        risk = study.arms[0].risk,
        level = percent(study.confidence).replace(/[.,]0 /, " ");
    if (!risk) return null;
    const money = (value: number | null) => kpiText("minor_money", value, study.currency);
    return {
        id: "risk",
        title: w.title,
        says: w.says,
        content: [
            table(
                {
                    caption: w.title,
                    columns: [
                        { title: w.event, kind: "text" },
                        { title: w.scale, kind: "text" },
                        { title: w.chance },
                        { title: fill(w.interval, { level }) },
                    ],
                    rows: [
                        ...risk.at_least.map((one) => [
                            fill(w.units, { n: whole(one.units) }),
                            intervalPlot(one.probability, { low: 0, high: 1 }, "bad", 200),
                            percent(one.probability.value),
                            rangeText(one.probability, percent),
                        ]),
                        ...(
                            [
                                [w.worst, risk.oversold_value_worst_of_20],
                                [w.beyond, risk.mean_beyond],
                            ] as const
                        ).map(([name, of]) => [name, "", money(of.value), rangeText(of, money) || w.unknown]),
                    ],
                },
                { class: "plots forest" },
            ),
        ],
    };
}

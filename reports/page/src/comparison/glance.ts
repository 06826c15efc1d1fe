// Every KPI of every design: mean with its interval on the row's own scale, and the verdict against the baseline.
import { figure, h, type Child } from "../ui/dom";
import { both, fill } from "../ui/language";
import type { Section } from "../ui/section";
import { table } from "../ui/table";
import { intervalPlot, scaleOf } from "../study/interval_plot";
import { betterText, differenceText, kpiName, kpiText, ratioText } from "../study/kpis";
import { baselineOf, toneOf, type Comparison, type Kpi } from "./document";
import { levelText, verdictSign, verdictText } from "./words";

const words = both(
    {
        title: "All designs side by side",
        says: "Look along a row: dots are means, whiskers their {level} intervals, on one scale a row. ✓ is shown better than {base}, ✗ worse; without a sign no difference is shown.",
        oneRun: "Look along a row: one run of each, on one scale a row; the differences are those of this day.",
        kpi: "figure",
        base: "baseline",
        caption: "All designs and key figures",
    },
    {
        title: "Wszystkie architektury obok siebie",
        says: "Czytaj wierszami: punkty to średnie, wąsy to ich przedziały {level}, w jednej skali na wiersz. ✓ – wykazano, że lepiej niż {base}, ✗ – że gorzej; bez znaku różnicy nie wykazano.",
        oneRun: "Czytaj wierszami: po jednym przebiegu, w jednej skali na wiersz; różnice są różnicami tego dnia.",
        kpi: "wskaźnik",
        base: "punkt odniesienia",
        caption: "Wszystkie architektury i wskaźniki",
    },
);

function cell(study: Comparison, kpi: Kpi, at: number, row: number): Child[] {
    const one = kpi.arms[at]!,
        d = one.difference,
        isBase = at === baselineOf(study);
    const scale = scaleOf(
        kpi.arms.map((arm) => arm.mean),
        kpi.arms[baselineOf(study)]!.mean.value ?? undefined,
    );
    const tone = isBase ? "base" : d ? toneOf(d.verdict) : "open";
    const against = isBase
        ? words().base
        : d
          ? verdictSign(d.verdict) +
            (d.ratio ? ratioText(d.ratio.value) : differenceText(kpi.unit, d.value, study.currency))
          : "";
    return [
        figure(`kpis.${row}.arms.${at}.mean.value`, one.mean.value, kpiText(kpi.unit, one.mean.value)),
        intervalPlot(one.mean, scale, tone, 96),
        h("small", { class: tone, title: d ? verdictText(d.verdict) : null }, against),
    ];
}

export function glanceSection(study: Comparison): Section {
    const w = words();
    const unit = (kpi: Kpi) => (kpi.unit === "minor_money" || kpi.unit === "major_money" ? study.currency : "");
    const rows = study.kpis.map((kpi, row) => [
        [
            kpiName(kpi.path, kpi),
            h("small", { class: "hint" }, [unit(kpi), betterText(kpi.better)].filter(Boolean).join(", ")),
        ],
        ...study.arms.map((_, at) => cell(study, kpi, at, row)),
    ]);
    return {
        id: "glance",
        title: w.title,
        says: study.replications > 1 ? fill(w.says, { level: levelText(study), base: study.baseline }) : w.oneRun,
        content: [
            table(
                {
                    caption: w.caption,
                    columns: [{ title: w.kpi, kind: "text" }, ...study.arms.map((arm) => ({ title: arm.name }))],
                    rows,
                },
                { class: "plots" },
            ),
        ],
    };
}

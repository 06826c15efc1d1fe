// Ranks of the designs in every KPI, by their means: a heat table, the best on the whole at the top.
import { h } from "../ui/dom";
import { both } from "../ui/language";
import { decimal, whole } from "../ui/numbers";
import type { Section } from "../ui/section";
import { table } from "../ui/table";
import { kpiName, kpiText } from "../study/kpis";
import type { Comparison, Kpi } from "./document";

const words = both(
    {
        title: "Ranks",
        says: "A row of low numbers has no weak side; a row of low and high ones is a choice. 1 is the best mean of a column; whether two ranks really differ, the intervals above tell.",
        design: "design",
        mean: "mean rank",
        caption: "Ranks by the means",
    },
    {
        title: "Miejsca",
        says: "Wiersz samych niskich liczb nie ma słabej strony; niskie obok wysokich to wybór. 1 to najlepsza średnia w kolumnie; czy dwa miejsca naprawdę się różnią, mówią przedziały powyżej.",
        design: "architektura",
        mean: "średnie miejsce",
        caption: "Miejsca według średnich",
    },
);

// 1 is the best; equals share the place.
function ranks(kpi: Kpi): number[] {
    const sign = kpi.better === "higher" ? -1 : 1,
        of = kpi.arms.map((arm) => sign * (arm.mean.value ?? 0));
    return of.map((value) => 1 + of.filter((other) => other < value).length);
}

export function ranksSection(study: Comparison): Section | null {
    const w = words(),
        kpis = study.kpis.filter((kpi) => kpi.better !== "neither");
    if (study.arms.length < 3 || kpis.length < 2) return null;
    const all = kpis.map(ranks);
    const mean = (arm: number) => all.reduce((sum, of) => sum + of[arm]!, 0) / all.length;
    const order = study.arms.map((_, i) => i).sort((a, b) => mean(a) - mean(b));
    // Ramp of look.ts: five colours from the best place to the last.
    const step = (rank: number) => Math.min(4, Math.floor(((rank - 1) / Math.max(1, study.arms.length - 1)) * 4.999));
    return {
        id: "ranks",
        title: w.title,
        says: w.says,
        content: [
            table(
                {
                    caption: w.caption,
                    columns: [
                        { title: w.design, kind: "text" },
                        { title: w.mean },
                        ...kpis.map((kpi) => ({ title: kpiName(kpi.path, kpi) })),
                    ],
                    rows: order.map((arm) => [
                        study.arms[arm]!.name,
                        decimal(mean(arm), 1),
                        ...kpis.map((kpi, k) =>
                            h(
                                "span",
                                {
                                    class: `rank c${step(all[k]![arm]!)}`,
                                    title: kpiText(kpi.unit, kpi.arms[arm]!.mean.value, study.currency),
                                },
                                whole(all[k]![arm]!),
                            ),
                        ),
                    ]),
                },
                { class: "ranks" },
            ),
        ],
    };
}

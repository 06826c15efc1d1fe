// The verdict over the replications: the oversell rate with its interval, how often anything was oversold at all, the worst day.
import { figure, h, type Child } from "../ui/dom";
import { both, fill } from "../ui/language";
import { percent, whole } from "../ui/numbers";
import { card, cards } from "../ui/section";
import { kpiName, kpiText, rangeText } from "../study/kpis";
import type { Replications } from "./document";

const words = both(
    {
        nothing: "No replication oversold",
        some: "{rate} oversold",
        of: "of the units accepted, {level} interval {range}; in {n} of {all} replications at least one unit",
        atMost: "of {all}; with {level} confidence, fewer than {most} of such runs oversell at all",
        single: "One replication has no interval",
        between: "{level}: {range}",
        worst: "worst run",
        best: "best run",
        from: "{least} to {most} in single runs",
    },
    {
        nothing: "W żadnej replikacji nie sprzedano ponad stan",
        some: "{rate} ponad stan",
        of: "przyjętych sztuk, przedział {level}: {range}; w {n} z {all} replikacji co najmniej jedna sztuka",
        atMost: "z {all}; z ufnością {level} zdarza się to w mniej niż {most} takich przebiegów",
        single: "Jedna replikacja nie ma przedziału",
        between: "{level}: {range}",
        worst: "najgorszy przebieg",
        best: "najlepszy przebieg",
        from: "od {least} do {most} w pojedynczych przebiegach",
    },
);

const shown = [
    "undersold_units",
    "lost_sales_units",
    "cancelled_orders",
    "promise_kept_rate",
    "cost_per_order",
    "fulfilment_time_s.p90",
    "revenue",
    "conversion",
];

export function replicationsHeadline(study: Replications): Child[] {
    const w = words(),
        arm = study.arms[0],
        level = percent(study.confidence).replace(/[.,]0 /, " ");
    const units = arm.kpi["oversold_units"],
        rate = arm.kpi["oversell_rate"],
        any = arm.risk?.at_least.find((one) => one.units === 1)?.probability;
    const verdict = () => {
        if (!units || !rate) return null;
        const n = units.values.filter((value) => value > 0).length,
            all = whole(arm.seeds.length);
        if (n === 0)
            return h(
                "p",
                { class: "headline good" },
                h("b", {}, w.nothing),
                h("span", {}, any && any.high !== null ? fill(w.atMost, { all, level, most: percent(any.high) }) : ""),
            );
        const range = rangeText(rate.mean, (x) => kpiText("share", x));
        return h(
            "p",
            { class: "headline bad" },
            h(
                "b",
                {},
                figure(
                    "arms.0.kpi.oversell_rate.mean.value",
                    rate.mean.value,
                    fill(w.some, { rate: kpiText("share", rate.mean.value) }),
                ),
            ),
            h("span", {}, range ? fill(w.of, { level, range, n: whole(n), all }) : w.single),
        );
    };
    return [
        verdict(),
        cards(
            ...shown.flatMap((path) => {
                const one = arm.kpi[path],
                    info = study.kpis[path];
                if (!one || !info) return [];
                const text = (value: number | null) => kpiText(info.unit, value, study.currency);
                const range = rangeText(one.mean, (value) => kpiText(info.unit, value));
                const note = range
                    ? fill(w.between, { level, range })
                    : fill(w.from, { least: text(Math.min(...one.values)), most: text(Math.max(...one.values)) });
                return [
                    card(
                        kpiName(path, info),
                        figure(`arms.0.kpi.${path}.mean.value`, one.mean.value, text(one.mean.value)),
                        note,
                    ),
                ];
            }),
        ),
    ];
}

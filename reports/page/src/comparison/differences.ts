// Each design against the baseline: paired differences with their intervals, verdicts, and what a verdict still takes.
import { figure, h } from "../ui/dom";
import { both, fill } from "../ui/language";
import { whole } from "../ui/numbers";
import type { Section } from "../ui/section";
import { table } from "../ui/table";
import { intervalPlot, type Scale } from "../study/interval_plot";
import { differenceText, kpiName, kpiText, rangeText, ratioText } from "../study/kpis";
import { baselineOf, toneOf, type Comparison, type Difference } from "./document";
import { levelText, neededText, pText, verdictSign, verdictText } from "./words";

const words = both(
    {
        title: "Differences from {base}",
        says: "A whisker that does not touch the line in the middle is a difference that the runs show; {level} intervals of all designs hold together{pairs}.",
        pairs: ", and are of pairs: the same shoppers under both",
        kpi: "figure",
        difference: "difference",
        relative: "relative",
        verdict: "verdict",
        p: "p",
        needed: "runs to go",
        counts: "{better} better, {worse} worse, {open} not shown",
        against: "{arm} against {base}",
        note: "Runs to go: replications that a verdict still needs with 90 % power, if the difference is what it seems. Intervals are simultaneous over the designs (Bonferroni), p is Holm's.",
    },
    {
        title: "Różnice względem {base}",
        says: "Wąs, który nie dotyka kreski pośrodku, to różnica, którą przebiegi wykazują; przedziały {level} obowiązują łącznie dla wszystkich architektur{pairs}.",
        pairs: " i dotyczą par: tych samych klientów pod obiema",
        kpi: "wskaźnik",
        difference: "różnica",
        relative: "względnie",
        verdict: "werdykt",
        p: "p",
        needed: "brakuje",
        counts: "lepiej: {better}, gorzej: {worse}, nie wykazano: {open}",
        against: "{arm} względem {base}",
        note: "Brakuje: tylu replikacji wymaga jeszcze werdykt przy mocy 90 %, jeśli różnica jest taka, jak się wydaje. Przedziały są łączne dla architektur (Bonferroni), p według Holma.",
    },
);

const open = 3; // designs whose table is open at first

// As wide as the widest interval, up to twice as much or nothing at all.
function reachOf(all: Difference[]): Scale {
    let reach = 0.05;
    for (const d of all)
        if (d.ratio) reach = Math.max(reach, Math.abs((d.ratio.low ?? 1) - 1), Math.abs((d.ratio.high ?? 1) - 1));
    reach = Math.min(1, reach * 1.06);
    return { low: 1 - reach, high: 1 + reach, mark: 1 };
}

function ofArm(study: Comparison, at: number, shown: boolean): HTMLElement {
    const w = words(),
        base = baselineOf(study),
        arm = study.arms[at]!.name;
    const rows = study.kpis.flatMap((kpi, row) =>
        kpi.arms[at]?.difference ? [{ kpi, row, d: kpi.arms[at]!.difference! }] : [],
    );
    const scale = reachOf(rows.map((one) => one.d));
    const count = (tone: string) => whole(rows.filter((one) => toneOf(one.d.verdict) === tone).length);
    const edge = `${ratioText(scale.low)} … ${ratioText(Math.min(scale.high, 1.999))}`;
    return h(
        "details",
        { class: "arm", open: shown },
        h(
            "summary",
            {},
            h("b", {}, arm),
            " ",
            h("span", {}, fill(w.counts, { better: count("good"), worse: count("bad"), open: count("open") })),
        ),
        table(
            {
                caption: fill(w.against, { arm, base: study.baseline }),
                columns: [
                    { title: w.kpi, kind: "text" },
                    { title: study.baseline },
                    { title: arm },
                    { title: w.difference },
                    { title: edge, kind: "text" },
                    { title: w.relative },
                    { title: w.verdict, kind: "text" },
                    { title: w.p },
                    { title: w.needed },
                ],
                rows: rows.map(({ kpi, row, d }) => {
                    const money = (x: number | null) => kpiText(kpi.unit, x),
                        path = `kpis.${row}.arms.${at}.difference`;
                    return [
                        kpiName(kpi.path, kpi),
                        money(kpi.arms[base]!.mean.value),
                        money(kpi.arms[at]!.mean.value),
                        [
                            figure(`${path}.value`, d.value, differenceText(kpi.unit, d.value)),
                            h(
                                "small",
                                {},
                                rangeText(d, (x) => differenceText(kpi.unit, x)),
                            ),
                        ],
                        d.ratio ? intervalPlot(d.ratio, scale, toneOf(d.verdict), 170) : "",
                        d.ratio
                            ? [
                                  figure(`${path}.ratio.value`, d.ratio.value, ratioText(d.ratio.value)),
                                  h("small", {}, rangeText(d.ratio, ratioText)),
                              ]
                            : "–",
                        h(
                            "span",
                            { class: `finding ${toneOf(d.verdict)}` },
                            verdictSign(d.verdict) + verdictText(d.verdict),
                        ),
                        pText(d.p),
                        neededText(d),
                    ];
                }),
            },
            { class: "plots forest" },
        ),
    );
}

export function differencesSection(study: Comparison): Section | null {
    const w = words(),
        base = baselineOf(study);
    if (study.replications < 2 || study.arms.length < 2) return null;
    const others = study.arms.map((_, i) => i).filter((i) => i !== base);
    return {
        id: "differences",
        title: fill(w.title, { base: study.baseline }),
        says: fill(w.says, { level: levelText(study), pairs: study.seeds === "common" ? w.pairs : "" }),
        content: [others.map((at, i) => ofArm(study, at, i < open)), h("p", { class: "note" }, w.note)],
    };
}

// What the comparison says of its first KPI, arm by arm, or of the best and of how many when there are many.
import { h, type Child } from "../ui/dom";
import { both, fill, forms, formy, plural } from "../ui/language";
import { rough, whole } from "../ui/numbers";
import { kpiName, kpiText, differenceText, rangeText, ratioText } from "../study/kpis";
import { baselineOf, toneOf, type Comparison, type Difference, type Kpi } from "./document";
import { levelText } from "./words";

const words = both(
    {
        nothing: "Nothing to compare",
        nothingText: "no seed was run under every design.",
        one: "One run of each",
        oneText:
            "One run has no interval: what follows is what happened on this day, not what would on others. Replications tell: --replications 20.",
        less: "{arm}: {rel} {kpi}",
        interval: "{level} interval {range} against {base}, {pairs}, {n} {runs}",
        same: "same shoppers",
        others: "other shoppers each",
        none: "{arm}: no difference in {kpi} shown",
        needed: "to show one of this size takes about {n} more",
        runs: forms("replication", "replications"),
        many: "{better} of {n} designs are shown better than {base} in {kpi}, {worse} worse",
    },
    {
        nothing: "Nie ma czego porównać",
        nothingText: "żadnego ziarna nie uruchomiono pod każdą architekturą.",
        one: "Po jednym przebiegu",
        oneText:
            "Jeden przebieg nie ma przedziału: poniżej jest to, co stało się tego dnia, a nie to, co stałoby się w inne. Powiedzą to replikacje: --replications 20.",
        less: "{arm}: {kpi} {rel}",
        interval: "przedział {level}: {range} względem {base}, {pairs}, {n} {runs}",
        same: "ci sami klienci",
        others: "za każdym razem inni klienci",
        none: "{arm}: nie wykazano różnicy ({kpi})",
        needed: "wykazanie takiej wymaga jeszcze około {n}",
        runs: formy("replikacja", "replikacje", "replikacji"),
        many: "Lepszych od {base} ({kpi}) jest {better} z {n} architektur, gorszych {worse}",
    },
);

const many = 4; // arms beyond the baseline, from which on only the best is said

const claim = (tone: string, big: string, text: string): HTMLElement =>
    h("p", { class: `claim ${tone}` }, h("b", {}, big), h("span", {}, text));

function sentence(study: Comparison, kpi: Kpi, arm: string, d: Difference): HTMLElement {
    const w = words(),
        name = kpiName(kpi.path, kpi);
    const relative = d.ratio !== null;
    const range = relative
        ? rangeText(d.ratio, ratioText)
        : rangeText(d, (x) => differenceText(kpi.unit, x, study.currency));
    const rest = fill(w.interval, {
        level: levelText(study),
        range,
        base: study.baseline,
        pairs: study.seeds === "common" ? w.same : w.others,
        n: whole(study.replications),
        runs: plural(study.replications, w.runs),
    });
    if (d.verdict === "not_shown")
        return claim(
            "open",
            fill(w.none, { arm, kpi: name }),
            rest +
                (d.replications_still_needed ? `; ${fill(w.needed, { n: rough(d.replications_still_needed) })}` : ""),
        );
    const rel = relative ? ratioText(d.ratio!.value) : differenceText(kpi.unit, d.value, study.currency);
    return claim(toneOf(d.verdict), fill(w.less, { arm, rel, kpi: name }), rest);
}

export function comparisonBanners(study: Comparison): Child[] {
    const w = words();
    const banner = (name: string, text: string) =>
        h("p", { class: "banner", role: "status" }, h("b", {}, name), " ", text);
    if (study.replications === 0) return [banner(w.nothing, w.nothingText)];
    return study.replications === 1
        ? [h("p", { class: "banner calm", role: "status" }, h("b", {}, w.one), " ", w.oneText)]
        : [];
}

export function comparisonHeadline(study: Comparison): Child[] {
    const w = words(),
        kpi = study.kpis[0],
        base = baselineOf(study);
    if (!kpi || study.replications < 2) return [];
    const others = kpi.arms.filter((one, i) => i !== base && one.difference !== null);
    if (others.length <= many)
        return [
            h(
                "div",
                { class: "claims" },
                others.map((one) => sentence(study, kpi, one.arm, one.difference!)),
            ),
        ];
    const sign = kpi.better === "higher" ? -1 : 1;
    const best = [...others].sort((a, b) => sign * ((a.mean.value ?? 0) - (b.mean.value ?? 0)))[0]!;
    const count = (verdict: string) => whole(others.filter((one) => one.difference!.verdict === verdict).length);
    return [
        h("div", { class: "claims" }, sentence(study, kpi, best.arm, best.difference!)),
        h(
            "p",
            { class: "sub" },
            fill(w.many, {
                better: count("better"),
                worse: count("worse"),
                n: whole(others.length),
                base: study.baseline,
                kpi: kpiName(kpi.path, kpi),
            }),
            ": ",
            kpiText(kpi.unit, kpi.arms[base]!.mean.value, study.currency),
            ` (${study.baseline}).`,
        ),
    ];
}

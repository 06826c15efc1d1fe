// What to choose under which priority, how sure that is, and what it costs elsewhere.
import { figure, h, type Child } from "../ui/dom";
import { both, fill, forms, formy, plural } from "../ui/language";
import { percent, rough, whole } from "../ui/numbers";
import type { Section } from "../ui/section";
import { kpiName, kpiText, rangeText, ratioText } from "../study/kpis";
import { kpiOf, type Choice, type Comparison, type Kpi } from "./document";
import { levelText } from "./words";

interface Names {
    [priority: string]: { name: string; note: string };
}
const names = both<Names>(
    {
        fewest_oversold: { name: "Fewest oversold", note: "nobody is promised what is not there" },
        fewest_missed: { name: "Fewest sales missed", note: "undersold and lost units; one unit may count in both" },
        fastest: { name: "Fastest", note: "fulfilment time that nine in ten orders keep" },
        cheapest: { name: "Cheapest", note: "cost per order" },
        most_revenue: { name: "Most revenue", note: "of units accepted and not cancelled" },
        balanced: {
            name: "Balanced",
            note: "oversold, undersold, cost and time weigh the same where the designs are a tenth apart or more, and less below that",
        },
    },
    {
        fewest_oversold: { name: "Najmniej nadsprzedaży", note: "nikomu nie obiecuje się tego, czego nie ma" },
        fewest_missed: {
            name: "Najmniej straconych sprzedaży",
            note: "sztuki odmówione mimo zapasu i utracone; jedna może liczyć się w obu",
        },
        fastest: { name: "Najszybciej", note: "czas realizacji, w którym mieści się dziewięć na dziesięć zamówień" },
        cheapest: { name: "Najtaniej", note: "koszt zamówienia" },
        most_revenue: { name: "Największy przychód", note: "z przyjętych i nieanulowanych sztuk" },
        balanced: {
            name: "Kompromis",
            note: "nadsprzedaż, odmowy mimo zapasu, koszt i czas ważą tyle samo, gdy architektury różnią się o co najmniej jedną dziesiątą, a poniżej tego mniej",
        },
    },
);
const words = both(
    {
        title: "What to choose",
        says: "Find what matters most to you on the left; beside it stands the design that is best at it, how sure the runs are, and what it costs in the other figures.",
        shown: "shown best at {level}",
        equal: "the same in every run as {others}",
        open: "or {others}: the runs do not tell them apart",
        ahead: "ahead of {arm} by {by}",
        range: "{by} ({range})",
        ofOne: "{by} of 1",
        weighed: "What it weighs",
        apart: "{kpi}: {apart} apart",
        less: "{kpi}: {apart} apart, at {counts} of a full weight",
        nothing: "{kpi}: no difference shown, not at all",
        needed: "about {n} more {runs} would",
        never: "no number of runs would",
        one: "in this one run",
        bestIn: "best in {n} of {all} runs",
        costs: "What it costs elsewhere",
        atBest: "also best in the rest, or within 0.1 % of the best",
        worse: "{kpi} {value} ({rel} against {arm}, the best)",
        runs: forms("replication", "replications"),
        method: "A design is left out only where it is shown to be worse than the best one; the truly best one is among those named with {level} confidence (comparisons with the best, after Hsu).",
    },
    {
        title: "Co wybrać",
        says: "Po lewej znajdź to, co jest dla Ciebie najważniejsze; obok stoi najlepsza w tym architektura, pewność tego wyboru i jego cena w pozostałych wskaźnikach.",
        shown: "wykazano przy ufności {level}",
        equal: "tak samo w każdym przebiegu jak {others}",
        open: "lub {others}: przebiegi ich nie rozróżniają",
        ahead: "przewaga nad {arm}: {by}",
        range: "{by} ({range})",
        ofOne: "{by} z 1",
        weighed: "Co ile waży",
        apart: "{kpi}: różnica {apart}",
        less: "{kpi}: różnica {apart}, więc {counts} pełnej wagi",
        nothing: "{kpi}: nie wykazano różnicy, nie waży nic",
        needed: "rozstrzygnęłoby jeszcze około {n} {runs}",
        never: "nie rozstrzygnie tego żadna liczba przebiegów",
        one: "w tym jednym przebiegu",
        bestIn: "najlepsza w {n} z {all} przebiegów",
        costs: "Ile to kosztuje gdzie indziej",
        atBest: "najlepsza także w pozostałych albo o najwyżej 0,1 % od najlepszej",
        worse: "{kpi} {value} ({rel} względem najlepszej: {arm})",
        runs: formy("replikacja", "replikacje", "replikacji"),
        method: "Architektura odpada tylko wtedy, gdy wykazano, że jest gorsza od najlepszej; naprawdę najlepsza jest wśród wymienionych z ufnością {level} (porównania z najlepszym wg Hsu).",
    },
);

const close = 0.001; // of the best mean: nobody chooses by it
// What a reader weighs: one KPI per priority.
const weighed = [
    "oversold_units",
    "undersold_units",
    "lost_sales_units",
    "fulfilment_time_s.p90",
    "cost_per_order",
    "revenue",
];

function certainty(study: Comparison, one: Choice): string {
    const w = words(),
        others = one.may_be_best.filter((arm) => arm !== one.best).join(", ");
    if (one.certainty === "one_run") return w.one;
    if (one.certainty === "shown") return fill(w.shown, { level: levelText(study) });
    if (one.certainty === "equal") return fill(w.equal, { others });
    const n = one.replications_still_needed;
    return `${fill(w.open, { others })}; ${n === null ? w.never : fill(w.needed, { n: rough(n), runs: plural(n, w.runs) })}`;
}

// By how much the best one leads, in the unit of what is weighed.
function ahead(study: Comparison, one: Choice): Child[] {
    const w = words(),
        kpi = kpiOf(study, one.kpis[0] ?? ""),
        by = one.ahead;
    if (!one.next || !by || !by.value) return [];
    const text = (value: number | null): string =>
        one.weighed?.length ? kpiText("count", value) : kpiText(kpi?.unit ?? "count", value, study.currency);
    const size = one.weighed?.length ? fill(w.ofOne, { by: text(by.value) }) : text(by.value),
        range = rangeText(by, text);
    return [
        "; ",
        figure(
            `choices.${study.choices.indexOf(one)}.ahead.value`,
            by.value,
            fill(w.ahead, { arm: one.next, by: range ? fill(w.range, { by: size, range }) : size }),
        ),
    ];
}

// What a balanced choice weighs, and what a difference that is small or not shown counts.
function weighs(study: Comparison, one: Choice): Child {
    const w = words(),
        share = (value: number): string => percent(value).replace(/[.,]0 /, " ");
    if (!one.weighed?.length) return null;
    return [
        h("h4", {}, w.weighed),
        h(
            "ul",
            {},
            one.weighed.map((of) =>
                h(
                    "li",
                    {},
                    fill(of.counts === 0 ? w.nothing : of.counts < 1 ? w.less : w.apart, {
                        kpi: kpiName(of.kpi, kpiOf(study, of.kpi)),
                        apart: share(of.apart),
                        counts: share(of.counts),
                    }),
                ),
            ),
        ),
    ];
}

function best(kpi: Kpi): number {
    const sign = kpi.better === "higher" ? -1 : 1;
    return kpi.arms.reduce(
        (at, one, i) => (sign * (one.mean.value ?? 0) < sign * (kpi.arms[at]!.mean.value ?? 0) ? i : at),
        0,
    );
}

function elsewhere(study: Comparison, one: Choice): Child[] {
    const w = words(),
        arm = study.arms.findIndex((a) => a.name === one.best);
    const kpis = weighed
        .filter((path) => !one.kpis.includes(path))
        .map((path) => kpiOf(study, path))
        .filter((kpi): kpi is Kpi => kpi !== undefined);
    const lines = kpis.flatMap((kpi) => {
        const top = best(kpi),
            here = kpi.arms[arm]!.mean.value ?? 0,
            there = kpi.arms[top]!.mean.value ?? 0;
        if (here === there) return [];
        if (there > 0 && Math.abs(here / there - 1) < close) return [];
        const rel = there > 0 ? ratioText(here / there) : `+${kpiText(kpi.unit, here - there, study.currency)}`;
        return [
            h(
                "li",
                {},
                fill(w.worse, {
                    kpi: kpiName(kpi.path, kpi),
                    value: kpiText(kpi.unit, here, study.currency),
                    rel,
                    arm: kpi.arms[top]!.arm,
                }),
            ),
        ];
    });
    return lines.length ? [h("ul", {}, lines)] : [kpis.length ? w.atBest : ""];
}

function own(study: Comparison, one: Choice): Child[] {
    return one.kpis.length > 2
        ? []
        : one.kpis.flatMap((path) => {
              const kpi = kpiOf(study, path),
                  place = study.kpis.findIndex((k) => k.path === path),
                  arm = study.arms.findIndex((a) => a.name === one.best);
              if (!kpi || place < 0) return [];
              const value = kpi.arms[arm]!.mean.value;
              return [
                  h(
                      "span",
                      { class: "own" },
                      kpiName(path, kpi),
                      " ",
                      figure(`kpis.${place}.arms.${arm}.mean.value`, value, kpiText(kpi.unit, value, study.currency)),
                  ),
              ];
          });
}

export function choicesSection(study: Comparison): Section | null {
    if (study.choices.length === 0) return null;
    const w = words();
    const card = (one: Choice) =>
        h(
            "div",
            { class: `pick ${one.certainty}` },
            h(
                "div",
                { class: "what" },
                h("h3", {}, names()[one.priority]?.name ?? one.label),
                h("p", {}, names()[one.priority]?.note ?? ""),
            ),
            h(
                "div",
                { class: "who" },
                h("b", {}, one.best),
                h(
                    "p",
                    {},
                    certainty(study, one),
                    one.best_in !== null && study.replications > 1
                        ? `; ${fill(w.bestIn, { n: whole(one.best_in), all: whole(study.replications) })}`
                        : "",
                    ahead(study, one),
                ),
                own(study, one),
            ),
            h("div", { class: "cost" }, weighs(study, one), h("h4", {}, w.costs), elsewhere(study, one)),
        );
    return {
        id: "choose",
        title: w.title,
        says: w.says,
        content: [
            h("div", { class: "picks" }, study.choices.map(card)),
            study.replications > 1 ? h("p", { class: "note" }, fill(w.method, { level: levelText(study) })) : null,
        ],
    };
}

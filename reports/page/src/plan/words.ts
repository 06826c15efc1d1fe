// What is promised of a plan, and what became of its candidates.
import { both, fill } from "../ui/language";
import { percent, whole } from "../ui/numbers";
import { kpiName, kpiText } from "../study/kpis";
import type { Candidate, Plan } from "./document";

const words = both(
    {
        fates: {
            best: "best",
            beaten: "beaten",
            misses_limit: "misses {limit}",
            open: "open",
            not_measured: "not measured",
        },
        decided:
            "With {level} confidence no other of the {n} candidates that keeps to the limits is better by more than {zone} ({kpi}).",
        free: "With {level} confidence no other of the {n} candidates is better by more than {zone} ({kpi}).",
        nothing: "With {level} confidence none of the {n} candidates keeps to the limits.",
        ended: "The runs ended before it was decided: the figures are those so far, and promise nothing.",
        holds: "It holds for means of independent replications, close to normal",
        limits: ", where {limits} counts as either side of the limit",
        range: "{kpi} {low} to {high}",
        or: " or ",
        explored: "; of the points that were left out before the selection it says nothing.",
        headline: {
            decided: "The best of {n} candidates",
            nothing_keeps_limits: "Nothing keeps to the limits; this comes closest",
            runs_ended: "Not decided; this looks best so far",
        },
        asIs: "the scenario as it is",
    },
    {
        fates: {
            best: "najlepszy",
            beaten: "pokonany",
            misses_limit: "łamie {limit}",
            open: "otwarty",
            not_measured: "nie zmierzono",
        },
        decided:
            "Z ufnością {level} żaden inny z {n} kandydatów, który dotrzymuje ograniczeń, nie jest lepszy o więcej niż {zone} ({kpi}).",
        free: "Z ufnością {level} żaden inny z {n} kandydatów nie jest lepszy o więcej niż {zone} ({kpi}).",
        nothing: "Z ufnością {level} żaden z {n} kandydatów nie dotrzymuje ograniczeń.",
        ended: "Przebiegi skończyły się, zanim to rozstrzygnięto: liczby są dotychczasowe i niczego nie obiecują.",
        holds: "Obowiązuje dla średnich z niezależnych replikacji, bliskich rozkładowi normalnemu",
        limits: ", gdzie {limits} liczy się jako dowolna strona ograniczenia",
        range: "{kpi} od {low} do {high}",
        or: " lub ",
        explored: "; o punktach odrzuconych przed wyborem nie mówi nic.",
        headline: {
            decided: "Najlepszy z {n} kandydatów",
            nothing_keeps_limits: "Nic nie dotrzymuje ograniczeń; ten jest najbliżej",
            runs_ended: "Nie rozstrzygnięto; jak dotąd najlepiej wygląda ten",
        },
        asIs: "scenariusz bez zmian",
    },
);

const text =
    (plan: Plan, kpi: string) =>
    (value: number | null): string =>
        kpiText(plan.kpis[kpi]!.unit, value, plan.currency);

export const headlineText = (plan: Plan): string =>
    fill(words().headline[plan.outcome], { n: whole(plan.candidates.length) });
export const fateText = (one: Candidate): string => fill(words().fates[one.fate], { limit: one.missed ?? "" });
export const nameOf = (one: Candidate): string => (one.settings.length ? one.settings.join(", ") : words().asIs);

export function guaranteeText(plan: Plan): string {
    const w = words(),
        level = percent(plan.confidence).replace(/[.,]0 /, " "),
        n = whole(plan.candidates.length);
    if (plan.outcome === "runs_ended") return w.ended;
    const zone = text(plan, plan.objective.kpi)(plan.objective.zone);
    const first =
        plan.outcome === "nothing_keeps_limits"
            ? fill(w.nothing, { level, n })
            : fill(plan.limits.length ? w.decided : w.free, {
                  level,
                  n,
                  zone,
                  kpi: kpiName(plan.objective.kpi, plan.kpis[plan.objective.kpi]),
              });
    const limits = plan.limits.map((one) =>
        fill(w.range, {
            kpi: kpiName(one.kpi, plan.kpis[one.kpi]),
            low: text(plan, one.kpi)(one.bound - one.tolerance),
            high: text(plan, one.kpi)(one.bound + one.tolerance),
        }),
    );
    return `${first} ${w.holds}${limits.length ? fill(w.limits, { limits: limits.join(w.or) }) : ""}${plan.explored > 0 ? w.explored : "."}`;
}

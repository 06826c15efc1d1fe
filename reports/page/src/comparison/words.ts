// Verdicts and places in words.
import { both, fill } from "../ui/language";
import { decimal, percent, rough } from "../ui/numbers";
import type { Comparison, Difference, Verdict } from "./document";

const words = both(
    {
        verdicts: {
            better: "better",
            worse: "worse",
            lower: "lower",
            higher: "higher",
            not_shown: "not shown",
        } as Record<Verdict, string>,
        never: "never",
        none: "–",
        on: "on the front",
        shown: "dominated by {arm} (shown)",
        means: "dominated by {arm} in the means, not shown",
    },
    {
        verdicts: {
            better: "lepiej",
            worse: "gorzej",
            lower: "mniej",
            higher: "więcej",
            not_shown: "nie wykazano",
        } as Record<Verdict, string>,
        never: "żadne",
        none: "–",
        on: "na froncie",
        shown: "zdominowana przez {arm} (wykazano)",
        means: "zdominowana przez {arm} w średnich, nie wykazano",
    },
);

export const verdictText = (verdict: Verdict): string => words().verdicts[verdict];
// Never by colour alone.
export const verdictSign = (verdict: Verdict): string =>
    verdict === "better" ? "✓ " : verdict === "worse" ? "✗ " : "";

export const neededText = (d: Difference): string =>
    d.verdict !== "not_shown"
        ? words().none
        : d.replications_still_needed === null
          ? words().never
          : rough(d.replications_still_needed);

export const pText = (p: number): string =>
    p < 0.001 ? "<0.001".replace(".", decimal(0.1, 1).charAt(1)) : decimal(p, p < 0.0995 ? 3 : 2);
export const levelText = (study: Comparison): string => percent(study.confidence).replace(/[.,]0 /, " ");

export function placeText(place: Comparison["pareto"]["arms"][number]): string {
    const w = words();
    if (place.place === "on_front") return w.on;
    return fill(place.place === "dominated" ? w.shown : w.means, { arm: place.by ?? "" });
}

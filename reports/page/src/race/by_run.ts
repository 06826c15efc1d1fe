// What is shown of one run at a time: with several, a list chooses which.
import { h, type Child } from "../ui/dom";
import { select } from "../ui/choice";
import { fill } from "../ui/language";
import { firstRun, type Race, type RaceRun } from "./document";
import { findingText } from "./finding_words";
import { words } from "./words";

function nameOf(run: RaceRun, n: number): string {
    const found = run.findings.map((one) => findingText(one.kind).name.toLowerCase()).join(", ");
    return `${fill(words().runN, { n: String(n + 1) })}${found ? `: ${found}` : ""}`;
}

export function byRun(race: Race, content: (run: RaceRun, path: string) => Child[]): Child[] {
    const place = h("div", {});
    const show = (n: number) => place.replaceChildren(h("div", {}, content(race.runs[n]!, `runs.${n}`)));
    const first = firstRun(race);
    show(first);
    if (race.runs.length === 1) return [place];
    const options = race.runs.map((run, n) => ({ value: String(n), name: nameOf(run, n) }));
    return [
        h(
            "div",
            { class: "chosen" },
            select(words().run, options, String(first), (value) => show(Number(value))),
        ),
        place,
    ];
}

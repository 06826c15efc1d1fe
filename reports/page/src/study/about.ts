// What was run, how to run it again, and how to go on.
import { command as copied } from "../ui/copy";
import { h, type Child } from "../ui/dom";
import { both } from "../ui/language";
import type { Section } from "../ui/section";

const words = both(
    {
        title: "What was run",
        says: "The same command gives the same figures, on any machine and with any number of workers.",
        again: "Again",
        on: "To go on",
    },
    {
        title: "Co uruchomiono",
        says: "To samo polecenie daje te same liczby, na każdej maszynie i przy dowolnej liczbie procesów.",
        again: "Powtórzenie",
        on: "Co dalej",
    },
);

export interface Step {
    text: string;
    command: string;
}

export function aboutSection(facts: [string, string][], command: string, steps: Step[], ...more: Child[]): Section {
    const w = words();
    return {
        id: "about",
        title: w.title,
        says: w.says,
        content: [
            h(
                "dl",
                { class: "run-facts" },
                facts
                    .filter(([, value]) => value !== "")
                    .map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
            ),
            more,
            command ? [h("h3", {}, w.again), copied(command)] : null,
            steps.length
                ? [h("h3", {}, w.on), steps.map((one) => [h("p", { class: "step" }, one.text), copied(one.command)])]
                : null,
        ],
    };
}

export function seedsText(seeds: number[]): string {
    if (seeds.length === 0) return "";
    const first = seeds[0]!,
        last = seeds[seeds.length - 1]!;
    if (last - first + 1 === seeds.length) return first === last ? String(first) : `${first}–${last}`;
    return seeds.length <= 12 ? seeds.join(", ") : `${first}–${last} (${seeds.length})`;
}

// Gates over replications, with the command that repeats the first run that broke one.
import { h } from "../ui/dom";
import { both } from "../ui/language";
import { whole } from "../ui/numbers";
import type { Section } from "../ui/section";
import { table } from "../ui/table";

const words = both(
    {
        title: "Gates",
        broken: "These promises of the scenario were broken; the command repeats the first run that broke one.",
        kept: "No run that was judged broke a promise of the scenario.",
        gate: "gate",
        arm: "design",
        in: "broken in",
        of: "of",
        repeat: "the first of them again",
        caption: "Gates",
        runs: "broken in {n} of {of}",
    },
    {
        title: "Bramki",
        broken: "Tych obietnic scenariusza nie dotrzymano; polecenie powtarza pierwszy przebieg, który złamał którąś z nich.",
        kept: "Żaden oceniany przebieg nie złamał obietnic scenariusza.",
        gate: "bramka",
        arm: "architektura",
        in: "złamana w",
        of: "z",
        repeat: "pierwszy z nich jeszcze raz",
        caption: "Bramki",
        runs: "złamana w {n} z {of}",
    },
);

export interface GateRow {
    arm?: string;
    gate: string;
    broken: number;
    judged: number;
    repeat_command: string;
}

export function gatesSection(gates: GateRow[]): Section | null {
    const w = words();
    if (gates.length === 0) return null;
    const named = gates.some((one) => one.arm !== undefined);
    return {
        id: "gates",
        title: w.title,
        says: gates.some((one) => one.broken > 0) ? w.broken : w.kept,
        content: [
            table({
                caption: w.caption,
                columns: [
                    ...(named ? [{ title: w.arm, kind: "text" as const }] : []),
                    { title: w.gate, kind: "text" },
                    { title: w.in },
                    { title: w.of },
                    { title: w.repeat, kind: "text" },
                ],
                rows: gates.map((one) => [
                    ...(named ? [one.arm ?? ""] : []),
                    one.gate,
                    h(
                        "span",
                        { class: one.broken > 0 ? "finding bad" : "finding good" },
                        `${one.broken > 0 ? "✗" : "✓"} ${whole(one.broken)}`,
                    ),
                    whole(one.judged),
                    one.repeat_command ? h("code", {}, one.repeat_command) : "",
                ]),
            }),
        ],
    };
}

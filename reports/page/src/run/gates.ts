// Gates: what the run had to keep to, measured beside it.
import type { GateVerdict, RunRecord } from "../../generated/record";
import { figure, h, type Child } from "../ui/dom";
import { both, fill } from "../ui/language";
import { whole } from "../ui/numbers";
import { table } from "../ui/table";
import { kpiText } from "./kpi_text";

const words = both(
    {
        gates: "Gates",
        gate: "gate",
        measured: "measured",
        verdict: "verdict",
        passed: "passed",
        failed: "failed",
        notJudged: "not judged",
        all: "{n} of {n} gates passed.",
        some: "{n} of {all} gates failed.",
        partial: "Gates were not judged: the run was stopped before its end.",
        invalid: "Gates were not judged: the live run is INVALID.",
        baseline: "Gates were not judged: one run says nothing against a baseline; lastunit gate does.",
        none: "The scenario names no gates: nothing here can pass or fail.",
    },
    {
        gates: "Bramki",
        gate: "bramka",
        measured: "zmierzono",
        verdict: "wynik",
        passed: "spełniona",
        failed: "niespełniona",
        notJudged: "nie oceniono",
        all: "Spełnione bramki: {n} z {n}.",
        some: "Niespełnione bramki: {n} z {all}.",
        partial: "Bramek nie oceniono: przebieg przerwano przed końcem.",
        invalid: "Bramek nie oceniono: przebieg na żywo jest NIEWAŻNY.",
        baseline: "Bramek nie oceniono: jeden przebieg nie mówi nic o odniesieniu; robi to lastunit gate.",
        none: "Scenariusz nie podaje bramek: nie ma tu czego spełnić ani nie spełnić.",
    },
);

const mark = (gate: GateVerdict): { sign: string; tone: string; text: string } => {
    const w = words();
    if (gate.not_judged) return { sign: "–", tone: "none", text: w.notJudged };
    return gate.passed ? { sign: "✓", tone: "good", text: w.passed } : { sign: "✗", tone: "bad", text: w.failed };
};

export function gatesSay(record: RunRecord): string {
    const w = words(),
        judged = record.gates.filter((gate) => !gate.not_judged),
        failed = judged.filter((gate) => !gate.passed);
    if (record.gates.length === 0) return w.none;
    if (judged.length === 0)
        return record.identity.partial ? w.partial : (record.load?.invalid.length ?? 0) > 0 ? w.invalid : w.baseline;
    return failed.length === 0
        ? fill(w.all, { n: whole(judged.length) })
        : fill(w.some, { n: whole(failed.length), all: whole(judged.length) });
}

const measured = (record: RunRecord, gate: GateVerdict, i: number): HTMLElement =>
    figure(`gates.${i}.value`, gate.value, kpiText(gate.kpi, gate.value, record.identity.currency));

// Under the verdict: every gate, those that failed first.
export function gateStrip(record: RunRecord): Child {
    if (record.gates.length === 0) return null;
    const w = words(),
        rank = (gate: GateVerdict) => (gate.not_judged ? 1 : gate.passed ? 2 : 0);
    const sorted = record.gates.map((gate, i) => ({ gate, i })).sort((a, b) => rank(a.gate) - rank(b.gate));
    return h(
        "ul",
        { class: "gates", "aria-label": w.gates },
        sorted.map(({ gate, i }) => {
            const { sign, tone, text } = mark(gate);
            return h(
                "li",
                { class: tone, "data-gate": gate.kpi },
                h("b", {}, `${sign} ${text}`),
                h("span", {}, gate.text),
                h("em", {}, measured(record, gate, i)),
            );
        }),
    );
}

export function gateTable(record: RunRecord): Child {
    if (record.gates.length === 0) return null;
    const w = words();
    return table({
        caption: w.gates,
        columns: [{ title: w.gate, kind: "text" }, { title: w.measured }, { title: w.verdict, kind: "text" }],
        rows: record.gates.map((gate, i) => {
            const { sign, tone, text } = mark(gate);
            return [gate.text, measured(record, gate, i), h("b", { class: `verdict ${tone}` }, `${sign} ${text}`)];
        }),
    });
}

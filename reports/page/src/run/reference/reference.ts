// What is looked up: every table behind the report, closed until somebody opens it.
import type { RunRecord } from "../../../generated/record";
import { details } from "../../ui/details";
import { h, type Child } from "../../ui/dom";
import { both, fill, forms, formy, plural } from "../../ui/language";
import { whole } from "../../ui/numbers";
import type { Section } from "../../ui/section";
import { table } from "../../ui/table";
import { balanceLines } from "../balance";
import { gatesSay, gateTable } from "../gates";
import { balanceSentence } from "./balance_words";
import { channelTable, edgeTable } from "./channels";
import { glossary } from "./glossary";
import { identityDetails, rejectedRows } from "./identity";
import { kpiTable } from "./kpis";
import { nodeTables } from "./nodes";

const words = both(
    {
        title: "Reference",
        closes: "Every unit is somewhere: all {n} sums of this record close. What follows is for looking things up.",
        breaks: "{n} of {all} sums of this record do not close: it contradicts itself, do not trust it.",
        none: "This record has no balance, as one that generators made together; what follows is for looking things up.",
        gates: "Gates",
        balance: "Balance",
        sentence: "sentence",
        left: "left",
        right: "right",
        verdict: "verdict",
        ok: "✓ closes",
        broken: "✗ BROKEN",
        uncollected: "{n} {units} ready, never fetched, and back on the shelf.",
        units: forms("unit was", "units were"),
    },
    {
        title: "Dane szczegółowe",
        closes: "Każda sztuka gdzieś jest: zgadzają się wszystkie sumy tego zapisu ({n}). Poniżej tabele do sprawdzania.",
        breaks: "Niezgodne sumy: {n} z {all}. Ten zapis przeczy sam sobie, nie można mu ufać.",
        none: "Ten zapis nie ma bilansu, bo zrobiło go razem kilka generatorów; poniżej tabele do sprawdzania.",
        gates: "Bramki",
        balance: "Bilans",
        sentence: "zdanie",
        left: "lewa",
        right: "prawa",
        verdict: "wynik",
        ok: "✓ zgadza się",
        broken: "✗ NIEZGODNE",
        uncollected: "Gotowe, nieodebrane i z powrotem na półce: {n} {units}.",
        units: formy("sztuka", "sztuki", "sztuk"),
    },
);

function says(): string {
    const w = words(),
        lines = balanceLines(),
        broken = lines.filter((line) => !line.closes).length;
    if (lines.length === 0) return w.none;
    return broken === 0
        ? fill(w.closes, { n: whole(lines.length) })
        : fill(w.breaks, { n: whole(broken), all: whole(lines.length) });
}

function balanceDetails(record: RunRecord): Child {
    const w = words(),
        lines = balanceLines(),
        uncollected = record.balance?.units_uncollected ?? 0;
    if (lines.length === 0) return null;
    const element = details(
        "ref-balance",
        w.balance,
        `(${whole(lines.length)})`,
        uncollected > 0
            ? h(
                  "p",
                  { class: "note" },
                  fill(w.uncollected, { n: whole(uncollected), units: plural(uncollected, w.units) }),
              )
            : null,
        table({
            caption: w.balance,
            columns: [
                { title: w.sentence, kind: "text" },
                { title: w.left },
                { title: w.right },
                { title: w.verdict, kind: "text" },
            ],
            rows: [...lines]
                .sort((a, b) => Number(a.closes) - Number(b.closes))
                .map((line) => [
                    balanceSentence(line.sentence),
                    whole(line.left),
                    `${line.relation === "equal" ? "" : "≤ "}${whole(line.right)}`,
                    h("b", { class: `verdict ${line.closes ? "good" : "bad"}` }, line.closes ? w.ok : w.broken),
                ]),
        }),
    );
    if (lines.some((line) => !line.closes)) element.setAttribute("open", "");
    return element;
}

export function referenceSection(record: RunRecord): Section {
    const gates = gateTable(record);
    return {
        id: "reference",
        title: words().title,
        says: says(),
        content: [
            gates ? details("ref-gates", words().gates, gatesSay(record), gates) : null,
            channelTable(record),
            nodeTables(record),
            edgeTable(record),
            kpiTable(record),
            balanceDetails(record),
            identityDetails(record),
            rejectedRows(record),
            glossary(),
        ],
    };
}

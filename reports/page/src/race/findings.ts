// What disagreed, by kind: in how many runs, by how many units, what it means and where to look.
import { figure, h, type Child } from "../ui/dom";
import { both, fill, forms, formy, plural } from "../ui/language";
import { whole } from "../ui/numbers";
import type { Section } from "../ui/section";
import type { Finding, FindingKind, Race } from "./document";
import { findingText } from "./finding_words";

const own = both(
    {
        title: "Findings",
        says: "What shows in most runs is a mistake with an address, not bad luck; what shows in one of many is there all the same.",
        inRuns: "in {n} of {all} {runs}",
        runs: forms("run", "runs"),
        range: "{low} to {high}",
        look: "Where to look:",
    },
    {
        title: "Ustalenia",
        says: "Co wychodzi w większości przebiegów, jest błędem z adresem, a nie pechem; co wychodzi w jednym z wielu, też istnieje.",
        inRuns: "w {n} z {all} {runs}",
        runs: formy("przebiegu", "przebiegów", "przebiegów"),
        range: "od {low} do {high}",
        look: "Gdzie szukać:",
    },
);

// "units too many: 30"; over several runs from least to most.
function unitsText(counted: string, found: Finding[]): string {
    const units = found.map((one) => one.units),
        low = Math.min(...units),
        high = Math.max(...units);
    const count = low === high ? whole(low) : fill(own().range, { low: whole(low), high: whole(high) });
    return `${counted.charAt(0).toLowerCase()}${counted.slice(1)}: ${count}`;
}

// A mark for each run: full where the finding was there. The count beside it says the same in words.
function marks(race: Race, kind: FindingKind): Child {
    const marked = race.runs
        .slice(0, 100)
        .map((run) => h("i", { class: run.findings.some((one) => one.kind === kind) ? "there" : "" }));
    return race.runs.length > 1 ? h("span", { class: "run-marks", "aria-hidden": true }, marked) : null;
}

function finding(race: Race, kind: FindingKind, runs: number): HTMLElement {
    const w = own(),
        text = findingText(kind);
    const [before, after] = w.inRuns.split("{n}");
    return h(
        "article",
        { class: "race-finding" },
        h("h3", {}, text.name),
        h(
            "p",
            { class: "how-often" },
            marks(race, kind),
            before,
            figure(`findings.${kind}`, runs, whole(runs)),
            fill(after!, { all: whole(race.runs.length), runs: plural(race.runs.length, w.runs) }),
            " · ",
            unitsText(
                text.counted,
                race.runs.flatMap((run) => run.findings.filter((one) => one.kind === kind)),
            ),
        ),
        h("p", {}, text.means),
        h("p", { class: "where-to-look" }, h("b", {}, w.look), " ", text.look),
    );
}

export function findingsSection(race: Race): Section | null {
    const w = own(),
        kinds = Object.entries(race.findings) as [FindingKind, number][];
    if (kinds.length === 0) return null;
    return {
        id: "findings",
        title: w.title,
        says: w.says,
        content: [
            h(
                "div",
                { class: "findings" },
                kinds.map(([kind, runs]) => finding(race, kind, runs)),
            ),
        ],
    };
}

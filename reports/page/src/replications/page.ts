// The report of many replications of one design.
import { documentOf } from "../documents";
import { h } from "../ui/dom";
import type { Content } from "../ui/frame";
import { both, forms, formy, plural } from "../ui/language";
import { whole } from "../ui/numbers";
import { aboutSection, seedsText } from "../study/about";
import { edgesSection } from "../study/edges";
import { gatesSection } from "../study/gates";
import { daySection } from "./day";
import { distributionSection } from "./distribution";
import type { Replications } from "./document";
import { replicationsHeadline } from "./headline";
import { riskSection } from "./risk";

const words = both(
    {
        design: "Design",
        runs: forms("replication", "replications"),
        seeds: "seeds",
        scenario: "scenario",
        compare: "The same shoppers under other designs",
        worst: "The whole day of the run that oversold most",
        none: "No run was made.",
    },
    {
        design: "Architektura",
        runs: formy("replikacja", "replikacje", "replikacji"),
        seeds: "ziarna",
        scenario: "scenariusz",
        compare: "Ci sami klienci pod innymi architekturami",
        worst: "Cały dzień przebiegu, w którym sprzedano ponad stan najwięcej",
        none: "Nie wykonano żadnego przebiegu.",
    },
);

// The study's command with one seed in place of many.
function worstRun(study: Replications): string {
    const arm = study.arms[0],
        values = arm.kpi["oversold_units"]?.values ?? [];
    const at = values.indexOf(Math.max(...values));
    if (at < 0 || !study.command) return "";
    return `${study.command
        .replace(/ --seed \d+/, ` --seed ${arm.seeds[at]}`)
        .replace(/ --replications \d+/, "")
        .replace(/ --(until|at-most) ('[^']*'|\S+)/g, "")} --html worst.html`;
}

export function replicationsPage(): Content {
    const study = documentOf<Replications>("replications")!,
        w = words();
    const arm = study.arms?.[0];
    if (!arm || arm.seeds.length === 0)
        return { title: study.title ?? "", subtitle: [w.none], banners: [], headline: () => [], sections: [] };
    const n = arm.seeds.length,
        worst = worstRun(study);
    const compare = study.command
        .replace(/^lastunit run/, "lastunit compare")
        .replace(/ --(design|routing|until|at-most) ('[^']*'|\S+)/g, "");
    const steps = [
        ...(worst ? [{ text: w.worst, command: worst }] : []),
        ...(study.command ? [{ text: w.compare, command: `${compare} --html designs.html` }] : []),
    ];
    return {
        title: study.title || study.scenario,
        subtitle: [
            w.design,
            " ",
            h("b", {}, arm.name),
            `, ${whole(n)} ${plural(n, w.runs)}, ${w.seeds} ${seedsText(arm.seeds)}`,
        ],
        banners: [],
        headline: () => replicationsHeadline(study),
        sections: [
            () => distributionSection(study),
            () => daySection(study),
            () => riskSection(study),
            () => gatesSection(arm.gates),
            () => (arm.day ? edgesSection([{ arm: arm.name, edges: arm.day.edges }]) : null),
            () =>
                aboutSection(
                    [
                        [w.scenario, `${study.scenario}, ${study.scenario_hash}`],
                        [w.seeds, seedsText(arm.seeds)],
                        ["lastunit", `${study.version}, ${study.commit}`],
                    ],
                    study.command,
                    steps,
                ),
        ],
    };
}

// The report of a comparison: designs side by side on the same shoppers.
import { documentOf } from "../documents";
import { h } from "../ui/dom";
import type { Content } from "../ui/frame";
import { both, fill, forms, formy, plural } from "../ui/language";
import { whole } from "../ui/numbers";
import type { Section } from "../ui/section";
import { aboutSection, seedsText, type Step } from "../study/about";
import { edgesSection } from "../study/edges";
import { gatesSection } from "../study/gates";
import { kpiName } from "../study/kpis";
import { choicesSection } from "./choices";
import { daysSection } from "./day";
import { differencesSection } from "./differences";
import type { Comparison } from "./document";
import { frontSection } from "./front";
import { glanceSection } from "./glance";
import { comparisonBanners, comparisonHeadline } from "./headline";
import { ranksSection } from "./ranks";
import { replicationsSection } from "./replications";

const words = both(
    {
        same: "The same {shoppers} shoppers",
        other: "{shoppers} shoppers each",
        under: "under {n} {designs}",
        against: "against",
        runs: forms("replication", "replications"),
        designs: forms("design", "designs"),
        scenario: "scenario",
        replications: "replications",
        seeds: "seeds",
        shoppersName: "shoppers",
        sameName: "the same under every design",
        otherName: "others under each design",
        leftOut: "left out",
        seedsOut: "{n} seeds that not every design has a run of",
        more: "More replications, until the open verdicts can be told",
        day: "The whole day of one design, with its map and the worst SKUs",
    },
    {
        same: "Ci sami klienci ({shoppers})",
        other: "Za każdym razem inni klienci ({shoppers})",
        under: "pod {n} {designs}",
        against: "względem",
        runs: formy("replikacja", "replikacje", "replikacji"),
        designs: formy("architekturą", "architekturami", "architekturami"),
        scenario: "scenariusz",
        replications: "replikacje",
        seeds: "ziarna",
        shoppersName: "klienci",
        sameName: "ci sami pod każdą architekturą",
        otherName: "inni pod każdą architekturą",
        leftOut: "pominięto",
        seedsOut: "{n} ziaren, których nie ma pod każdą architekturą",
        more: "Więcej replikacji, aż rozstrzygną się otwarte werdykty",
        day: "Cały dzień jednej architektury, z mapą i najgorszymi SKU",
    },
);

const enough = 1000; // replications beyond which nobody is sent

function steps(study: Comparison): Step[] {
    const w = words(),
        out: Step[] = [];
    const needed = study.choices.map((one) => one.replications_still_needed ?? 0);
    const total = Math.min(enough, study.replications < 2 ? 20 : study.replications + Math.max(0, ...needed));
    if (study.command && total > study.replications)
        out.push({ text: w.more, command: study.command.replace(/--replications \d+/, `--replications ${total}`) });
    const best = study.choices.find((one) => one.priority === "balanced")?.best ?? study.baseline;
    const repeat = study.arms.find((arm) => arm.name === best)?.repeat_command;
    if (repeat) out.push({ text: `${w.day}: ${best}`, command: `${repeat} --html day.html` });
    return out;
}

function about(study: Comparison): Section {
    const w = words(),
        leftOut = study.left_out.map((one) => `${kpiName(one.path)} (${one.why})`);
    return aboutSection(
        [
            [w.scenario, [study.scenario, study.scenario_hash].filter(Boolean).join(", ")],
            [w.replications, whole(study.replications)],
            [w.seeds, seedsText(study.arms.find((arm) => arm.name === study.baseline)?.seeds ?? [])],
            [w.shoppersName, study.seeds === "common" ? w.sameName : w.otherName],
            ["lastunit", `${study.version}, ${study.commit}`],
            [
                w.leftOut,
                [
                    ...(study.seeds_left_out > 0 ? [fill(w.seedsOut, { n: whole(study.seeds_left_out) })] : []),
                    ...leftOut,
                ].join("; "),
            ],
        ],
        study.command,
        steps(study),
    );
}

export function comparisonPage(): Content {
    const study = documentOf<Comparison>("comparison")!;
    const w = words(),
        some = study.replications > 0;
    const sections = some
        ? [
              choicesSection,
              glanceSection,
              differencesSection,
              ranksSection,
              frontSection,
              daysSection,
              replicationsSection,
          ].map((make) => () => make(study))
        : [];
    return {
        title: study.title || study.scenario,
        subtitle: [
            fill(study.seeds === "common" ? w.same : w.other, { shoppers: whole(study.shoppers) }),
            " ",
            fill(w.under, { n: whole(study.arms.length), designs: plural(study.arms.length, w.designs) }),
            ", ",
            whole(study.replications),
            " ",
            plural(study.replications, w.runs),
            "; ",
            w.against,
            " ",
            h("b", {}, study.baseline),
        ],
        banners: comparisonBanners(study),
        headline: () => (some ? comparisonHeadline(study) : []),
        sections: [
            ...sections,
            () => edgesSection(study.days),
            () => gatesSection(study.gates_broken),
            () => about(study),
        ],
    };
}

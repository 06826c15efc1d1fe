// The report of sweep --indices: which parameter matters.
import { documentOf } from "../documents";
import { h, type Child } from "../ui/dom";
import type { Content } from "../ui/frame";
import { both, fill } from "../ui/language";
import { aboutSection } from "../study/about";
import { kpiName } from "../study/kpis";
import type { Indices } from "./document";
import { morrisSection, sobolSection } from "./sections";

const words = both(
    {
        subtitle: "Which parameter matters",
        matters: "{variables} matters for {kpi}",
        several: "{variables} matter for {kpi}",
        nothing: "Nothing is shown to matter for {kpi}",
        left: "not measured in every run",
    },
    {
        subtitle: "Który parametr ma znaczenie",
        matters: "Na {kpi} wpływa {variables}",
        several: "Na {kpi} wpływają {variables}",
        nothing: "Nie wykazano, żeby cokolwiek wpływało na {kpi}",
        left: "nie zmierzono w każdym przebiegu",
    },
);

function claims(indices: Indices): Child[] {
    const w = words();
    return Object.entries(indices.morris).map(([kpi, all]) => {
        const those = Object.entries(all)
            .filter(([, one]) => one.matters)
            .sort(([, a], [, b]) => (b.strength.mean ?? 0) - (a.strength.mean ?? 0))
            .map(([name]) => name);
        const text = those.length === 0 ? w.nothing : those.length === 1 ? w.matters : w.several;
        return h(
            "p",
            { class: `claim ${those.length ? "good" : "open"}` },
            h("span", {}, fill(text, { kpi: kpiName(kpi, indices.kpis[kpi]), variables: those.join(", ") })),
        );
    });
}

export function indicesPage(): Content {
    const indices = documentOf<Indices>("indices")!,
        w = words();
    return {
        title: indices.title,
        subtitle: [w.subtitle],
        banners: [],
        headline: () => [h("div", { class: "claims" }, claims(indices))],
        sections: [
            () => morrisSection(indices),
            () => sobolSection(indices),
            () =>
                aboutSection(
                    [[w.left, indices.not_measured.map((kpi) => kpiName(kpi)).join(", ")]],
                    indices.command,
                    [],
                ),
        ],
    };
}

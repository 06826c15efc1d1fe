// The report of a search: the best settings, what is promised of them, and what became of the others.
import { documentOf } from "../documents";
import { command } from "../ui/copy";
import { figure, h, type Child } from "../ui/dom";
import type { Content } from "../ui/frame";
import { both, fill } from "../ui/language";
import { whole } from "../ui/numbers";
import { card, cards, type Section } from "../ui/section";
import { table } from "../ui/table";
import { morrisSection } from "../indices/sections";
import { aboutSection } from "../study/about";
import { kpiName, kpiText, rangeText } from "../study/kpis";
import { interval } from "../study/document";
import { outcomeTone, type Candidate, type Plan } from "./document";
import { scatterSection } from "./scatter";
import { fateText, guaranteeText, headlineText, nameOf } from "./words";

const words = both(
    {
        search: { least: "Search for the least {kpi}", largest: "Search for the largest {kpi}" },
        limits: "where {limits}",
        nothing: "Nothing was measured",
        settings: "Settings",
        settingsSays: "The same twice: for the command line, and for the scenario's file.",
        candidates: "Candidates",
        candidatesSays:
            "By how good they look: those whose means keep to the limits first. Beside each mean stands its interval.",
        candidate: "candidate",
        verdict: "verdict",
        runs: "runs",
        close: "As good, for all that the runs say",
        closeSays:
            "These keep to the limits and are not shown to be worse by more than the zone: choose among them by what else matters.",
        worse: "worse by",
        interval: "interval",
        searched: "What was searched",
        searchedSays: "{points} points in all{explored}; {candidates} candidates, {runs} runs to select.",
        explored: ", of which {n} were looked at first with {runs} runs",
        variable: "variable",
        values: "values",
        paths: "paths",
        dropped: "left as they are, because the screening found no effect: {names}",
    },
    {
        search: {
            least: "Poszukiwanie najmniejszej wartości: {kpi}",
            largest: "Poszukiwanie największej wartości: {kpi}",
        },
        limits: "przy {limits}",
        nothing: "Niczego nie zmierzono",
        settings: "Ustawienia",
        settingsSays: "To samo dwa razy: dla wiersza poleceń i dla pliku scenariusza.",
        candidates: "Kandydaci",
        candidatesSays:
            "Od najlepiej wyglądających: najpierw ci, których średnie dotrzymują ograniczeń. Obok każdej średniej jej przedział.",
        candidate: "kandydat",
        verdict: "werdykt",
        runs: "przebiegi",
        close: "Równie dobre, o ile mówią przebiegi",
        closeSays:
            "Dotrzymują ograniczeń i nie wykazano, że są gorsze o więcej niż próg: można wybierać według tego, co jeszcze ważne.",
        worse: "gorszy o",
        interval: "przedział",
        searched: "Co przeszukano",
        searchedSays: "Punktów razem: {points}{explored}; kandydatów: {candidates}, przebiegów wyboru: {runs}.",
        explored: ", z czego {n} obejrzano wstępnie w {runs} przebiegach",
        variable: "zmienna",
        values: "wartości",
        paths: "ścieżki",
        dropped: "zostawiono bez zmian, bo przesiew nie znalazł wpływu: {names}",
    },
);

function headline(plan: Plan): Child[] {
    const w = words();
    if (!plan.best) return [h("p", { class: "headline bad" }, h("b", {}, w.nothing))];
    const best = plan.best;
    return [
        h("p", { class: `headline ${outcomeTone(plan)}` }, h("b", {}, nameOf(best)), h("span", {}, headlineText(plan))),
        cards(
            ...Object.entries(plan.kpis).map(([kpi, info]) => {
                const one = interval(best.kpis[kpi]),
                    text = (value: number | null) => kpiText(info.unit, value, plan.currency);
                return card(
                    kpiName(kpi, info),
                    figure(`best.kpis.${kpi}.mean`, one?.value ?? null, text(one?.value ?? null)),
                    [rangeText(one, text), plan.limits.find((limit) => limit.kpi === kpi)?.text]
                        .filter(Boolean)
                        .join("; "),
                );
            }),
        ),
        h("p", { class: "note" }, guaranteeText(plan)),
    ];
}

function settings(plan: Plan): Section | null {
    const w = words();
    if (!plan.best || plan.best.set.length === 0) return null;
    const quoted = (text: string) => (/^[\w.,=:/+%@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
    return {
        id: "settings",
        title: w.settings,
        says: w.settingsSays,
        content: [
            command(plan.best.set.map((one) => `--set ${quoted(one)}`).join(" ")),
            h("pre", { tabindex: 0 }, plan.yaml),
        ],
    };
}

function closeSection(plan: Plan): Section | null {
    const w = words(),
        unit = plan.kpis[plan.objective.kpi]!.unit,
        text = (value: number | null) => kpiText(unit, value, plan.currency);
    if (plan.not_distinguished.length === 0) return null;
    return {
        id: "close",
        title: w.close,
        says: w.closeSays,
        content: [
            table({
                caption: w.close,
                columns: [{ title: w.candidate, kind: "text" }, { title: w.worse }, { title: w.interval }],
                rows: plan.not_distinguished.map((one) => [
                    one.name,
                    text(one.worse_by.mean),
                    rangeText(interval(one.worse_by), text),
                ]),
            }),
        ],
    };
}

// Those whose means keep to the limits first, then by the objective; then by how much they miss.
function byLook(plan: Plan): Candidate[] {
    const sign = plan.objective.best === "largest" ? -1 : 1;
    const miss = (one: Candidate) => Math.max(0, one.miss ?? Infinity),
        objective = (one: Candidate) => sign * (one.kpis[plan.objective.kpi]?.mean ?? Infinity);
    return [...plan.candidates].sort((a, b) => miss(a) - miss(b) || objective(a) - objective(b));
}

function candidates(plan: Plan): Section {
    const w = words(),
        kpis = Object.entries(plan.kpis);
    return {
        id: "candidates",
        title: w.candidates,
        says: w.candidatesSays,
        content: [
            table(
                {
                    caption: w.candidates,
                    columns: [
                        { title: w.candidate, kind: "text" },
                        { title: w.verdict, kind: "text" },
                        ...kpis.map(([kpi, info]) => ({ title: kpiName(kpi, info) })),
                        { title: w.runs },
                    ],
                    rows: byLook(plan).map((one) => [
                        nameOf(one),
                        h(
                            "span",
                            {
                                class: `finding ${one.fate === "best" ? "good" : one.fate === "misses_limit" ? "bad" : ""}`,
                            },
                            `${one.fate === "best" ? "✓ " : one.fate === "misses_limit" ? "✗ " : ""}${fateText(one)}`,
                        ),
                        ...kpis.map(([kpi, info]) => {
                            const i = interval(one.kpis[kpi]),
                                text = (value: number | null) => kpiText(info.unit, value);
                            return [
                                figure(
                                    `candidates.${plan.candidates.indexOf(one)}.kpis.${kpi}.mean`,
                                    i?.value ?? null,
                                    text(i?.value ?? null),
                                ),
                                h("small", {}, rangeText(i, text)),
                            ];
                        }),
                        whole(one.replications),
                    ]),
                },
                { class: "plots" },
            ),
        ],
    };
}

function searched(plan: Plan): Section {
    const w = words();
    const explored =
        plan.explored > 0 ? fill(w.explored, { n: whole(plan.explored), runs: whole(plan.exploration_runs) }) : "";
    return {
        id: "searched",
        title: w.searched,
        says: fill(w.searchedSays, {
            points: whole(plan.points),
            explored,
            candidates: whole(plan.candidates.length),
            runs: whole(plan.selection_runs),
        }),
        content: [
            table({
                caption: w.searched,
                columns: [
                    { title: w.variable, kind: "text" },
                    { title: w.values, kind: "text" },
                    { title: w.paths, kind: "text" },
                ],
                rows: plan.variables.map((one) => [one.name, one.values.join(", "), one.paths.join(", ")]),
            }),
            plan.dropped.length ? h("p", { class: "note" }, fill(w.dropped, { names: plan.dropped.join(", ") })) : null,
        ],
    };
}

export function planPage(): Content {
    const plan = documentOf<Plan>("plan")!,
        w = words();
    return {
        title: plan.title,
        subtitle: [
            fill(w.search[plan.objective.best], { kpi: kpiName(plan.objective.kpi, plan.kpis[plan.objective.kpi]) }),
            plan.limits.length ? `, ${fill(w.limits, { limits: plan.limits.map((one) => one.text).join(", ") })}` : "",
        ],
        banners: [],
        headline: () => headline(plan),
        sections: [
            () => settings(plan),
            () => closeSection(plan),
            () => scatterSection(plan),
            () => candidates(plan),
            () => (plan.screening ? morrisSection(plan.screening, plan.currency) : null),
            () => searched(plan),
            () => aboutSection([["lastunit", `${plan.version}, ${plan.commit}`]], plan.command, []),
        ],
    };
}

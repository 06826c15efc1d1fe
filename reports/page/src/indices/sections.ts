// Morris' screening and Sobol's indices, a tornado for each KPI.
import { chart } from "../ui/chart";
import { h } from "../ui/dom";
import { both, fill } from "../ui/language";
import { decimal, percent, whole } from "../ui/numbers";
import type { Section } from "../ui/section";
import type { TipLine } from "../ui/tip";
import { interval } from "../study/document";
import { axisText, differenceText, kpiName, kpiText, rangeText } from "../study/kpis";
import { barsHeight, barsOption } from "./bars";
import type { Effect, Indices, Shares } from "./document";
import { axisWords } from "../ui/axes";

const words = both(
    {
        morris: "Which variable matters",
        morrisSays:
            "A bar that reaches beyond its dashed tick with all of its whisker does more than chance would; the length is what moving the variable over its whole range changes ({runs} runs, Morris).",
        sobol: "What explains the variance",
        sobolSays:
            "Where the second bar is longer than the first, a variable works together with others: first alone, then alone or with others ({runs} runs, Sobol).",
        strength: "strength",
        mean: "mean effect",
        spread: "spread",
        chance: "by chance",
        verdict: "verdict",
        matters: "matters",
        none: "no effect shown",
        unclear: "not clear",
        variable: "variable",
        interval: "interval",
        first: "alone (first order)",
        total: "alone or with others (total)",
        same: "{kpi}: the same at every point.",
        noise: "{share} of the variance between points is chance: with other shoppers it would lie otherwise. More replications make it less.",
        noNoise: "One replication a point: how much of the variance is chance cannot be told.",
    },
    {
        morris: "Która zmienna ma znaczenie",
        morrisSays:
            "Słupek, który wraz z całym wąsem wychodzi poza przerywaną kreskę, robi więcej niż przypadek; długość mówi, co zmienia przejście przez cały zakres zmiennej (przebiegów: {runs}, Morris).",
        sobol: "Co wyjaśnia wariancję",
        sobolSays:
            "Gdzie drugi słupek jest dłuższy od pierwszego, zmienna działa razem z innymi: najpierw sama, potem sama lub z innymi (przebiegów: {runs}, Sobol).",
        strength: "siła",
        mean: "średni wpływ",
        spread: "rozrzut",
        chance: "przez przypadek",
        verdict: "werdykt",
        matters: "ma znaczenie",
        none: "nie wykazano wpływu",
        unclear: "niejasne",
        variable: "zmienna",
        interval: "przedział",
        first: "sama (pierwszy rząd)",
        total: "sama lub z innymi (łącznie)",
        same: "{kpi}: w każdym punkcie to samo.",
        noise: "{share} wariancji między punktami to przypadek: przy innych klientach leżałaby gdzie indziej. Zmniejszy ją więcej replikacji.",
        noNoise: "Jedna replikacja na punkt: nie da się powiedzieć, ile wariancji to przypadek.",
    },
);

const idOf = (method: string, kpi: string): string => `${method}-${kpi.replace(/\W/g, "-")}`;

function verdict(one: Effect): string {
    const w = words();
    return one.matters ? w.matters : (one.strength.mean ?? 0) <= (one.by_chance ?? 0) ? w.none : w.unclear;
}

function screened(indices: Indices, kpi: string, currency: string): HTMLElement {
    const w = words(),
        info = indices.kpis[kpi]!,
        name = kpiName(kpi, info);
    const all = Object.entries(indices.morris[kpi]!).sort(
        ([, a], [, b]) => (b.strength.mean ?? 0) - (a.strength.mean ?? 0),
    );
    const text = (value: number | null) => kpiText(info.unit, value, currency);
    const full = ([variable, one]: [string, Effect]) =>
        `${variable}: ${text(one.strength.mean)} (${rangeText(interval(one.strength), text)}), ${verdict(one)}`;
    return chart({
        id: idOf("morris", kpi),
        axes: { x: name, y: axisWords().variable },
        title: name,
        height: barsHeight(all.length, 1),
        describes: `${name}: ${all.map(full).join("; ")}`,
        option: (colours) =>
            barsOption(
                {
                    names: all.map(([variable]) => variable),
                    text: axisText(info.unit),
                    tips: (row) => {
                        const one = all[row]![1];
                        return [
                            [w.strength, `${text(one.strength.mean)} (${rangeText(interval(one.strength), text)})`],
                            [w.chance, text(one.by_chance)],
                            [w.verdict, verdict(one)],
                        ];
                    },
                    groups: [
                        {
                            name: w.strength,
                            colour: (look, row) => (row >= 0 && !all[row]![1].matters ? look.soft : look.calm),
                            values: all.map(([, one]) => interval(one.strength)!),
                        },
                    ],
                    marks: { name: w.chance, values: all.map(([, one]) => one.by_chance) },
                },
                colours,
            ),
        table: () => ({
            caption: name,
            columns: [
                { title: w.variable, kind: "text" },
                { title: w.strength },
                { title: w.interval },
                { title: w.mean },
                { title: w.spread },
                { title: w.chance },
                { title: w.verdict, kind: "text" },
            ],
            rows: all.map(([variable, one]) => [
                variable,
                text(one.strength.mean),
                rangeText(interval(one.strength), text),
                differenceText(info.unit, one.mean_effect.mean, currency),
                text(one.spread),
                text(one.by_chance),
                verdict(one),
            ]),
        }),
    });
}

function explained(indices: Indices, kpi: string, shares: Shares): HTMLElement {
    const w = words(),
        name = kpiName(kpi, indices.kpis[kpi]);
    if (!((shares.variance.mean ?? 0) > 0)) return h("p", {}, fill(w.same, { kpi: name }));
    const all = Object.entries(shares.variables).sort(([, a], [, b]) => (b.total.mean ?? 0) - (a.total.mean ?? 0));
    const text = (value: number | null) => (value === null ? "–" : decimal(value, 2));
    const tips = (row: number): TipLine[] =>
        (
            [
                ["first", w.first],
                ["total", w.total],
            ] as const
        ).map(([key, label]) => {
            const one = all[row]![1][key];
            return [label, `${text(one.mean)} (${rangeText(interval(one), text)})`];
        });
    return h(
        "div",
        {},
        chart({
            id: idOf("sobol", kpi),
            axes: { x: axisWords().share, y: axisWords().variable },
            title: name,
            height: barsHeight(all.length, 2),
            describes: `${name}: ${all
                .map(
                    ([variable], row) =>
                        `${variable} ${tips(row)
                            .map((line) => line.join(" "))
                            .join(", ")}`,
                )
                .join("; ")}`,
            option: (colours) =>
                barsOption(
                    {
                        names: all.map(([variable]) => variable),
                        text: (value) => decimal(value, 1),
                        tips,
                        groups: [
                            {
                                name: w.first,
                                colour: (look) => look.calm,
                                values: all.map(([, one]) => interval(one.first)!),
                            },
                            {
                                name: w.total,
                                colour: (look) => look.warn,
                                values: all.map(([, one]) => interval(one.total)!),
                            },
                        ],
                    },
                    colours,
                ),
            table: () => ({
                caption: name,
                columns: [
                    { title: w.variable, kind: "text" },
                    { title: w.first },
                    { title: w.interval },
                    { title: w.total },
                    { title: w.interval },
                ],
                rows: all.map(([variable, one]) => [
                    variable,
                    text(one.first.mean),
                    rangeText(interval(one.first), text),
                    text(one.total.mean),
                    rangeText(interval(one.total), text),
                ]),
            }),
        }),
        h(
            "p",
            { class: "note" },
            shares.noise_share === null ? w.noNoise : fill(w.noise, { share: percent(shares.noise_share) }),
        ),
    );
}

export function morrisSection(indices: Indices, currency = ""): Section | null {
    const w = words(),
        kpis = Object.keys(indices.morris);
    return kpis.length
        ? {
              id: "morris",
              title: w.morris,
              says: fill(w.morrisSays, { runs: whole(indices.morris_runs) }),
              content: [
                  h(
                      "div",
                      { class: "grid-2" },
                      kpis.map((kpi) => screened(indices, kpi, currency)),
                  ),
              ],
          }
        : null;
}

export function sobolSection(indices: Indices): Section | null {
    const w = words(),
        kpis = Object.entries(indices.sobol);
    return kpis.length
        ? {
              id: "sobol",
              title: w.sobol,
              says: fill(w.sobolSays, { runs: whole(indices.sobol_runs) }),
              content: [
                  h(
                      "div",
                      { class: "grid-2" },
                      kpis.map(([kpi, shares]) => explained(indices, kpi, shares)),
                  ),
              ],
          }
        : null;
}

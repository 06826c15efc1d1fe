// The report of a sweep: KPIs with their intervals at every point of a grid.
import { documentOf } from "../documents";
import { figure, h, type Child } from "../ui/dom";
import type { Content } from "../ui/frame";
import { both, fill, forms, formy, plural } from "../ui/language";
import { percent, whole } from "../ui/numbers";
import { card, cards, type Section } from "../ui/section";
import { table } from "../ui/table";
import { aboutSection } from "../study/about";
import { differenceText, kpiName, kpiText, rangeText } from "../study/kpis";
import { interval } from "../study/document";
import type { Sweep } from "./document";
import { responseSection } from "./response";
import { surfaceSection } from "./surface";

const words = both(
    {
        over: "Sweep over",
        points: forms("point", "points"),
        runs: "replications each",
        same: "the same shoppers at every point",
        from: "from {first} to {last}",
        all: "Every point",
        allSays:
            "Sorted as it was run; beside each mean stands its {level} interval. Any line can be run by itself with the settings on its right.",
        replications: "runs",
        set: "settings",
        scenario: "scenario",
        changed: "{level}: {range}",
        best: "Least at",
        most: "Most at",
        indices: "Which variable matters, with shares of the variance",
        none: "Nothing was measured.",
    },
    {
        over: "Przegląd zmiennych",
        points: formy("punkt", "punkty", "punktów"),
        runs: "replikacji w każdym",
        same: "w każdym punkcie ci sami klienci",
        from: "od {first} do {last}",
        all: "Wszystkie punkty",
        allSays:
            "W kolejności uruchomienia; obok każdej średniej jej przedział {level}. Każdy wiersz można uruchomić osobno z ustawieniami po prawej.",
        replications: "przebiegi",
        set: "ustawienia",
        scenario: "scenariusz",
        changed: "{level}: {range}",
        best: "Najmniej w",
        most: "Najwięcej w",
        indices: "Która zmienna ma znaczenie, z udziałami w wariancji",
        none: "Niczego nie zmierzono.",
    },
);

const level = (sweep: Sweep): string => percent(sweep.confidence).replace(/[.,]0 /, " ");

// How each KPI changes from the first point to the last.
function headline(sweep: Sweep): Child[] {
    const w = words(),
        first = sweep.points[0],
        last = sweep.points[sweep.points.length - 1];
    if (!first || !last || first === last) return [];
    const all = Object.entries(sweep.changes).flatMap(([path, change]) => {
        const info = sweep.kpis[path];
        if (!info || !change || change.mean === null) return [];
        const range = rangeText(interval(change), (x) => differenceText(info.unit, x));
        return [
            card(
                kpiName(path, info),
                figure(`changes.${path}.mean`, change.mean, differenceText(info.unit, change.mean, sweep.currency)),
                range ? fill(w.changed, { level: level(sweep), range }) : "",
            ),
        ];
    });
    return all.length
        ? [h("p", { class: "sub" }, fill(w.from, { first: first.name, last: last.name })), cards(...all)]
        : [];
}

function pointsSection(sweep: Sweep): Section {
    const w = words(),
        kpis = Object.keys(sweep.kpis);
    return {
        id: "points",
        title: w.all,
        says: fill(w.allSays, { level: level(sweep) }),
        content: [
            table(
                {
                    caption: w.all,
                    columns: [
                        ...sweep.variables.map((one) => ({ title: one.name, kind: "text" as const })),
                        ...kpis.map((path) => ({ title: kpiName(path, sweep.kpis[path]) })),
                        { title: w.replications },
                        { title: w.set, kind: "text" },
                    ],
                    rows: sweep.points.map((point, i) => [
                        ...sweep.variables.map((one) => point.values[one.name] ?? ""),
                        ...kpis.map((path) => {
                            const one = interval(point.kpis[path]),
                                text = (value: number | null) => kpiText(sweep.kpis[path]!.unit, value);
                            return [
                                figure(`points.${i}.kpis.${path}.mean`, one?.value ?? null, text(one?.value ?? null)),
                                h("small", {}, rangeText(one, text)),
                            ];
                        }),
                        whole(point.replications),
                        h("code", {}, point.set.map((one) => `--set ${one}`).join(" ")),
                    ]),
                },
                { class: "plots" },
            ),
        ],
    };
}

export function sweepPage(): Content {
    const sweep = documentOf<Sweep>("sweep")!,
        w = words(),
        n = sweep.points.length;
    const runs = [...new Set(sweep.points.map((point) => point.replications))];
    const steps =
        sweep.variables.length > 1 && sweep.command
            ? [
                  {
                      text: w.indices,
                      command: `${sweep.command.replace(/ --(replications|until|at-most) ('[^']*'|\S+)/g, "")} --indices morris,sobol --html indices.html`,
                  },
              ]
            : [];
    return {
        title: sweep.title || sweep.scenario,
        subtitle: [
            w.over,
            " ",
            h("b", {}, sweep.variables.map((one) => one.name).join(" × ")),
            `: ${whole(n)} ${plural(n, w.points)}`,
            runs.length === 1 ? `, ${whole(runs[0]!)} ${w.runs}` : "",
            `, ${w.same}`,
        ],
        banners: [],
        headline: () => headline(sweep),
        sections: [
            () => responseSection(sweep),
            () => surfaceSection(sweep),
            () => pointsSection(sweep),
            () =>
                aboutSection(
                    [
                        [w.scenario, sweep.scenario],
                        ["lastunit", `${sweep.version}, ${sweep.commit}`],
                    ],
                    sweep.command,
                    steps,
                ),
        ],
    };
}

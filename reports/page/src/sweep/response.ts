// How a KPI answers to a variable, a curve for each value of a second one; the others are held.
import { chart } from "../ui/chart";
import { both, fill } from "../ui/language";
import { percent } from "../ui/numbers";
import type { Section } from "../ui/section";
import { withSelects, type Select } from "../study/choose";
import { curvesOption } from "../study/curves";
import { interval } from "../study/document";
import { kpiName, kpiText, rangeText } from "../study/kpis";
import { slice, type Sweep, type Variable } from "./document";

const words = both(
    {
        title: "How it answers",
        says: "Where a curve is steep the variable is worth its price, where it is flat it is not; bands are {level} intervals of the means{runs}.",
        single: ". One run each has none",
        kpi: "figure",
        along: "along",
        lines: "a curve for each",
        none: "nothing else",
        held: "{name} at",
        chart: "{kpi} over {along}",
        each: "{kpi} over {along}, a curve for each {lines}",
        describes: "{chart}: from {first} to {last}",
    },
    {
        title: "Jak odpowiada",
        says: "Gdzie krzywa jest stroma, zmienna jest warta swojej ceny, gdzie płaska – nie jest; pasy to przedziały {level} średnich{runs}.",
        single: ". Po jednym przebiegu – bez przedziałów",
        kpi: "wskaźnik",
        along: "wzdłuż",
        lines: "krzywa dla każdej wartości",
        none: "brak",
        held: "{name} =",
        chart: "{kpi} a {along}",
        each: "{kpi} a {along}, krzywa dla każdej wartości {lines}",
        describes: "{chart}: od {first} do {last}",
    },
);

// Of several variables the one with most places runs along the axis, if it has distances.
function longest(variables: Variable[]): Variable {
    const worth = (one: Variable) => (one.axis === "number" ? 1000 : 0) + one.values.length;
    return variables.reduce((a, b) => (worth(b) > worth(a) ? b : a));
}

const nothing = "";

function drawn(sweep: Sweep, chosen: Record<string, string>): HTMLElement {
    const w = words(),
        kpi = chosen["response-kpi"]!,
        info = sweep.kpis[kpi]!;
    const along = sweep.variables.find((one) => one.name === chosen["response-along"])!;
    const by = sweep.variables.find((one) => one.name === chosen["response-lines"] && one !== along);
    const held = Object.fromEntries(
        sweep.variables
            .filter((one) => one !== along && one !== by)
            .map((one) => [one.name, chosen[`response-held-${sweep.variables.indexOf(one)}`] ?? one.values[0]!]),
    );
    const lines = (by ? by.values : [nothing]).map((value) => ({
        name: by ? value : "",
        values: slice(sweep, along, by ? { ...held, [by.name]: value } : held).map((point) =>
            interval(point?.kpis[kpi]),
        ),
    }));
    const name = kpiName(kpi, info),
        title = by
            ? fill(w.each, { kpi: name, along: along.name, lines: by.name })
            : fill(w.chart, { kpi: name, along: along.name });
    const text = (value: number | null) => kpiText(info.unit, value, sweep.currency);
    const first = lines[0]!.values;
    return chart({
        id: "response",
        title,
        axes: { y: name },
        height: 380,
        describes: fill(w.describes, {
            chart: title,
            first: text(first[0]?.value ?? null),
            last: text(first[first.length - 1]?.value ?? null),
        }),
        option: (colours) =>
            curvesOption(
                {
                    axis: along.name,
                    kind: along.axis,
                    at: along.at,
                    ticks: along.values,
                    unit: info.unit,
                    currency: sweep.currency,
                    lines,
                },
                colours,
            ),
        table: () => ({
            caption: title,
            columns: [{ title: along.name, kind: "text" }, ...lines.map((line) => ({ title: line.name || name }))],
            rows: along.values.map((value, i) => [
                value,
                ...lines.map((line) => {
                    const range = rangeText(line.values[i], text);
                    return text(line.values[i]?.value ?? null) + (range ? ` (${range})` : "");
                }),
            ]),
        }),
    });
}

export function responseSection(sweep: Sweep): Section | null {
    const w = words(),
        kpis = Object.keys(sweep.kpis);
    if (kpis.length === 0 || sweep.points.length < 2) return null;
    const along = longest(sweep.variables),
        second = sweep.variables.find((one) => one !== along);
    const names = sweep.variables.map((one) => ({ value: one.name, text: one.name }));
    const selects: Select[] = [
        {
            id: "response-kpi",
            label: w.kpi,
            options: kpis.map((path) => ({ value: path, text: kpiName(path, sweep.kpis[path]) })),
            chosen: kpis[0]!,
        },
        { id: "response-along", label: w.along, options: names, chosen: along.name },
        {
            id: "response-lines",
            label: w.lines,
            options: names.length > 1 ? [{ value: nothing, text: w.none }, ...names] : [],
            chosen: second?.name ?? nothing,
        },
        ...(sweep.variables.length > 2
            ? sweep.variables.map((one, i) => ({
                  id: `response-held-${i}`,
                  label: fill(w.held, { name: one.name }),
                  options: one.values.map((value) => ({ value, text: value })),
                  chosen: one.values[0]!,
              }))
            : []),
    ];
    const single = sweep.points.every((point) => point.replications < 2);
    return {
        id: "response",
        title: w.title,
        says: fill(w.says, { level: percent(sweep.confidence).replace(/[.,]0 /, " "), runs: single ? w.single : "" }),
        content: [withSelects(selects, (chosen) => drawn(sweep, chosen))],
    };
}

// The surface of a KPI over two variables as a heat map, with values and intervals in it.
import { h } from "../ui/dom";
import { both, fill } from "../ui/language";
import { percent } from "../ui/numbers";
import type { Section } from "../ui/section";
import { table } from "../ui/table";
import { figure } from "../ui/dom";
import { withSelects, type Select } from "../study/choose";
import { kpiName, kpiText, rangeText } from "../study/kpis";
import { interval } from "../study/document";
import type { Sweep } from "./document";

const words = both(
    {
        title: "Risk surface",
        says: "Look for where the colour changes: beyond that border the risk begins. In a cell stand the mean and its {level} interval; ○ marks the best cell.",
        kpi: "figure",
        rows: "rows",
        columns: "columns",
        held: "{name} at",
        caption: "{kpi}: {rows} by {columns}",
    },
    {
        title: "Powierzchnia ryzyka",
        says: "Szukaj miejsca, w którym zmienia się kolor: za tą granicą zaczyna się ryzyko. W komórce stoją średnia i jej przedział {level}; ○ oznacza najlepszą.",
        kpi: "wskaźnik",
        rows: "wiersze",
        columns: "kolumny",
        held: "{name} =",
        caption: "{kpi}: {rows} i {columns}",
    },
);

function drawn(sweep: Sweep, chosen: Record<string, string>): HTMLElement {
    const w = words(),
        kpi = chosen["surface-kpi"]!,
        info = sweep.kpis[kpi]!;
    const rows = sweep.variables.find((one) => one.name === chosen["surface-rows"])!;
    const columns =
        sweep.variables.find((one) => one.name === chosen["surface-columns"] && one !== rows) ??
        sweep.variables.find((one) => one !== rows)!;
    const held = sweep.variables
        .filter((one) => one !== rows && one !== columns)
        .map((one) => [one.name, chosen[`surface-held-${sweep.variables.indexOf(one)}`]!] as const);
    const index = (row: string, column: string) =>
        sweep.points.findIndex(
            (point) =>
                point.values[rows.name] === row &&
                point.values[columns.name] === column &&
                held.every(([name, value]) => point.values[name] === value),
        );
    const shown = rows.values
        .flatMap((row) => columns.values.map((column) => index(row, column)))
        .filter((i) => i >= 0);
    const means = shown
        .map((i) => sweep.points[i]!.kpis[kpi]?.mean)
        .filter((x): x is number => x !== null && x !== undefined);
    const low = Math.min(...means),
        high = Math.max(...means),
        best = info.better === "higher" ? high : low;
    // Strong is bad where one knows what is bad.
    const step = (value: number) => {
        const share = high > low ? (value - low) / (high - low) : 0;
        return Math.min(4, Math.floor((info.better === "higher" ? 1 - share : share) * 4.999));
    };
    const cell = (row: string, column: string) => {
        const i = index(row, column),
            one = interval(sweep.points[i]?.kpis[kpi]);
        if (!one || one.value === null) return "–";
        const text = (value: number | null) => kpiText(info.unit, value);
        return h(
            "span",
            { class: `level c${step(one.value)}` },
            figure(
                `points.${i}.kpis.${kpi}.mean`,
                one.value,
                `${one.value === best && info.better !== "neither" ? "○ " : ""}${text(one.value)}`,
            ),
            h("small", {}, rangeText(one, text)),
        );
    };
    return table(
        {
            caption: fill(w.caption, { kpi: kpiName(kpi, info), rows: rows.name, columns: columns.name }),
            columns: [
                { title: `${rows.name} ↓  ${columns.name} →`, kind: "text" },
                ...columns.values.map((value) => ({ title: value })),
            ],
            rows: rows.values.map((row) => [row, ...columns.values.map((column) => cell(row, column))]),
        },
        { class: "surface" },
    );
}

export function surfaceSection(sweep: Sweep): Section | null {
    const w = words(),
        kpis = Object.keys(sweep.kpis);
    if (sweep.variables.length < 2 || kpis.length === 0) return null;
    const names = sweep.variables.map((one) => ({ value: one.name, text: one.name }));
    const selects: Select[] = [
        {
            id: "surface-kpi",
            label: w.kpi,
            options: kpis.map((path) => ({ value: path, text: kpiName(path, sweep.kpis[path]) })),
            chosen: kpis[0]!,
        },
        { id: "surface-rows", label: w.rows, options: names, chosen: names[0]!.value },
        { id: "surface-columns", label: w.columns, options: names, chosen: names[1]!.value },
        ...(sweep.variables.length > 2
            ? sweep.variables.map((one, i) => ({
                  id: `surface-held-${i}`,
                  label: fill(w.held, { name: one.name }),
                  options: one.values.map((value) => ({ value, text: value })),
                  chosen: one.values[0]!,
              }))
            : []),
    ];
    return {
        id: "surface",
        title: w.title,
        says: fill(w.says, { level: percent(sweep.confidence).replace(/[.,]0 /, " ") }),
        content: [withSelects(selects, (chosen) => drawn(sweep, chosen))],
    };
}

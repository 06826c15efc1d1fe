// Every KPI by its path, of the run and of each channel: what a gate may ask for.
import type { Kpi, RunRecord } from "../../../generated/record";
import { details } from "../../ui/details";
import { figure, type Child } from "../../ui/dom";
import { both, fill } from "../../ui/language";
import { whole } from "../../ui/numbers";
import { table } from "../../ui/table";
import { kpiText } from "../kpi_text";

const words = both(
    { title: "All KPIs", note: "({n}) by the path that gates use", kpi: "KPI", run: "run" },
    { title: "Wszystkie KPI", note: "({n}) według ścieżki, której używają bramki", kpi: "KPI", run: "przebieg" },
);

// "oversell_rate", "fulfilment_time_s.p99", "oversold_causes.race": numbers inside the KPIs, times of which nothing was measured left out.
export function leavesOf(kpi: Kpi): Map<string, number> {
    const leaves = new Map<string, number>();
    const walk = (path: string, value: unknown): void => {
        if (typeof value === "number") leaves.set(path, value);
        else if (Array.isArray(value))
            for (const one of value as { cause?: string; term?: string; units?: number; cost?: number }[])
                leaves.set(`${path}.${one.cause ?? one.term}`, one.units ?? one.cost ?? 0);
        else if (value && typeof value === "object" && (value as { count?: number }).count !== 0)
            for (const [name, inner] of Object.entries(value)) walk(path ? `${path}.${name}` : name, inner);
    };
    walk("", kpi);
    return leaves;
}

export function kpiTable(record: RunRecord): Child {
    const w = words(),
        columns = [
            { name: w.run, path: "kpi", leaves: leavesOf(record.kpi) },
            ...record.channels.map((channel, i) => ({
                name: channel.name,
                path: `channels.${i}.kpi`,
                leaves: leavesOf(channel.kpi),
            })),
        ];
    const paths = [...columns[0]!.leaves.keys()].filter((path) =>
        columns.some(({ leaves }) => (leaves.get(path) ?? 0) !== 0),
    );
    const cell = (path: string, of: (typeof columns)[number]): Child => {
        const value = of.leaves.get(path);
        if (value === undefined) return "–";
        const text = kpiText(path, value, record.identity.currency);
        return /causes\.|terms\.|_path\./.test(path) ? text : figure(`${of.path}.${path}`, value, text); // lists have no names in their paths
    };
    return details(
        "ref-kpis",
        w.title,
        fill(w.note, { n: whole(paths.length) }),
        table(
            {
                caption: w.title,
                columns: [{ title: w.kpi, kind: "text" }, ...columns.map(({ name }) => ({ title: name }))],
                rows: paths.map((path) => [path, ...columns.map((column) => cell(path, column))]),
            },
            { class: "dense" },
        ),
    );
}

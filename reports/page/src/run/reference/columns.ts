// Tables of many columns: of these, the ones that say something in this run.
import type { TimeStats } from "../../../generated/record";
import type { Child } from "../../ui/dom";
import { decimal, span, whole } from "../../ui/numbers";
import type { Table } from "../../ui/table";

export interface Field<Row> {
    title: string;
    value: (row: Row) => number; // nought everywhere: the column is left out
    text: (row: Row) => Child;
}

export const counts = <Row>(title: string, value: (row: Row) => number): Field<Row> => ({
    title,
    value,
    text: (row) => whole(value(row)),
});
export const measures = <Row>(title: string, digits: number, value: (row: Row) => number): Field<Row> => ({
    title,
    value,
    text: (row) => decimal(value(row), digits),
});
export const quantile = <Row>(
    title: string,
    of: (row: Row) => TimeStats,
    q: "mean" | "p50" | "p90" | "p95" | "p99" | "max" = "p99",
): Field<Row> => ({
    title,
    value: (row) => (of(row)[q] === null || of(row)[q] === undefined ? 0 : of(row).count),
    text: (row) => (of(row).count > 0 ? span(of(row)[q] ?? 0) : "–"),
});

export function fieldTable<Row>(
    caption: string,
    first: { title: string; text: (row: Row) => Child },
    rows: readonly Row[],
    fields: readonly Field<Row>[],
): Table {
    const shown = fields.filter((field) => rows.some((row) => field.value(row) !== 0));
    return {
        caption,
        columns: [{ title: first.title, kind: "text" }, ...shown.map(({ title }) => ({ title }))],
        rows: rows.map((row) => [first.text(row), ...shown.map((field) => field.text(row))]),
    };
}

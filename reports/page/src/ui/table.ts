// Tables: behind every chart, and wherever rows say more than a picture.
import { h, type Child } from "./dom";

export interface Column {
    title: string;
    kind?: "text" | "number"; // number unless told otherwise
}
export interface Table {
    caption: string;
    columns: Column[];
    rows: Child[][]; // the first cell of a row is its header
}

export function table(of: Table, attributes: { class?: string } = {}): HTMLElement {
    const kind = (i: number) => (of.columns[i]?.kind === "text" ? undefined : "n");
    const head = h(
        "tr",
        {},
        of.columns.map((column, i) => h("th", { scope: "col", class: kind(i) }, column.title)),
    );
    const rows = of.rows.map((row) =>
        h(
            "tr",
            {},
            row.map((cell, i) =>
                i === 0 ? h("th", { scope: "row", class: kind(i) }, cell) : h("td", { class: kind(i) }, cell),
            ),
        ),
    );
    // Focusable, so that a wide table can be scrolled with the keyboard.
    return h(
        "div",
        { class: "scroll", tabindex: 0, role: "region", "aria-label": of.caption },
        h("table", attributes, h("caption", {}, of.caption), h("thead", {}, head), h("tbody", {}, rows)),
    );
}

// A share of a whole as a bar in a cell; the number stands in the cell beside it.
export const bar = (share: number, tone: "calm" | "bad" | "warn" = "calm"): HTMLElement =>
    h(
        "span",
        { class: `share ${tone}`, "aria-hidden": true },
        h("i", { style: `width:${(Math.min(Math.max(share, 0), 1) * 100).toFixed(1)}%` }),
    );

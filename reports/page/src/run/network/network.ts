// The network: where stock lies, who works, what is sent from where to where, over the day.
import { documentOf } from "../../documents";
import type { RunRecord } from "../../../generated/record";
import { chart, instanceOf, refresh } from "../../ui/chart";
import { choice, select } from "../../ui/choice";
import { figure, h, type Child } from "../../ui/dom";
import { fill } from "../../ui/language";
import { percent, short, whole } from "../../ui/numbers";
import { card, cards, type Section } from "../../ui/section";
import { table } from "../../ui/table";
import { mapHeight, mostFlows, networkOption, splitShare } from "./drawing";
import { geographyOf, type Geography, type Outline } from "./geography";
import { flowsShown, measures, nodeAt, parcelsOf, stepsOf, targetOf, type NodeAt, type Shown } from "./state";
import { flowsTable, nodesTable } from "./tables";
import { timeControls } from "./time";
import { limitText, measureName, nodeKind, shadeSays, sizeSays, words } from "./words";

function legend(record: RunRecord, shown: Shown): Child[] {
    const w = words(),
        flows = flowsShown(record, shown).length,
        key = (i: number) =>
            h("span", { class: "key" }, h("i", { style: `background:var(--c${i})` }), limitText(shown.measure, i));
    const drawn =
        shown.node === null && flows > mostFlows
            ? `, ${fill(w.thinner, { n: whole(mostFlows), all: whole(flows) })}`
            : "";
    const lines =
        record.network.flows.length > 0
            ? `${w.lines}${drawn}; ${shown.step === null ? fill(w.split, { share: `${short(100 * splitShare)} %` }) : w.splitRun}`
            : null;
    return [
        h("span", {}, sizeSays(shown.measure)),
        h("span", {}, shadeSays(shown.measure)),
        [0, 1, 2, 3, 4].map(key),
        h("span", {}, w.squares),
        lines ? h("span", {}, lines) : null,
    ];
}

function sum(record: RunRecord, shown: Shown): NodeAt {
    const total: NodeAt = {
        stock: 0,
        start: 0,
        open: 0,
        shipped: 0,
        collected: 0,
        till: 0,
        oversold: 0,
        busy: 0,
        staffed: 0,
    };
    record.nodes.forEach((node, i) => {
        if (shown.node !== null && node.name !== shown.node) return;
        const at = nodeAt(record, i, shown.step);
        for (const name of Object.keys(total) as (keyof NodeAt)[])
            total[name] =
                name === "open" && shown.step === null ? Math.max(total.open, at.open) : total[name] + at[name];
    });
    return total;
}

// Of one node and of the whole run they are fields of the record; sums and steps are not.
function readOut(record: RunRecord, shown: Shown): HTMLElement {
    const w = words(),
        n = sum(record, shown),
        index = record.nodes.findIndex((node) => node.name === shown.node),
        run = shown.step === null;
    const value = (field: string, of: number): Child =>
        run && index >= 0 ? figure(`nodes.${index}.${field}`, of, whole(of)) : whole(of);
    return cards(
        card(run ? w.stockEnd : w.stock, value("stock_end", n.stock), null),
        card(!run ? w.open : index >= 0 ? w.openPeakHere : w.openPeak, value("backlog_peak", n.open), null),
        card(w.shipped, value("units_shipped", n.shipped), null),
        card(w.collected, value("units_handed_over", n.collected), null),
        card(w.till, value("units_sold_at_till", n.till), null),
        card(w.oversold, value("oversold_units", n.oversold), w.oversoldNote, n.oversold > 0 ? "bad" : ""),
        ...(n.staffed > 0 ? [card(w.busy, percent(n.busy / n.staffed), null)] : []),
    );
}

function widestFlows(record: RunRecord, shown: Shown): Child {
    const w = words();
    if (record.network.flows.length === 0) return null;
    const flows = flowsShown(record, shown).slice(0, 8);
    if (flows.length === 0) return h("p", { class: "says" }, w.noFlows);
    return [
        h("h3", {}, w.flows),
        table({
            caption: w.flows,
            columns: [
                { title: w.from, kind: "text" },
                { title: w.to, kind: "text" },
                { title: w.parcels },
                ...(shown.step === null ? [{ title: w.ofSplit }] : []),
            ],
            rows: flows.map((flow) => [
                flow.node,
                targetOf(flow),
                whole(parcelsOf(flow, shown.step)),
                ...(shown.step === null ? [whole(flow.split_parcels)] : []),
            ]),
        }),
    ];
}

function zoomButtons(g: Geography, shown: Shown, draw: () => void): HTMLElement {
    const w = words();
    const to = (zoom: number) => () => {
        shown.zoom = Math.min(16, Math.max(1, zoom === 0 ? 1 : shown.zoom * zoom));
        shown.centre =
            shown.zoom === 1 ? null : (shown.centre ?? (shown.node ? (g.nodes.get(shown.node) ?? null) : null));
        draw();
    };
    const button = (text: string, label: string, zoom: number) =>
        h("button", { type: "button", "aria-label": label, title: label, onclick: to(zoom) }, text);
    return h(
        "div",
        { class: "map-zoom", role: "group", "aria-label": w.zoom },
        button("+", w.closer, 1.6),
        button("−", w.farther, 1 / 1.6),
        button("⤢", w.everything, 0),
    );
}

function describe(record: RunRecord): string {
    const w = words(),
        n = sum(record, { measure: "stock", step: null, node: null, zoom: 1, centre: null });
    return `${w.map}: ${w.nodes} ${whole(record.nodes.length)}; ${w.shipped} ${whole(n.shipped)}, ${w.collected} ${whole(n.collected)}, ${w.till} ${whole(n.till)}, ${w.oversold} ${whole(n.oversold)}`;
}

function mapParts(record: RunRecord, g: Geography): Child[] {
    const w = words(),
        hasSteps = stepsOf(record) > 1;
    const shown: Shown = { measure: "stock", step: null, node: null, zoom: 1, centre: null };
    const key = h("p", { class: "colour-keys" }),
        said = h("div", { class: "read-out" }),
        widest = h("div", { class: "widest" });
    const tell = (): void => {
        key.replaceChildren(
            ...legend(record, shown)
                .flat()
                .filter((one): one is HTMLElement => one instanceof HTMLElement),
        );
        said.replaceChildren(readOut(record, shown));
        widest.replaceChildren(h("div", {}, widestFlows(record, shown)));
    };
    const draw = (): void => {
        tell();
        refresh("network");
    };
    const chooseNode = (name: string | null): void => {
        shown.node = name;
        list.querySelector("select")!.value = name ?? "";
        draw();
    };
    const list = select(
        w.node,
        [
            { value: "", name: w.all },
            ...record.nodes.map((node) => ({ value: node.name, name: `${node.name} (${nodeKind(node.kind)})` })),
        ],
        "",
        (name) => chooseNode(name || null),
    );
    const map = chart(
        {
            id: "network",
            title: w.map,
            describes: describe(record),
            height: (width) => mapHeight(g, width),
            option: (colours, width) => networkOption(record, g, shown, colours, width),
            ready: (instance) => {
                instance.on("click", { seriesId: "nodes" }, (event) =>
                    chooseNode(event.name === shown.node ? null : event.name),
                );
                instance.on("georoam", () => {
                    shown.centre =
                        (instanceOf("network")?.getOption().geo as { center?: [number, number] }[] | undefined)?.[0]
                            ?.center ?? null;
                });
            },
            table: () => nodesTable(record),
        },
        zoomButtons(g, shown, draw),
        key,
    );
    tell();
    const unplaced = record.nodes.length - g.nodes.size;
    return [
        h(
            "div",
            { class: "chosen" },
            choice(
                w.show,
                measures.map((value) => ({ value, name: measureName(value) })),
                shown.measure,
                (value) => {
                    shown.measure = value;
                    draw();
                },
            ),
            list,
        ),
        hasSteps
            ? timeControls(record, (step) => {
                  shown.step = step;
                  draw();
              })
            : h("p", { class: "says" }, w.noSeries),
        h("div", { class: "map-and-figures" }, map, h("div", {}, said, widest)),
        unplaced > 0 ? h("p", { class: "says" }, fill(w.unplaced, { n: whole(unplaced) })) : null,
    ];
}

export function networkSection(record: RunRecord): Section | null {
    const w = words();
    if (record.nodes.length === 0) return null;
    const g = geographyOf(record, documentOf<Outline[]>("outlines") ?? []);
    const rest = record.network.parcels_in_no_flow;
    const below = [
        flowsTable(record),
        rest > 0
            ? h("p", { class: "says" }, figure("network.parcels_in_no_flow", rest, fill(w.rest, { n: whole(rest) })))
            : null,
    ];
    return {
        id: "network",
        title: w.title,
        says: g ? w.says : w.saysFlat,
        content: [...(g ? mapParts(record, g) : [table(nodesTable(record))]), ...below],
    };
}

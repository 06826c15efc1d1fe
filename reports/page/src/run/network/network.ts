// The network: where stock lies, who works, what is sent from where to where, over the day.
import { documentOf } from "../../documents";
import type { RunRecord } from "../../../generated/record";
import { chart, instanceOf, refresh } from "../../ui/chart";
import { choice, select } from "../../ui/choice";
import { figure, h, type Child } from "../../ui/dom";
import { fill } from "../../ui/language";
import { whole } from "../../ui/numbers";
import type { Section } from "../../ui/section";
import { table } from "../../ui/table";
import { mapHeight, networkOption } from "./drawing";
import { describe, legend, readOut, widestFlows } from "./figures";
import { geographyOf, type Geography, type Outline } from "./geography";
import { measures, stepsOf, type Shown } from "./state";
import { flowsTable, nodesTable } from "./tables";
import { timeControls } from "./time";
import { measureName, nodeKind, words } from "./words";

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

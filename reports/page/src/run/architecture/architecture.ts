// The architecture: the design as systems and what travels between them, late and lossy; one edge at a time in full.
import type { RunRecord } from "../../../generated/record";
import { chart, refresh, retell } from "../../ui/chart";
import { select } from "../../ui/choice";
import { figure, h, type Child } from "../../ui/dom";
import { fill } from "../../ui/language";
import { span, whole } from "../../ui/numbers";
import type { Section } from "../../ui/section";
import { table, type Table } from "../../ui/table";
import { architectureOption, lagLimits, lagText, lagVariables, lossesOf } from "./drawing";
import { describeLag, edgeFigures, hasLag, lagChart } from "./edge";
import { layoutOf } from "./layout";
import { decisionName, kindName, reservationName, words } from "./words";

function edgesTable(record: RunRecord): Table {
    const w = words(),
        text = "text" as const;
    return {
        caption: w.edges,
        columns: [
            { title: w.edge, kind: text },
            { title: w.from, kind: text },
            { title: w.to, kind: text },
            { title: w.kind, kind: text },
            { title: w.messages },
            { title: w.p50 },
            { title: w.p90 },
            { title: w.p95 },
            { title: w.p99 },
            { title: w.max },
            { title: w.lostTitle },
            { title: w.deadTitle },
            { title: w.overwrittenTitle },
            { title: w.reorderedTitle },
            { title: w.duplicated },
            { title: w.resent },
            { title: w.queue },
        ],
        rows: record.edges.map((e) => [
            e.name,
            e.from,
            e.to,
            kindName(e.kind),
            whole(e.messages),
            span(e.lag_s.p50),
            span(e.lag_s.p90),
            typeof e.lag_s.p95 === "number" ? span(e.lag_s.p95) : "–",
            span(e.lag_s.p99),
            span(e.lag_s.max),
            whole(e.lost),
            whole(e.dead_letters),
            whole(e.overwritten_units),
            whole(e.reordered),
            whole(e.duplicated),
            whole(e.resent),
            whole(e.queue_peak),
        ]),
    };
}

function channelsTable(record: RunRecord): Child {
    const w = words();
    const age = (i: number, name: "p50" | "p99") => {
        const of = record.channels[i]!.view_age_s;
        return of.count === 0 ? span(null) : figure(`channels.${i}.view_age_s.${name}`, of[name], span(of[name]));
    };
    return h(
        "details",
        {},
        h("summary", {}, w.channels),
        table({
            caption: w.channels,
            columns: [
                { title: w.channel, kind: "text" },
                { title: w.decides, kind: "text" },
                { title: w.reserves, kind: "text" },
                { title: `${w.age}, p50` },
                { title: "p99" },
                { title: w.units },
            ],
            rows: record.channels.map((c, i) => [
                c.name,
                decisionName(c.decides_on),
                reservationName(c.reservation),
                age(i, "p50"),
                age(i, "p99"),
                figure(`channels.${i}.kpi.oversold_units`, c.kpi.oversold_units, whole(c.kpi.oversold_units)),
            ]),
        }),
    );
}

function legend(): HTMLElement {
    const w = words();
    const name = (i: number) =>
        i < lagLimits.length
            ? fill(w.below, { limit: span(lagLimits[i]!) })
            : fill(w.above, { limit: span(lagLimits.at(-1)!) });
    return h(
        "p",
        { class: "colour-keys" },
        h("span", {}, w.colour),
        lagVariables.map((variable, i) =>
            h("span", { class: "key" }, h("i", { style: `background:var(${variable})` }), name(i)),
        ),
        h("span", {}, w.width),
    );
}

function describe(record: RunRecord): string {
    return `${words().chart}. ${record.edges.map((e) => [`${e.name}: ${e.from} → ${e.to}, ${lagText(e)}`, ...lossesOf(e)].join(", ")).join("; ")}`;
}

// The slowest edge is shown first: it is what the reader came for. One that was late only after the last step has no lag to draw.
function slowest(record: RunRecord): number {
    const rank = (i: number) => (hasLag(record, i) ? record.edges[i]!.lag_s.p99 : -1);
    return record.edges.reduce((best, _edge, i) => (rank(i) > rank(best) ? i : best), 0);
}

function drawing(record: RunRecord, chosen: () => number, choose: (edge: number) => void): HTMLElement {
    return chart(
        {
            id: "architecture",
            title: words().chart,
            describes: describe(record),
            height: (width) => layoutOf(record, width).height,
            option: (colours, width) => architectureOption(record, colours, width, chosen()),
            ready: (instance) =>
                instance.on("click", { seriesId: "edges" }, (event) => {
                    const edge = event.value as number;
                    if (edge >= 0) choose(edge);
                }),
            table: () => edgesTable(record),
        },
        record.edges.length > 0 ? legend() : h("p", { class: "colour-keys" }, words().none),
    );
}

function edgePart(record: RunRecord): Child[] {
    const w = words();
    let chosen = slowest(record);
    const figures = h("div", {}, edgeFigures(record, chosen));
    const list = select(
        w.edge,
        record.edges.map((edge, i) => ({ value: String(i), name: `${edge.name}: ${edge.from} → ${edge.to}` })),
        String(chosen),
        (value) => choose(Number(value)),
    );
    const lag = hasLag(record, chosen) ? chart(lagChart(record, () => chosen)) : null,
        without = h("p", { class: "says" }, w.noLag);
    function choose(edge: number): void {
        chosen = edge;
        list.querySelector("select")!.value = String(edge);
        figures.replaceChildren(edgeFigures(record, edge));
        if (lag) lag.querySelector("h3")!.textContent = fill(w.over, { edge: record.edges[edge]!.name });
        refresh("architecture");
        refresh("edge-lag");
        retell("edge-lag", describeLag(record, edge));
        tellLag();
    }
    // An edge on which nothing was applied before the last step has nothing to draw.
    function tellLag(): void {
        const has = hasLag(record, chosen);
        lag?.toggleAttribute("hidden", !has);
        without.hidden = has;
    }
    tellLag();
    return [drawing(record, () => chosen, choose), h("div", { class: "chosen" }, list), figures, lag, without];
}

export function architectureSection(record: RunRecord): Section | null {
    const w = words();
    if (record.channels.length === 0) return null;
    const content =
        record.edges.length > 0
            ? edgePart(record)
            : [
                  drawing(
                      record,
                      () => -1,
                      () => {},
                  ),
              ];
    return { id: "architecture", title: w.title, says: w.says, content: [...content, channelsTable(record)] };
}

// All nodes and all flows as tables: of the many columns those that say something in this run.
import type { NodeKpi, RunRecord } from "../../../generated/record";
import { figure, h, type Child } from "../../ui/dom";
import { both } from "../../ui/language";
import { decimal, money, percent, span, whole } from "../../ui/numbers";
import { table, type Table } from "../../ui/table";
import { targetOf, nodeKind, words } from "./words";

const titles = both(
    {
        node: "node",
        kind: "kind",
        start: "stock at start",
        end: "at the end",
        drift: "on record, not there",
        handled: "orders handled",
        shipped: "sent",
        collected: "collected",
        till: "at tills",
        oversold: "oversold",
        failed: "failed picks",
        lost: "walk-ins lost",
        returned: "returned",
        sentOn: "sent on",
        brought: "brought",
        empty: "cells empty",
        busy: "busy",
        p99: "p99 through it",
        waiting: "most lines waiting",
        walked: "walked out",
        missed: "missed the van",
        lockers: "lockers used",
        full: "lockers full",
        labour: "labour, h",
        overtime: "overtime, h",
        km: "km a parcel",
        cost: "cost",
    },
    {
        node: "węzeł",
        kind: "rodzaj",
        start: "stan na początku",
        end: "na końcu",
        drift: "w ewidencji, a nie ma",
        handled: "zamówienia",
        shipped: "wysłane",
        collected: "odebrane",
        till: "przy kasie",
        oversold: "ponad stan",
        failed: "nieudane kompletacje",
        lost: "stracone w sklepie",
        returned: "zwroty",
        sentOn: "przekazane",
        brought: "przyjęte",
        empty: "puste pozycje",
        busy: "zajętość",
        p99: "p99 przejścia",
        waiting: "najwięcej pozycji czekało",
        walked: "odeszli z kolejki",
        missed: "po odjeździe kuriera",
        lockers: "zajęte skrytki",
        full: "brak skrytki",
        labour: "praca, godz.",
        overtime: "nadgodziny",
        km: "km na paczkę",
        cost: "koszt",
    },
);

interface NodeColumn {
    title: string;
    value: (node: NodeKpi) => number;
    text: (value: number) => string;
    path?: string; // where it is one field
}

function columnsOf(record: RunRecord): NodeColumn[] {
    const t = titles();
    const count = (title: string, name: keyof NodeKpi, text: (value: number) => string = whole): NodeColumn => ({
        title,
        value: (node) => node[name] as number,
        text,
        path: name,
    });
    const columns: NodeColumn[] = [
        count(t.start, "stock_start"),
        count(t.end, "stock_end"),
        { title: t.drift, value: (n) => n.record_end - n.stock_end, text: whole },
        count(t.handled, "orders"),
        count(t.shipped, "units_shipped"),
        count(t.collected, "units_handed_over"),
        count(t.till, "units_sold_at_till"),
        count(t.oversold, "oversold_units"),
        count(t.failed, "failed_picks"),
        count(t.lost, "walk_ins_lost_units"),
        count(t.returned, "returned_units"),
        count(t.sentOn, "units_transferred_out"),
        count(t.brought, "units_transferred_in"),
        count(t.empty, "empty_cells"),
        { title: t.busy, value: (n) => (n.staffed_s > 0 ? n.busy_s / n.staffed_s : 0), text: percent },
        { title: t.p99, value: (n) => n.sojourn_s.p99, text: span, path: "sojourn_s.p99" },
        count(t.waiting, "backlog_peak"),
        count(t.walked, "walked_out"),
        count(t.missed, "missed_cut_offs"),
        count(t.lockers, "compartments_peak"),
        count(t.full, "locker_full"),
        count(t.labour, "labour_h"),
        count(t.overtime, "overtime_h", (v) => decimal(v, 1)),
        count(t.km, "parcel_km"),
        count(t.cost, "total_cost", (v) => money(v, record.identity.currency, 0)),
    ];
    return columns.filter((column) => record.nodes.some((node) => column.value(node) !== 0));
}

// Most handled first.
export function nodesTable(record: RunRecord): Table {
    const columns = columnsOf(record),
        order = record.nodes.map((_, i) => i).sort((a, b) => record.nodes[b]!.orders - record.nodes[a]!.orders);
    const cell = (column: NodeColumn, i: number): Child => {
        const value = column.value(record.nodes[i]!),
            text = column.text(value);
        return column.path ? figure(`nodes.${i}.${column.path}`, value, text) : text;
    };
    return {
        caption: words().nodes,
        columns: [
            { title: titles().node, kind: "text" },
            { title: titles().kind, kind: "text" },
            ...columns.map(({ title }) => ({ title })),
        ],
        rows: order.map((i) => [
            record.nodes[i]!.name,
            nodeKind(record.nodes[i]!.kind),
            ...columns.map((column) => cell(column, i)),
        ]),
    };
}

export function flowsTable(record: RunRecord): Child {
    const w = words(),
        flows = record.network.flows;
    if (flows.length === 0) return null;
    const details = h("details", {}, h("summary", {}, w.allFlows));
    details.addEventListener("toggle", () => {
        if (!details.open || details.childElementCount > 1) return;
        details.append(
            table({
                caption: w.allFlows,
                columns: [
                    { title: w.from, kind: "text" },
                    { title: w.to, kind: "text" },
                    { title: w.parcels },
                    { title: w.ofSplit },
                ],
                rows: flows.map((flow, i) => [
                    flow.node,
                    targetOf(flow),
                    figure(`network.flows.${i}.parcels`, flow.parcels, whole(flow.parcels)),
                    figure(`network.flows.${i}.split_parcels`, flow.split_parcels, whole(flow.split_parcels)),
                ]),
            }),
        );
    });
    return details;
}

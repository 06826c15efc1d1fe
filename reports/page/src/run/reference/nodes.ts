// All nodes in two tables.
import type { NodeKpi, RunRecord } from "../../../generated/record";
import { details } from "../../ui/details";
import { h, type Child } from "../../ui/dom";
import { both, fill } from "../../ui/language";
import { decimal, percent, whole } from "../../ui/numbers";
import { table } from "../../ui/table";
import { costEach, drift, nodeKind, utilisation } from "../nodes";
import { counts, fieldTable, measures, quantile, type Field } from "./columns";

const words = both(
    {
        node: "node",
        orders: "Nodes: orders and stock",
        work: "Nodes: work and cost",
        n: "({n})",
        ordersNote:
            "Handled: parcels and pick-ups begun here, again where they came back after a failed pick. Sent on, brought: units, from and to other nodes. Empty: SKUs that had stock or are replenished, and have none at the end. Drift: units on record less units there, at the end.",
        workNote:
            "Busy: of the paid time. Lines waiting: for a picker, the most at any time. Walked out: shoppers who would not wait to be served. Missed the van: parcels that left a day later. Cost: all that arose here, tills included; and divided by the parcels and pick-ups handled.",
        handled: "handled",
        shipped: "shipped",
        collected: "collected",
        till: "at till",
        oversold: "oversold",
        failed: "failed picks",
        walkIns: "walk-ins lost",
        returned: "returned",
        out: "sent on",
        in: "brought",
        empty: "empty",
        start: "stock at start",
        end: "at end",
        record: "on record",
        drift: "drift",
        busy: "busy",
        through: "p99 through it",
        backlog: "lines waiting",
        backlogEnd: "... at the end",
        served: "served",
        serveWait: "p99 to be served",
        walked: "walked out",
        left: "units left behind",
        missed: "missed the van",
        dock: "p99 for the carrier",
        lockers: "lockers used",
        full: "lockers full",
        redirected: "redirected",
        fetched: "fetched",
        noShows: "never fetched",
        labour: "labour, h",
        overtime: "overtime, h",
        km: "km a parcel",
        each: "cost by handled",
        cost: "cost",
    },
    {
        node: "węzeł",
        orders: "Węzły: zamówienia i zapas",
        work: "Węzły: praca i koszty",
        n: "({n})",
        ordersNote:
            "Obsłużono: paczki i odbiory tu rozpoczęte, ponownie, gdy wróciły po nieudanej kompletacji. Wysłano dalej, przywieziono: sztuki, do innych węzłów i z nich. Puste: SKU, które miały zapas albo są uzupełniane, a na końcu nie mają. Rozbieżność: sztuki w ewidencji minus sztuki na miejscu, na końcu.",
        workNote:
            "Obciążenie: w czasie opłaconym. Pozycje w kolejce: najwięcej naraz czekało na kompletację. Wyszli: klienci, którzy nie chcieli czekać na obsługę. Po odbiorze: paczki, które wyjechały dzień później. Koszt: wszystko, co tu powstało, z kasami; i na każdą obsłużoną paczkę i odbiór.",
        handled: "obsłużono",
        shipped: "wysłano",
        collected: "odebrano",
        till: "przy kasie",
        oversold: "ponad stan",
        failed: "nieudane kompletacje",
        walkIns: "stracone w sklepie",
        returned: "zwrócono",
        out: "wysłano dalej",
        in: "przywieziono",
        empty: "puste",
        start: "zapas na początku",
        end: "na końcu",
        record: "w ewidencji",
        drift: "rozbieżność",
        busy: "obciążenie",
        through: "p99 przejścia",
        backlog: "pozycje w kolejce",
        backlogEnd: "... na końcu",
        served: "obsłużeni",
        serveWait: "p99 do obsługi",
        walked: "wyszli",
        left: "zostawione sztuki",
        missed: "po odbiorze",
        dock: "p99 na przewoźnika",
        lockers: "zajęte skrytki",
        full: "brak skrytki",
        redirected: "przekierowano",
        fetched: "odebrano z automatu",
        noShows: "nieodebrane",
        labour: "praca, godz.",
        overtime: "nadgodziny",
        km: "km na paczkę",
        each: "koszt na obsłużone",
        cost: "koszt",
    },
);

const ofOrders = (w: ReturnType<typeof words>): Field<NodeKpi>[] => [
    counts(w.handled, (n) => n.orders),
    counts(w.shipped, (n) => n.units_shipped),
    counts(w.collected, (n) => n.units_handed_over),
    counts(w.till, (n) => n.units_sold_at_till),
    counts(w.oversold, (n) => n.oversold_units),
    counts(w.failed, (n) => n.failed_picks),
    counts(w.walkIns, (n) => n.walk_ins_lost_units),
    counts(w.returned, (n) => n.returned_units),
    counts(w.out, (n) => n.units_transferred_out),
    counts(w.in, (n) => n.units_transferred_in),
    counts(w.empty, (n) => n.empty_cells),
    counts(w.start, (n) => n.stock_start),
    counts(w.end, (n) => n.stock_end),
    counts(w.record, (n) => n.record_end),
    counts(w.drift, drift),
];

const ofWork = (w: ReturnType<typeof words>): Field<NodeKpi>[] => [
    { title: w.busy, value: utilisation, text: (n) => percent(utilisation(n)) },
    quantile(w.through, (n) => n.sojourn_s),
    counts(w.backlog, (n) => n.backlog_peak),
    counts(w.backlogEnd, (n) => n.backlog_end),
    counts(w.served, (n) => n.served),
    quantile(w.serveWait, (n) => n.serve_wait_s),
    counts(w.walked, (n) => n.walked_out),
    counts(w.left, (n) => n.walked_out_units),
    quantile(w.dock, (n) => n.dock_wait_s),
    counts(w.missed, (n) => n.missed_cut_offs),
    counts(w.lockers, (n) => n.compartments_peak),
    counts(w.full, (n) => n.locker_full),
    counts(w.redirected, (n) => n.parcels_redirected),
    counts(w.fetched, (n) => n.parcels_fetched),
    counts(w.noShows, (n) => n.locker_no_shows),
    measures(w.labour, 0, (n) => n.labour_h),
    measures(w.overtime, 1, (n) => n.overtime_h),
    { title: w.km, value: (n) => n.parcel_km, text: (n) => (n.units_shipped > 0 ? decimal(n.parcel_km, 0) : "–") },
    { title: w.each, value: costEach, text: (n) => (n.orders > 0 ? decimal(costEach(n) / 100) : "–") },
    { title: w.cost, value: (n) => n.total_cost, text: (n) => decimal(n.total_cost / 100, 0) },
];

export function nodeTables(record: RunRecord): Child[] {
    if (record.nodes.length === 0) return [];
    const w = words(),
        nodes = [...record.nodes].sort((a, b) => b.orders - a.orders),
        n = fill(w.n, { n: whole(nodes.length) });
    const first = {
        title: w.node,
        text: (node: NodeKpi): Child => [node.name, node.kind === "store" ? null : h("small", {}, nodeKind(node.kind))],
    };
    return [
        details(
            "ref-node-orders",
            w.orders,
            n,
            h("p", { class: "note" }, w.ordersNote),
            table(fieldTable(w.orders, first, nodes, ofOrders(w)), { class: "dense" }),
        ),
        details(
            "ref-node-work",
            w.work,
            n,
            h("p", { class: "note" }, w.workNote),
            table(fieldTable(w.work, first, nodes, ofWork(w)), { class: "dense" }),
        ),
    ];
}

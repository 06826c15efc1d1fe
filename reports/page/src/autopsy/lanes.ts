// The systems of an autopsy as lanes, its moments as rows, and the messages between them: what the picture draws, without a pixel.
import type { Autopsy, StoryMoment } from "../../generated/record";
import { both, fill } from "../ui/language";

const words = both(
    {
        stock: "Shelf",
        core: "Core",
        shopper: "Shopper",
        promises: "Promises",
        others: "{n} others",
        there: "there",
        record: "on record",
        shows: "shows",
        promised: "promised",
    },
    {
        stock: "Półka",
        core: "System centralny",
        shopper: "Klient",
        promises: "Obietnice",
        others: "inne: {n}",
        there: "jest",
        record: "w systemie",
        shows: "pokazuje",
        promised: "obiecane",
    },
);

// What a lane believes: one of the three numbers that every moment has.
export type Belief = "there" | "record" | "shows";
export interface Lane {
    id: string;
    name: string;
    belief?: Belief;
    believes?: string; // the number's name
}
export interface Row {
    moment: StoryMoment;
    index: number; // in the timeline; rows inside a fold have their fold's
    inside: boolean;
}
export interface Arrow {
    key: string;
    from: number; // lanes
    to: number;
    sent: { row: number; at: number }; // the row it starts at, -1: none; seconds
    arrived: { row: number; at: number } | null; // null: never, or not before the run's end
    lost: boolean;
    label: string; // the edge
    lag: number; // seconds from the change until applied; -1: never
    row: number; // that tells of it
    tone: "news" | "decision" | "shown";
    late: boolean; // under way when the promise was made
}

export const isTill = (a: Autopsy): boolean => a.line.method === "carry_out";

// The other channels that have sold, those with most moments first.
function others(a: Autopsy): string[] {
    const count = new Map<string, number>();
    const add = (name: string) => {
        if (name && name !== a.line.channel && name !== "core") count.set(name, (count.get(name) ?? 0) + 1);
    };
    for (const moment of a.timeline)
        for (const one of [moment, ...moment.inside])
            if (one.kind === "sale") add(one.channel);
            else if (one.edge && one.kind === "record") add(one.from);
    if (isTill(a)) add(a.line.victim_channel);
    return [...count].sort((x, y) => y[1] - x[1]).map(([name]) => name);
}

// `most`: lanes for other channels; where there are more, they share the last.
export function lanesOf(a: Autopsy, most: number): Lane[] {
    const w = words(),
        all = others(a),
        named = all.slice(0, all.length > most ? most - 1 : most);
    const lanes: Lane[] = named.map((name) => ({ id: name, name }));
    if (all.length > named.length)
        lanes.push({ id: "*", name: fill(w.others, { n: String(all.length - named.length) }) });
    const shelf: Lane = { id: "shelf", name: w.stock, belief: "there", believes: w.there };
    const core: Lane = { id: "core", name: w.core, belief: "record", believes: w.record };
    const own: Lane = { id: a.line.channel, name: a.line.channel };
    const shopper: Lane = { id: "shopper", name: w.shopper };
    if (isTill(a))
        return [
            ...lanes,
            { id: "promises", name: w.promises, belief: "shows", believes: w.promised },
            core,
            shelf,
            own,
            shopper,
        ];
    return [shelf, ...lanes, core, { ...own, belief: "shows", believes: w.shows }, shopper];
}

export const laneOf = (lanes: Lane[], id: string): number => {
    const found = lanes.findIndex((lane) => lane.id === id);
    return found >= 0 ? found : lanes.findIndex((lane) => lane.id === "*");
};

// Where a moment happens; null: everywhere (a fault), or nowhere (how things stand, what is told together).
export function placeOf(a: Autopsy, lanes: Lane[], moment: StoryMoment): number | null {
    const at = (id: string) => {
        const lane = laneOf(lanes, id);
        return lane < 0 ? null : lane;
    };
    switch (moment.kind) {
        case "sale":
        case "promise":
            return at(moment.channel);
        case "look":
        case "fetched":
            return at(a.line.channel);
        case "stock":
            return at("shelf");
        case "record":
        case "sending":
            return at("core");
        case "told":
            return at(moment.to);
        case "fate":
            return at(
                ["pick_failed", "left", "uncollected"].includes(moment.what)
                    ? "shelf"
                    : moment.what === "displaced" && isTill(a)
                      ? "promises"
                      : "core",
            );
        default:
            return null;
    }
}

// What is told together has the time of the last of it: unfolded, the single ones come before it.
export function rowsOf(a: Autopsy, open: ReadonlySet<number>): Row[] {
    return a.timeline.flatMap((moment, index) => [
        ...(open.has(index) ? moment.inside.map((one) => ({ moment: one, index, inside: true })) : []),
        { moment, index, inside: false },
    ]);
}

const isSale = (m: StoryMoment): boolean => m.kind === "sale" || m.kind === "promise";

// The news of a sale begins with the sale, however long its message is put off; what the core sends, with its sending.
function ends(rows: Row[], m: StoryMoment): Pick<Arrow, "key" | "sent" | "arrived" | "lag"> {
    const arrives = m.arrived_s >= 0 && !m.lost,
        ofSale = m.order > 0 && m.to === "core";
    const begins = ofSale ? (isSale(m) ? m.at_s : m.since_s) : m.sent_s;
    const start = rows.findIndex(({ moment }) =>
        ofSale
            ? isSale(moment) && moment.order === m.order
            : moment.kind === "sending" && moment.edge === m.edge && moment.sent_s === m.sent_s,
    );
    const end = rows.findIndex(
        ({ moment }) =>
            arrives &&
            moment.at_s === m.arrived_s &&
            moment.edge === m.edge &&
            (ofSale ? moment.kind === "record" && moment.order === m.order : moment.kind === "told"),
    );
    return {
        key: ofSale ? `${m.edge} order ${m.order}` : `${m.edge} ${m.sent_s} ${m.arrived_s}`,
        sent: { row: start, at: begins },
        arrived: arrives ? { row: end, at: m.arrived_s } : null,
        lag: arrives ? m.arrived_s - (ofSale ? begins : m.since_s) : -1,
    };
}

// A message is told by several moments (sold, heard): it is one arrow. Late is what was under way when the promise was made.
function message(rows: Row[], row: number, lanes: Lane[], a: Autopsy): Arrow | null {
    const m = rows[row]!.moment;
    if (!m.edge || m.kind === "failed") return null;
    const from = laneOf(lanes, m.from),
        to = laneOf(lanes, m.to);
    if (from < 0 || to < 0 || from === to) return null;
    const between = ends(rows, m);
    const late =
        m.order !== a.line.order &&
        between.sent.at <= a.line.at_s &&
        (!between.arrived || between.arrived.at > a.line.at_s);
    return { ...between, from, to, lost: m.lost, label: m.edge, row, tone: "news", late };
}

// Between shopper and channel nothing is late: shown, and bought.
function atTheCounter(a: Autopsy, row: number, m: StoryMoment, lanes: Lane[]): Arrow | null {
    const shopper = laneOf(lanes, "shopper"),
        channel = laneOf(lanes, m.kind === "stock" ? "shelf" : a.line.channel);
    const at = { row, at: m.at_s },
        common = { key: `${m.kind} ${row}`, sent: at, arrived: at, lost: false, lag: 0, row, late: false, label: "" };
    if (m.kind === "look") return { ...common, from: channel, to: shopper, tone: "shown" };
    if (m.kind === "promise") return { ...common, from: shopper, to: channel, tone: "decision" };
    if (m.kind === "fetched") return { ...common, from: laneOf(lanes, "core"), to: channel, tone: "news" };
    if (m.kind === "stock" && isTill(a) && m.what === "taken" && m.roles.length > 0)
        return { ...common, from: channel, to: shopper, tone: "shown" };
    return null;
}

export function arrowsOf(a: Autopsy, rows: Row[], lanes: Lane[]): Arrow[] {
    const arrows = new Map<string, Arrow>();
    rows.forEach(({ moment }, row) => {
        for (const arrow of [message(rows, row, lanes, a), atTheCounter(a, row, moment, lanes)])
            if (arrow && !arrows.has(arrow.key)) arrows.set(arrow.key, arrow);
    });
    return [...arrows.values()];
}

// Whether a lane is told more than is there; at a till, whether more is promised than is there.
export const isWrong = (belief: Belief, m: StoryMoment): boolean => belief !== "there" && m[belief] > m.there;

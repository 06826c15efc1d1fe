// When people work at a node: so that an order of the night does not look like slow picking.
import type { DayHours, NodeKpi } from "../../generated/record";
import { both } from "../ui/language";
import { clock } from "../ui/numbers";

const words = both({ always: "round the clock", never: "nobody" }, { always: "całą dobę", never: "nikt" });

const day = 86_400; // s

// Minutes of the day in which somebody works; records of older versions have no hours.
function minutesOf(hours: readonly DayHours[]): boolean[] {
    const minutes = new Array<boolean>(1440).fill(false);
    for (const { from_s, until_s } of hours) {
        const until = until_s <= from_s ? until_s + day : until_s;
        for (let at = Math.floor(from_s / 60); at * 60 < until; at++) minutes[at % 1440] = true;
    }
    return minutes;
}

export interface Stretch {
    from: number; // seconds since local midnight, below a day
    until: number; // after `from`, perhaps on the next day
}
// Where `minutes` are what is wanted, in the order of the day; the one over midnight is one.
function stretches(minutes: readonly boolean[], wanted: boolean): Stretch[] {
    const of = (at: number): boolean => minutes[at % 1440] === wanted;
    if (minutes.every((_, at) => of(at))) return [{ from: 0, until: day }];
    const begins = minutes.flatMap((_, at) => (of(at) && !of(at + 1439) ? [at] : []));
    return begins.map((from) => {
        let until = from;
        while (of(until)) until++;
        return { from: from * 60, until: until * 60 };
    });
}

// "08:00–22:00", "06:00–14:00, 18:00–22:00", "round the clock"; empty where the record does not tell.
export function picksText(node: NodeKpi): string {
    if (!node.picks?.length) return "";
    const minutes = minutesOf(node.picks);
    if (minutes.every(Boolean)) return words().always;
    const worked = stretches(minutes, true).map(
        ({ from, until }) => `${clock(from)}–${until === day ? "24:00" : clock(until % day)}`,
    );
    return worked.join(", ") || words().never;
}

const known = (nodes: readonly NodeKpi[]): NodeKpi[] =>
    nodes.filter((node) => node.orders > 0 && (node.picks?.length ?? 0) > 0);

// When nobody picks at any of the nodes that had something to pick.
export function idleHours(nodes: readonly NodeKpi[]): Stretch[] {
    const all = known(nodes).map((node) => minutesOf(node.picks));
    if (all.length === 0) return [];
    return stretches(
        Array.from({ length: 1440 }, (_, at) => all.some((minutes) => minutes[at])),
        false,
    );
}

// The longest stretch of a day without a picker, in seconds, at the nodes of most of what `weight` counts; 0: none, or not known.
export function longestBreak(nodes: readonly NodeKpi[], weight: (node: NodeKpi) => number): number {
    const counted = new Map<number, number>();
    for (const node of known(nodes)) {
        const idle = Math.max(0, ...stretches(minutesOf(node.picks), false).map(({ from, until }) => until - from));
        counted.set(idle, (counted.get(idle) ?? 0) + weight(node));
    }
    return [...counted].reduce((most, one) => (one[1] > most[1] ? one : most), [0, 0])[0];
}

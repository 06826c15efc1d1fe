// Faults and drops as lanes above the panels, each with its name; faults as bands through them as well.
import type { FaultKpi, RunRecord } from "../../../generated/record";
import type { Look } from "../../ui/look";
import { ms, wholeDay, type Window } from "./time";

export interface Span {
    name: string;
    kind: string; // of a fault; of a drop what its shoppers come for
    what: "fault" | "drop";
    from: number; // seconds of local time, as the axis
    until: number;
}

const happened = (record: RunRecord): FaultKpi[] => record.faults.filter((fault) => fault.from_s.length > 0);
export const leftOut = (record: RunRecord): FaultKpi[] =>
    record.faults.filter((fault) => fault.from_s.length === 0 && fault.left_out !== "");

export function faultSpans(record: RunRecord): Span[] {
    const day = wholeDay(record),
        start = record.identity.start_of_day_s;
    return happened(record)
        .flatMap((fault) =>
            fault.from_s.map((from, i) => ({
                name: fault.name || fault.kind,
                kind: fault.kind,
                what: "fault" as const,
                from: start + from,
                until: Math.min(start + (fault.until_s[i] ?? from), day.until),
            })),
        )
        .filter((one) => one.from < day.until)
        .sort((a, b) => a.from - b.from);
}

export function dropSpans(record: RunRecord): Span[] {
    const start = record.identity.start_of_day_s;
    return record.drops
        .map((drop) => ({
            name: drop.name,
            kind: brief(drop.skus),
            what: "drop" as const,
            from: start + drop.from_s,
            until: start + drop.until_s,
        }))
        .sort((a, b) => a.from - b.from);
}

const brief = (skus: string[]): string =>
    skus.length > 3 ? `${skus.slice(0, 2).join(", ")} … ${skus.at(-1)}` : skus.join(", ");

const laneSpans = (record: RunRecord): Span[] => [...dropSpans(record), ...faultSpans(record)];

// One lane for all drops that do not meet, then one for each fault's name, in the order in which they begin.
const laneOf = (one: Span): string => (one.what === "drop" ? "" : one.name);
export function laneNames(record: RunRecord): string[] {
    return [...new Set(laneSpans(record).map(laneOf))];
}

export const bands = (record: RunRecord): [object, object][] =>
    faultSpans(record).map((one) => [{ xAxis: ms(one.from) }, { xAxis: ms(one.until) }]);

interface Api {
    value: (dimension: number) => number;
    coord: (at: [number, number]) => [number, number];
}
interface Params {
    coordSys: { x: number; width: number };
    context: { ends?: Map<number, number> }; // of one drawing: where what is written in each lane ends, px
}

// A bar of its time, the name inside where there is room, else beside it, else nowhere: the note below the chart has all.
export function laneSeries(record: RunRecord, look: Look, day: Window): object {
    const lanes = laneNames(record),
        spans = laneSpans(record);
    const letter = 6.4; // px, on average, at 11.5 px
    const draw = (params: Params, api: Api) => {
        const left = params.coordSys.x,
            right = left + params.coordSys.width,
            lane = api.value(2),
            name = spans[api.value(3)]!.name;
        const [begin, top] = api.coord([api.value(0), lane]),
            [end, bottom] = api.coord([api.value(1), lane + 1]);
        const from = Math.max(begin, left),
            until = Math.max(Math.min(end, right), from + 2),
            width = until - from;
        if (begin > right || end < left) return null;
        const needs = name.length * letter + 8,
            inside = needs < width,
            after = !inside && until + needs < right;
        const text = {
            text: name,
            fill: inside ? look.paper : look.ink,
            fontSize: 11.5,
            fontFamily: look.font,
            y: (top + bottom) / 2,
            verticalAlign: "middle",
        };
        const ends = (params.context.ends ??= new Map<number, number>()),
            free = inside || (after ? until : from - needs) > (ends.get(lane) ?? -Infinity);
        // Once in its lane, unless there is room.
        const named = free && (inside || spans.findIndex((one) => one.name === name) === api.value(3));
        ends.set(lane, Math.max(ends.get(lane) ?? -Infinity, named && after ? until + needs : until));
        return {
            type: "group",
            children: [
                {
                    type: "rect",
                    shape: { x: from, y: top + 2, width, height: bottom - top - 4, r: 2 },
                    style: { fill: spans[api.value(3)]!.what === "drop" ? look.calm : look.bad },
                },
                ...(named
                    ? [
                          {
                              type: "text",
                              style: {
                                  ...text,
                                  x: inside ? from + 5 : after ? until + 5 : from - 5,
                                  align: inside || after ? "left" : "right",
                              },
                          },
                      ]
                    : []),
            ],
        };
    };
    return {
        id: "faults",
        type: "custom",
        xAxisIndex: 0,
        yAxisIndex: 0,
        renderItem: draw,
        silent: true,
        encode: { x: [0, 1], y: 2 },
        tooltip: { show: false },
        data: spans.map((one, i) => [ms(one.from), ms(Math.min(one.until, day.until)), lanes.indexOf(laneOf(one)), i]),
    };
}

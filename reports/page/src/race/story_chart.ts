// The requests of a finding's shoppers on one time axis: a lane for each shopper (and each device), a bar from the sending to the answer.
import { narrow } from "../ui/chart";
import type { Option } from "../ui/echarts";
import { both, fill } from "../ui/language";
import type { Look } from "../ui/look";
import { decimal, span } from "../ui/numbers";
import { textWidth } from "../ui/text_width";
import { storyAxis } from "../run/live/story_axis";
import type { Race, RaceEvent, RaceShopper } from "./document";
import { answerName, words } from "./words";

type Twice = NonNullable<Race["twice"]>;
const own = both<{ lane: string; second: Record<Twice, string> }>(
    {
        lane: "Shopper {n}",
        second: {
            same_cart: "Shopper {n}, second device",
            repeat_submit: "Shopper {n}, sent again",
            cancel_and_pay: "Shopper {n}, cancelling",
            duplicate_webhook: "Shopper {n}, called again",
        },
    },
    {
        lane: "Klient {n}",
        second: {
            same_cart: "Klient {n}, drugie urządzenie",
            repeat_submit: "Klient {n}, wysłane ponownie",
            cancel_and_pay: "Klient {n}, anulowanie",
            duplicate_webhook: "Klient {n}, wywołane ponownie",
        },
    },
);

export interface Lane {
    name: string;
    events: RaceEvent[];
}

// By shopper and device; whatever is done twice has a second device too (drivers/http/race/race.cpp).
export function lanesOf(shoppers: RaceShopper[], twice: Twice = "same_cart"): Lane[] {
    return shoppers.flatMap((one) => {
        const devices = [...new Set(one.events.map((event) => event.device))].sort((a, b) => a - b);
        return devices.map((device) => ({
            name: fill(device > 1 ? own().second[twice] : own().lane, { n: String(one.number) }),
            events: one.events.filter((event) => event.device === device),
        }));
    });
}

const rowHeight = 34,
    headHeight = 28,
    bottom = 34; // px
export const storyHeight = (lanes: Lane[]): number =>
    lanes.reduce((sum, lane) => sum + headHeight + lane.events.length * rowHeight, 0) + bottom;

export const statusText = (event: RaceEvent): string => (event.status ? String(event.status) : words().noAnswer);
// Milliseconds since the first request of the race.
export const moment = (us: number): string => `${decimal(us / 1000, 1)} ms`;

interface Row {
    event?: RaceEvent;
    lane: Lane;
    top: number; // px from the top of the grid
}
function rowsOf(lanes: Lane[]): Row[] {
    let top = 0;
    return lanes.flatMap((lane) => {
        const head: Row = { lane, top };
        top += headHeight;
        return [
            head,
            ...lane.events.map((event) => {
                const row: Row = { lane, event, top };
                top += rowHeight;
                return row;
            }),
        ];
    });
}

interface Drawing {
    // what ECharts hands to a custom series, as far as it is used here
    value: (dimension: number) => number;
    coord: (point: number[]) => number[];
}
const cut = (text: string, room: number): string => {
    if (textWidth(text, 12, "plain") <= room) return text;
    let end = text.length;
    while (end > 4 && textWidth(`${text.slice(0, end)}…`, 12, "plain") > room) end -= 2;
    return `${text.slice(0, end)}…`;
};

// Accepted bars are full, others hollow, those without an answer dashed: not told by colour alone.
function drawn(rows: Row[], colours: Look, width: number) {
    return (_: unknown, api: Drawing): object => {
        const row = rows[api.value(2)]!,
            { event } = row,
            left = 8,
            room = width - 16;
        if (!event)
            return {
                type: "group",
                children: [
                    {
                        type: "line",
                        shape: { x1: 0, y1: row.top + 4, x2: width, y2: row.top + 4 },
                        style: { stroke: colours.rule, lineWidth: 1 },
                    },
                    {
                        type: "text",
                        x: left,
                        y: row.top + 17,
                        style: {
                            text: row.lane.name,
                            fill: colours.ink,
                            fontSize: 13,
                            fontWeight: 650,
                            fontFamily: colours.font,
                            verticalAlign: "middle",
                        },
                    },
                ],
            };
        const [from] = api.coord([api.value(0), 0]) as [number],
            [until] = api.coord([api.value(1), 0]) as [number];
        const accepted = event.answer === "accepted",
            open = event.answered_us === undefined,
            colour = accepted ? colours.calm : event.answer === "out_of_stock" ? colours.soft : colours.bad;
        const text = cut(
            `${event.step} · ${statusText(event)} ${answerName(event.answer)}${width < narrow ? "" : ` · ${event.why}`}`,
            room,
        );
        const x = Math.max(left, Math.min(from, width - 8 - textWidth(text, 12, "plain") - 4));
        return {
            type: "group",
            children: [
                {
                    type: "text",
                    x,
                    y: row.top + 8,
                    style: { text, fill: colours.ink, fontSize: 12, fontFamily: colours.font, verticalAlign: "middle" },
                },
                {
                    type: "rect",
                    shape: { x: from, y: row.top + 17, width: Math.max(until - from, 3), height: 11, r: 2 },
                    style: {
                        fill: accepted ? colour : "transparent",
                        stroke: colour,
                        lineWidth: 1.5,
                        lineDash: open ? [4, 3] : null,
                    },
                },
            ],
        };
    };
}

const timed = (event: RaceEvent) => ({
    invoked_s: event.sent_us / 1e6,
    answered_s: event.answered_us === undefined ? -1 : event.answered_us / 1e6,
});

// When both were under way at the deciding step; null: they were not.
export function together(lanes: Lane[], step: string): [number, number] | null {
    const of = lanes.map((lane) => lane.events.find((event) => event.step === step && event.answered_us !== undefined));
    if (of.length < 2 || !of[0] || !of[1]) return null;
    const from = Math.max(of[0].sent_us, of[1].sent_us),
        until = Math.min(of[0].answered_us!, of[1].answered_us!);
    return until > from ? [from, until] : null;
}

// Names below the axis, the most telling first: one that would run into another is left out.
type Mark = [at: number, align: "left" | "center" | "right", text: string];
function namesThatFit(marks: Mark[], px: number): Set<number> {
    const taken: [number, number][] = [],
        shown = new Set<number>();
    for (const [at, align, text] of marks) {
        const long = textWidth(text, 11) + 6,
            from = at * px - (align === "left" ? 0 : align === "right" ? long : long / 2);
        if (taken.some(([begin, end]) => from < end && begin < from + long)) continue;
        taken.push([from, from + long]);
        shown.add(at);
    }
    return shown;
}

export function storyOption(lanes: Lane[], step: string, colours: Look, width: number): Option {
    const rows = rowsOf(lanes),
        events = lanes.flatMap((lane) => lane.events),
        axis = storyAxis(events.map(timed)),
        both = together(lanes, step);
    const last = Math.max(...events.map((event) => event.answered_us ?? event.sent_us));
    const named = namesThatFit(
        [
            [axis.place(last / 1e6), "right", moment(last)],
            ...axis.starts.map((start): Mark => [start.at, "left", moment(start.seconds * 1e6)]),
            ...axis.cuts.map((at): Mark => [at.at, "center", `⋯ ${span(at.left_out_s)}`]),
        ],
        (width - 16) / axis.length,
    );
    const label = (text: string, align: Mark[1], at: number) => ({
        show: named.has(at),
        formatter: text,
        position: "start",
        align,
        color: colours.soft,
        fontSize: 11,
    });
    const cuts = axis.cuts.map((at) => ({
        xAxis: at.at,
        label: label(`⋯ ${span(at.left_out_s)}`, "center", at.at),
    }));
    const solid = { color: colours.rule, type: "solid" };
    const starts = axis.starts.map((start) => ({
        xAxis: start.at,
        lineStyle: solid,
        label: label(moment(start.seconds * 1e6), "left", start.at),
    }));
    const end = {
        xAxis: axis.place(last / 1e6),
        lineStyle: solid,
        label: label(moment(last), "right", axis.place(last / 1e6)),
    };
    return {
        grid: { left: 8, right: 8, top: 0, bottom },
        xAxis: { type: "value", min: 0, max: axis.length, show: false },
        yAxis: { type: "value", min: 0, max: 1, show: false },
        series: [
            {
                type: "custom",
                silent: true,
                clip: false,
                renderItem: drawn(rows, colours, width),
                encode: { x: [0, 1] },
                data: rows.map((row, n) =>
                    row.event
                        ? [
                              axis.place(row.event.sent_us / 1e6),
                              row.event.answered_us === undefined
                                  ? axis.open_end
                                  : axis.place(row.event.answered_us / 1e6),
                              n,
                          ]
                        : [0, 0, n],
                ),
                markLine: {
                    silent: true,
                    symbol: "none",
                    precision: 9,
                    lineStyle: { color: colours.soft, type: "dashed" },
                    data: [...cuts, ...starts, end],
                },
                markArea: both
                    ? {
                          silent: true,
                          itemStyle: { color: colours.bad, opacity: colours.theme === "dark" ? 0.16 : 0.1 },
                          data: [[{ xAxis: axis.place(both[0] / 1e6) }, { xAxis: axis.place(both[1] / 1e6) }]],
                      }
                    : undefined,
            },
        ],
    };
}

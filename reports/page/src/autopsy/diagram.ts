// The picture of an autopsy: lifelines of systems with what each believes, and the messages that were late. Time runs downwards, from
// row to row, not to scale. Colours come from the style sheet, so that a theme changes them without a drawing.
import type { Autopsy } from "../../generated/record";
import { svg, type Child } from "../ui/dom";
import { both } from "../ui/language";
import { span, whole } from "../ui/numbers";
import { textWidth } from "../ui/text_width";
import { arrowsOf, isWrong, lanesOf, placeOf, type Arrow, type Lane, type Row } from "./lanes";

const words = both(
    { shows: "shows {n}", accepts: "accepts {n}", takes: "takes {n}", lost: "lost", never: "not before the run ends" },
    {
        shows: "pokazuje {n}",
        accepts: "przyjmuje {n}",
        takes: "bierze {n}",
        lost: "przepada",
        never: "nie do końca przebiegu",
    },
);

export interface Geometry {
    width: number;
    head: number; // above the first row: the lanes' names
    rows: { top: number; middle: number; bottom: number }[];
}

const kRoomForAll = 480; // px: below it other channels share a lane
const kSide = 40,
    kChip = 9; // px: from the edge to the outer lanes; half the height of a number

// What the picture itself defines. In pieces, so that whoever searches a page for what it loads finds nothing.
const local = (id: string): string => ["url", "(#", id, ")"].join("");

// Gaps into which something arrives are wider: its name stands there.
function positions(lanes: number, arrows: Arrow[], width: number): number[] {
    const weights = Array.from({ length: Math.max(0, lanes - 1) }, () => 0.75);
    for (const arrow of arrows) {
        const gap = arrow.to > arrow.from ? arrow.to - 1 : arrow.to;
        weights[gap] = Math.max(weights[gap]!, arrow.label ? 2.1 : 1.5);
    }
    const all = weights.reduce((sum, one) => sum + one, 0) || 1;
    let x = kSide;
    return [x, ...weights.map((weight) => (x += (weight / all) * (width - 2 * kSide)))];
}

// An edge's name where there is room for it between the numbers of two lanes; the moment's sentence has it anyway.
const named = (edge: string, gap: number): string => {
    const most = Math.floor((gap - 24) / 6);
    return edge.length <= most ? edge : most < 9 ? "" : `${edge.slice(0, most - 1)}…`;
};

class Picture {
    readonly x: number[];
    readonly bottom: number;
    constructor(
        readonly a: Autopsy,
        readonly lanes: Lane[],
        readonly rows: Row[],
        readonly arrows: Arrow[],
        readonly at: Geometry,
    ) {
        this.x = positions(lanes.length, arrows, at.width);
        this.bottom = at.rows[at.rows.length - 1]?.bottom ?? at.head;
    }

    middle(row: number): number {
        return this.at.rows[row]!.middle;
    }

    // Between the rows in whose times it lies.
    yAt(seconds: number): number {
        const times = this.rows.map((row) => row.moment.at_s);
        if (seconds < (times[0] ?? 0)) return this.at.head - 4;
        const after = times.findIndex((time) => time > seconds);
        if (after < 0) return this.bottom - 4;
        const before = after - 1,
            t0 = times[before]!,
            t1 = times[after]!,
            y0 = this.middle(before),
            y1 = this.middle(after);
        return y0 + ((seconds - t0) / (t1 - t0)) * (y1 - y0);
    }

    // Names that would run into the one before them stand higher.
    heads(): Child {
        let free = -Infinity,
            raised = false;
        return this.lanes.map((lane, i) => {
            const lines = lane.name.length > 11 ? lane.name.split(/\s+/) : [lane.name];
            const all = lane.believes ? [...lines, lane.believes] : lines;
            const half = Math.max(...all.map((line) => textWidth(line, 12.5, "bold"))) / 2;
            raised = this.x[i]! - half < free + 4 && !raised;
            free = this.x[i]! + half;
            const first = this.at.head - 14 - 14 * all.length - (raised ? 30 : 0);
            return svg(
                "text",
                { x: this.x[i], "text-anchor": "middle", class: "lane-name" },
                all.map((line, k) =>
                    svg(
                        "tspan",
                        {
                            x: this.x[i],
                            y: first + 14 * (k + 1),
                            class: lane.believes && k === all.length - 1 ? "believes" : "",
                        },
                        line,
                    ),
                ),
            );
        });
    }

    // A lifeline is broken where moments are told together.
    lifelines(): Child {
        return this.lanes.map((_, i) => [
            svg("line", { class: "life", x1: this.x[i], x2: this.x[i], y1: this.at.head - 8, y2: this.bottom }),
            this.rows.map((row, r) =>
                row.moment.folded > 0
                    ? svg("line", {
                          class: "life folded",
                          x1: this.x[i],
                          x2: this.x[i],
                          y1: this.at.rows[r]!.top,
                          y2: this.at.rows[r]!.bottom,
                      })
                    : null,
            ),
        ]);
    }

    // From the moment at which a system is wrong until it is right again.
    wrong(): Child {
        return this.lanes.map((lane, i) => {
            const belief = lane.belief;
            if (!belief) return null;
            return this.rows.map((row, r) => {
                if (!isWrong(belief, row.moment)) return null;
                const y = this.middle(r),
                    end = r + 1 < this.rows.length ? this.middle(r + 1) : this.bottom;
                return svg("rect", {
                    class: "wrong",
                    x: this.x[i]! - 15,
                    y,
                    width: 30,
                    height: Math.max(0, end - y),
                    fill: local("wrong-hatch"),
                });
            });
        });
    }

    faults(): Child {
        return this.rows.map((row, r) =>
            row.moment.kind === "fault"
                ? svg("line", { class: "fault", x1: 0, x2: this.at.width, y1: this.middle(r), y2: this.middle(r) })
                : null,
        );
    }

    // What a lane believes after each moment; where it changes, in a frame.
    numbers(): Child {
        return this.lanes.map((lane, i) => {
            const belief = lane.belief;
            if (!belief) return null;
            return this.rows.map((row, r) => {
                const value = row.moment[belief],
                    text = whole(value),
                    half = 6 + text.length * 3.6;
                const before = r > 0 ? this.rows[r - 1]!.moment[belief] : null;
                const state = `${value !== before ? "changed" : ""} ${isWrong(belief, row.moment) ? "is-wrong" : ""}`;
                const y = this.middle(r);
                return svg(
                    "g",
                    { class: `number ${state}`, "data-belief": belief, "data-row": r },
                    svg("rect", { x: this.x[i]! - half, y: y - kChip, width: 2 * half, height: 2 * kChip, rx: kChip }),
                    svg("text", { x: this.x[i], y: y + 4, "text-anchor": "middle" }, text),
                );
            });
        });
    }

    // What happens where no number stands.
    events(): Child {
        return this.rows.map((row, r) => {
            const lane = placeOf(this.a, this.lanes, row.moment);
            if (lane === null || this.lanes[lane]!.belief) return null;
            return svg("circle", {
                class: `event ${row.moment.decisive ? "decisive" : ""}`,
                cx: this.x[lane],
                cy: this.middle(r),
                r: row.moment.decisive ? 5.5 : 4,
            });
        });
    }

    ends(arrow: Arrow): { y0: number; y1: number; open: boolean } {
        const y0 = arrow.sent.row >= 0 ? this.middle(arrow.sent.row) : this.yAt(arrow.sent.at);
        if (!arrow.arrived)
            return arrow.lost
                ? { y0, y1: Math.min(this.bottom, y0 + 34), open: true }
                : { y0, y1: this.bottom - 4, open: true };
        const y1 = arrow.arrived.row >= 0 ? this.middle(arrow.arrived.row) : this.yAt(arrow.arrived.at);
        return { y0, y1: Math.max(y0, y1), open: false };
    }

    arrow(arrow: Arrow): Child {
        const { y0, y1, open } = this.ends(arrow);
        const away = (lane: number) => (this.lanes[lane]!.belief ? 15 : 6),
            way = Math.sign(this.x[arrow.to]! - this.x[arrow.from]!);
        const x0 = this.x[arrow.from]! + way * away(arrow.from),
            full = this.x[arrow.to]! - way * away(arrow.to);
        const x1 = arrow.lost ? x0 + (full - x0) * 0.62 : full;
        const kind = `arrow ${arrow.tone} ${arrow.late ? "late" : ""} ${open ? "open" : ""}`;
        return svg(
            "g",
            { class: kind, "data-edge": arrow.label || null },
            svg("line", {
                x1: x0,
                y1: y0,
                x2: x1,
                y2: y1,
                "marker-end": open
                    ? null
                    : local(`head-${arrow.tone === "decision" || arrow.late ? "bad" : arrow.tone}`),
            }),
            arrow.lost ? svg("path", { class: "cross", d: `M${x1 - 6},${y1 - 6}l12,12m0,-12l-12,12` }) : null,
            this.label(arrow, x0, y0, x1, y1),
        );
    }

    // In the gap between two lanes next to where it arrives: above the line the edge, below it the lag.
    label(arrow: Arrow, x0: number, y0: number, x1: number, y1: number): Child {
        const w = words(),
            beside = this.x[arrow.to > arrow.from ? arrow.to - 1 : arrow.to + 1]!;
        const middle = arrow.lost ? (x0 + x1) / 2 : (beside + this.x[arrow.to]!) / 2;
        const share = Math.min(1, Math.max(0, (middle - x0) / (x1 - x0 || 1))),
            x = x0 + (x1 - x0) * share,
            y = y0 + (y1 - y0) * share,
            m = this.rows[arrow.row]!.moment;
        const wide = Math.abs(this.x[arrow.to]! - beside) >= 78;
        const counted = (text: string) => (wide ? text.replace("{n}", whole(m.units)) : whole(m.units));
        const lines =
            arrow.tone === "shown"
                ? [counted(m.kind === "stock" ? w.takes : w.shows)]
                : arrow.tone === "decision"
                  ? [counted(w.accepts)]
                  : [
                        named(arrow.label, Math.abs(beside - this.x[arrow.to]!)),
                        arrow.lost ? w.lost : arrow.lag < 0 ? w.never : arrow.label ? span(arrow.lag) : "",
                    ];
        const steep = Math.abs(y1 - y0) > 26;
        return svg(
            "text",
            { x, "text-anchor": "middle", class: "label" },
            lines.map((line, k) =>
                svg(
                    "tspan",
                    { x, y: lines.length === 1 ? y - 6 : k === 0 ? y - (steep ? 2 : 6) : y + (steep ? 11 : 15) },
                    line,
                ),
            ),
        );
    }
}

const head = (id: string, tone: string) =>
    svg(
        "marker",
        {
            id: `head-${id}`,
            class: `arrow-head ${tone}`,
            viewBox: "0 0 10 10",
            refX: 9,
            refY: 5,
            markerWidth: 9,
            markerHeight: 9,
            markerUnits: "userSpaceOnUse",
            orient: "auto",
        },
        svg("path", { d: "M0,0.5L10,5L0,9.5z" }),
    );

export function picture(a: Autopsy, rows: Row[], at: Geometry): SVGElement {
    const lanes = lanesOf(a, at.width < kRoomForAll ? 1 : 3),
        arrows = arrowsOf(a, rows, lanes),
        draw = new Picture(a, lanes, rows, arrows, at);
    const quiet = arrows.filter((arrow) => arrow.tone !== "decision" && !arrow.late),
        loud = arrows.filter((arrow) => !quiet.includes(arrow));
    return svg(
        "svg",
        {
            class: "picture",
            width: at.width,
            height: draw.bottom,
            viewBox: `0 0 ${at.width} ${draw.bottom}`,
            "aria-hidden": "true",
            focusable: "false",
        },
        svg(
            "defs",
            {},
            head("news", "news"),
            head("shown", "shown"),
            head("bad", "bad"),
            svg(
                "pattern",
                {
                    id: "wrong-hatch",
                    width: 7,
                    height: 7,
                    patternUnits: "userSpaceOnUse",
                    patternTransform: "rotate(45)",
                },
                svg("rect", { class: "hatch-ground", width: 7, height: 7 }),
                svg("line", { class: "hatch-line", x1: 0, y1: 0, x2: 0, y2: 7 }),
            ),
        ),
        draw.wrong(),
        draw.lifelines(),
        draw.faults(),
        [...quiet, ...loud].map((arrow) => draw.arrow(arrow)),
        draw.events(),
        draw.numbers(),
        draw.heads(),
    );
}

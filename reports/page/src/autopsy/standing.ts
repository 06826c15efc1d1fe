// The picture of an autopsy with its title and its sentences, as a file that stands alone: for slides, wikis and incident reviews.
import type { Autopsy } from "../../generated/record";
import { oversoldCause } from "../run/causes";
import { svg, type Child } from "../ui/dom";
import type { Look } from "../ui/look";
import { markup } from "../ui/markup";
import { span, whole } from "../ui/numbers";
import { wrapped } from "../ui/text_width";
import { shownClock } from "./clock";
import { picture } from "./diagram";
import { rowsOf, type Row } from "./lanes";
import { sentence } from "./moment_words";
import { badges } from "./moments";
import { pictureStyle } from "./picture_style";
import { belief, outcome } from "./story_words";

const kWidth = 1200,
    kMargin = 24,
    kClock = 92,
    kHead = 88,
    kGap = 16,
    kLine = 17; // px

// Columns: the clock, the lanes, the sentences.
interface Columns {
    width: number;
    lanes: number;
    text: number; // where the sentences begin
    textWidth: number;
}
function columnsOf(width: number): Columns {
    const lanes = Math.round(0.56 * (width - 2 * kMargin - kClock)),
        text = kMargin + kClock + lanes + 12;
    return { width, lanes, text, textWidth: width - kMargin - text };
}

interface Placed {
    row: Row;
    badge: string;
    lines: string[];
    gap: string;
    top: number; // of its band, from the top of the picture's rows
    height: number;
}

function place(a: Autopsy, columns: Columns): Placed[] {
    let y = kHead;
    return rowsOf(a, new Set()).map((row, i, all) => {
        const m = row.moment,
            since = i > 0 ? m.at_s - all[i - 1]!.moment.at_s : 0,
            gap = since >= 0.001 ? `+ ${span(since)}` : "";
        const lines = wrapped(sentence(a, m), columns.textWidth, 13, m.kind === "promise" ? "bold" : "plain"),
            badge = badges(m).join(", ");
        const height = Math.max(40, (lines.length + (badge ? 1 : 0)) * kLine + 14),
            top = y + (gap ? kGap : 0);
        y = top + height;
        return { row, badge, lines, gap, top, height };
    });
}

const text = (
    x: number,
    y: number,
    size: number,
    fill: string,
    content: string,
    more: Record<string, string | number> = {},
): Child => svg("text", { x, y, "font-size": size, fill, ...more }, content);

function sentences(one: Placed, columns: Columns, above: number, colours: Look): Child {
    const m = one.row.moment,
        promise = m.kind === "promise";
    const all = [
        ...(one.badge ? [{ line: one.badge, badge: true }] : []),
        ...one.lines.map((line) => ({ line, badge: false })),
    ];
    const first = above + one.top + (one.height - all.length * kLine) / 2 + 12;
    return all.map(({ line, badge }, i) =>
        text(
            columns.text,
            first + i * kLine,
            badge ? 11.5 : 13,
            badge ? (promise ? colours.bad : colours.ink) : m.decisive ? colours.ink : colours.soft,
            line,
            { "font-weight": badge || promise ? 700 : 400 },
        ),
    );
}

function clocks(one: Placed, above: number, colours: Look): Child {
    const { day, time } = shownClock(one.row.moment.clock),
        middle = above + one.top + one.height / 2;
    return [
        one.gap ? text(kMargin, above + one.top - 4, 11, colours.soft, one.gap) : null,
        text(kMargin, middle + 4, 12.5, colours.ink, time),
        day ? text(kMargin, middle + 18, 11, colours.soft, day) : null,
    ];
}

export const pictureName = (a: Autopsy): string => `autopsy-${a.line.first_unit}`;

export function standingPicture(a: Autopsy, colours: Look, width: number): SVGElement {
    const columns = columnsOf(width),
        rows = place(a, columns),
        cause = oversoldCause(a.line.cause),
        inner = width - 2 * kMargin;
    const says = wrapped(`${belief(a)} ${cause.name}: ${cause.means}. ${outcome(a)}.`, inner, 14),
        above = 36 + says.length * 20;
    const last = rows[rows.length - 1]!,
        height = above + last.top + last.height + 40;
    const drawn = picture(
        a,
        rows.map((one) => one.row),
        {
            width: columns.lanes,
            head: kHead,
            rows: rows.map((one) => ({ top: one.top, middle: one.top + one.height / 2, bottom: one.top + one.height })),
        },
    );
    drawn.setAttribute("x", String(kMargin + kClock));
    drawn.setAttribute("y", String(above));
    const source = `${a.scenario_title || a.scenario} · ${a.design} · ${a.repeat_command || whole(a.seed)}`;
    return svg(
        "svg",
        {
            xmlns: "http://www.w3.org/2000/svg",
            width,
            height,
            viewBox: `0 0 ${width} ${height}`,
            "font-family": colours.font,
            role: "img",
        },
        svg("title", {}, `${a.line.sku}: ${cause.name}. ${belief(a)}`),
        svg(
            "style",
            {},
            pictureStyle((name) => colours[name]),
        ),
        svg("rect", { width, height, fill: colours.paper }),
        text(kMargin, 34, 19, colours.ink, `${a.line.sku}: ${cause.name}`, { "font-weight": 650 }),
        says.map((line, i) => text(kMargin, 58 + i * 20, 14, colours.soft, line)),
        rows
            .filter((one) => one.row.moment.kind === "promise")
            .map((one) =>
                svg("rect", { x: 0, y: above + one.top, width, height: one.height, fill: colours.bad, opacity: 0.11 }),
            ),
        drawn,
        rows.map((one) => [clocks(one, above, colours), sentences(one, columns, above, colours)]),
        text(kMargin, height - 12, 12, colours.soft, source),
    );
}

export const standing = (a: Autopsy, colours: Look): string => markup(standingPicture(a, colours, kWidth));

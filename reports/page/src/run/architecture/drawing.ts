// The design drawn: one custom series of edges, which can be chosen, and one of systems.
import type { ChannelKpi, EdgeKpi, RunRecord } from "../../../generated/record";
import { tooltip } from "../../ui/chart";
import type { Option } from "../../ui/echarts";
import { fill } from "../../ui/language";
import type { Look } from "../../ui/look";
import { brief, span, whole } from "../../ui/numbers";
import { tip, type TipLine } from "../../ui/tip";
import { wrapped } from "../../ui/text_width";
import { layoutOf, type Box, type Layout, type Link } from "./layout";
import { arrow, text, type Shape } from "./shapes";
import { decisionName, kindMeaning, kindName, reservationName, words } from "./words";

// p99 of the lag in seconds: from each limit on the next colour.
export const lagLimits = [10, 60, 600];
export const lagVariables = ["--soft", "--k4", "--c3", "--c4"]; // the same colours in the style sheet
const lagColours = (colours: Look): string[] => [colours.soft, colours.series[4]!, colours.ramp[3]!, colours.ramp[4]!];
const lagColour = (colours: Look, p99: number): string =>
    lagColours(colours)[lagLimits.filter((limit) => p99 >= limit).length]!;

const dashes: Record<string, number[] | undefined> = { poll: [8, 4], snapshot: [2, 4], cache: [10, 4, 2, 4] };
const thinnest = 1.5,
    thickest = 8;

export function lossesOf(edge: EdgeKpi): string[] {
    const w = words();
    const told: [number, string][] = [
        [edge.lost, w.lost],
        [edge.dead_letters, w.dead],
        [edge.overwritten_units, w.overwritten],
        [edge.reordered, w.reordered],
    ];
    return told.filter(([n]) => n > 0).map(([n, text]) => fill(text, { n: whole(n) }));
}

export const lagText = (edge: EdgeKpi): string =>
    edge.lag_s.count === 0
        ? words().unused
        : fill(words().lag, { p50: brief(edge.lag_s.p50), p99: brief(edge.lag_s.p99) });

function drawLink(link: Link, most: number, chosen: number, colours: Look): Shape {
    const left = Math.min(link.outer, link.inner) + 6,
        wide = Math.abs(link.outer - link.inner) - 12,
        middle = left + wide / 2;
    const small = `11.5px ${colours.font}`,
        centred = { align: "center", width: wide };
    if (!link.edge)
        return {
            type: "group",
            children: [
                ...arrow(link, colours.soft, 1, [3, 3]),
                text(middle, link.y - 12, words().directly, colours.soft, small, centred),
            ],
        };
    const edge = link.edge,
        losses = lossesOf(edge).join(" · ");
    const width = most > 0 ? thinnest + (thickest - thinnest) * Math.sqrt(edge.messages / most) : thinnest;
    const area = { x: left - 4, y: link.top + 1, width: wide + 8, height: link.height - 2, r: 6 };
    return {
        type: "group",
        children: [
            {
                type: "rect",
                shape: area,
                style:
                    link.index === chosen
                        ? { fill: colours.sheet, stroke: colours.calm, lineWidth: 1.5 }
                        : { fill: "transparent" },
            },
            ...arrow(link, lagColour(colours, edge.lag_s.p99), width, dashes[edge.kind]),
            text(middle, link.y - 12, `${edge.name} · ${kindName(edge.kind)}`, colours.soft, small, centred),
            text(middle, link.y + 14, lagText(edge), colours.ink, small, centred),
            ...(losses ? [text(middle, link.y + 29, losses, colours.bad, `600 ${small}`, centred)] : []),
        ],
    };
}

function sees(channel: ChannelKpi): string {
    const age = channel.view_age_s;
    return channel.decides_on === "view" && age.count > 0
        ? fill(words().copy, { age: brief(age.p50) })
        : decisionName(channel.decides_on);
}

function drawBox(box: Box, colours: Look): Shape {
    const { channel } = box,
        wide = box.width - 20,
        x = box.x + 10,
        middle = box.y + box.height / 2;
    const small = `11.5px ${colours.font}`,
        oversold = channel.kpi.oversold_units;
    const line = (i: number, of: string, fill: string, font: string) =>
        text(x, middle + (i - 1.5) * 17, of, fill, font, { width: wide });
    return {
        type: "group",
        children: [
            {
                type: "rect",
                shape: { x: box.x + 1, y: box.y + 1, width: box.width - 2, height: box.height - 2, r: 8 },
                style: { fill: colours.sheet, stroke: colours.rule },
            },
            line(0, channel.name, colours.ink, `600 13px ${colours.font}`),
            line(1, sees(channel), colours.soft, small),
            line(2, reservationName(channel.reservation), colours.soft, small),
            line(
                3,
                fill(words().oversold, { n: whole(oversold) }),
                oversold > 0 ? colours.bad : colours.soft,
                oversold > 0 ? `600 ${small}` : small,
            ),
        ],
    };
}

function drawCore({ core }: Layout, colours: Look): Shape {
    const x = core.x + core.width / 2,
        y = core.height / 2,
        room = core.width > 100;
    const name = wrapped(words().core, core.width - 12, 15, "bold");
    const label = text(
        x,
        room ? y - 3 - 9 * name.length : y,
        name.join("\n"),
        colours.ink,
        `600 15px ${colours.font}`,
        {
            align: "center",
            lineHeight: 18,
        },
    );
    return {
        type: "group",
        children: [
            {
                type: "rect",
                shape: { x: core.x + 1, y: core.y + 1, width: core.width - 2, height: core.height - 2, r: 8 },
                style: { fill: colours.grid, stroke: colours.ink, lineWidth: 1.5 },
            },
            label,
            ...(room
                ? [
                      text(x, y + 5 + 9 * name.length, words().coreSays, colours.soft, `11.5px ${colours.font}`, {
                          align: "center",
                          width: core.width - 16,
                          overflow: "break",
                          lineHeight: 15,
                      }),
                  ]
                : []),
        ],
    };
}

function linkTip(edge: EdgeKpi): string {
    const w = words(),
        lag = edge.lag_s;
    const lines: TipLine[] = [
        [w.messages, whole(edge.messages)],
        [w.p50, span(lag.p50)],
        [w.p90, span(lag.p90)],
        [w.p99, span(lag.p99)],
        [w.max, span(lag.max)],
    ];
    const bad: [string, number][] = [
        [w.lostTitle, edge.lost],
        [w.deadTitle, edge.dead_letters],
        [w.overwrittenTitle, edge.overwritten_units],
        [w.reorderedTitle, edge.reordered],
        [w.resent, edge.resent],
        [w.queue, edge.queue_peak],
    ];
    return tip(
        `${edge.name}: ${edge.from} → ${edge.to}`,
        [...lines, ...bad.filter(([, n]) => n > 0).map(([name, n]): TipLine => [name, whole(n)])],
        `${kindName(edge.kind)}: ${kindMeaning(edge.kind)}`,
    );
}

// `chosen` is the index of the edge whose figures are shown.
export function architectureOption(record: RunRecord, colours: Look, width: number, chosen: number): Option {
    const layout = layoutOf(record, width),
        links = layout.links;
    const most = Math.max(0, ...record.edges.map((edge) => edge.messages));
    return {
        tooltip: { trigger: "item", ...tooltip(colours) },
        series: [
            {
                type: "custom",
                id: "systems",
                coordinateSystem: "none",
                silent: true,
                tooltip: { show: false },
                data: [...layout.boxes.map((_, i) => i), -1],
                renderItem: (of: { dataIndex: number }) =>
                    of.dataIndex < layout.boxes.length
                        ? drawBox(layout.boxes[of.dataIndex]!, colours)
                        : drawCore(layout, colours),
            },
            {
                type: "custom",
                id: "edges",
                coordinateSystem: "none",
                data: links.map((link) => link.index),
                tooltip: {
                    formatter: (of: { dataIndex: number }) => {
                        const edge = links[of.dataIndex]?.edge;
                        return edge ? linkTip(edge) : "";
                    },
                },
                renderItem: (of: { dataIndex: number }) => drawLink(links[of.dataIndex]!, most, chosen, colours),
            },
        ],
    };
}

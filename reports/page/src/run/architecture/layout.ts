// Where the systems of a design stand: the core in the middle as high as the picture, tills and kiosks on its left, channels that sell
// from afar on its right, each edge a level line of its own. Where there is no room for two sides, all stand on the right.
import type { ChannelKpi, EdgeKpi, RunRecord } from "../../../generated/record";
import { narrow } from "../../ui/chart";

const inStore = new Set(["pos", "kiosk"]);
const gap = 14,
    pad = 6,
    lowest = 80;
const row = 46,
    rowOfLosses = 60; // px; an edge that lost something has a line more

export interface Box {
    channel: ChannelKpi;
    x: number;
    y: number;
    width: number;
    height: number;
}
export interface Link {
    edge: EdgeKpi | null; // null: no copy, asks the core
    index: number; // in RunRecord.edges
    outer: number;
    inner: number; // x at the channel, at the core
    y: number; // of the arrow
    top: number;
    height: number;
    towards: "core" | "channel" | "both";
}
export interface Layout {
    width: number;
    height: number;
    core: { x: number; y: number; width: number; height: number };
    boxes: Box[];
    links: Link[];
}

interface Side {
    channels: ChannelKpi[];
    x: number; // of the boxes
    outer: number;
    inner: number;
}

const edgesOf = (record: RunRecord, channel: string): number[] =>
    record.edges.flatMap((edge, i) => (edge.from === channel || edge.to === channel ? [i] : []));

const asks = (channel: ChannelKpi, edges: number[]): boolean => edges.length === 0 && channel.decides_on === "core";

const losesOf = (edge: EdgeKpi): boolean => edge.lost + edge.dead_letters + edge.overwritten_units + edge.reordered > 0;
const rowOf = (edge: EdgeKpi): number => (losesOf(edge) ? rowOfLosses : row);
const rowsOf = (record: RunRecord, edges: number[]): number =>
    edges.reduce((sum, i) => sum + rowOf(record.edges[i]!), 0);
const heightOf = (record: RunRecord, channel: ChannelKpi): number =>
    Math.max(lowest, rowsOf(record, edgesOf(record, channel.name)) + 2 * pad);

function linksOf(record: RunRecord, box: Box, side: Side): Link[] {
    const edges = edgesOf(record, box.channel.name),
        middle = box.y + box.height / 2,
        { outer, inner } = side;
    if (asks(box.channel, edges))
        return [
            { edge: null, index: -1, outer, inner, y: middle, top: middle - row / 2, height: row, towards: "both" },
        ];
    let top = middle - rowsOf(record, edges) / 2;
    return edges.map((index): Link => {
        const edge = record.edges[index]!,
            at = top;
        top += rowOf(edge);
        return {
            edge,
            index,
            outer,
            inner,
            y: at + row / 2,
            top: at,
            height: rowOf(edge),
            towards: edge.to === box.channel.name ? "channel" : "core",
        };
    });
}

function sidesOf(record: RunRecord, width: number, core: number, box: number): { sides: Side[]; coreX: number } {
    const near = record.channels.filter((one) => inStore.has(one.kind)),
        far = record.channels.filter((one) => !inStore.has(one.kind));
    if (width < narrow || near.length === 0 || far.length === 0)
        return { coreX: 0, sides: [{ channels: [...near, ...far], x: width - box, outer: width - box, inner: core }] };
    const coreX = (width - core) / 2;
    return {
        coreX,
        sides: [
            { channels: near, x: 0, outer: box, inner: coreX },
            { channels: far, x: width - box, outer: width - box, inner: coreX + core },
        ],
    };
}

export function layoutOf(record: RunRecord, width: number): Layout {
    const small = width < narrow;
    const box = small ? Math.min(148, width * 0.4) : Math.min(210, width * 0.22),
        coreWidth = small ? 44 : Math.min(130, width * 0.14);
    const { sides, coreX } = sidesOf(record, width, coreWidth, box);
    const heights = sides.map((side) => side.channels.reduce((sum, one) => sum + heightOf(record, one) + gap, -gap));
    const height = Math.max(140, ...heights);
    const boxes: Box[] = [],
        links: Link[] = [];
    sides.forEach((side, i) => {
        // The shorter side's boxes stand apart evenly.
        const spare = (height - heights[i]!) / (side.channels.length + 1);
        let y = spare;
        for (const channel of side.channels) {
            const made: Box = { channel, x: side.x, y, width: box, height: heightOf(record, channel) };
            boxes.push(made);
            links.push(...linksOf(record, made, side));
            y += made.height + gap + spare;
        }
    });
    return { width, height: height + 2, core: { x: coreX, y: 0, width: coreWidth, height }, boxes, links };
}

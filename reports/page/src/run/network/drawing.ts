// The map: land, flows of parcels, places, nodes.
import type { FlowSteps, NodeKpi, RunRecord } from "../../../generated/record";
import { narrow, tooltip } from "../../ui/chart";
import { echarts, type Option } from "../../ui/echarts";
import type { Look } from "../../ui/look";
import { percent, whole } from "../../ui/numbers";
import { tip, type TipLine } from "../../ui/tip";
import { geoJson, ratioOf, type Geography, type Point } from "./geography";
import {
    classOf,
    flowsShown,
    largest,
    nodeAt,
    parcelsOf,
    shadeOf,
    sizeOf,
    targetOf,
    type NodeAt,
    type Shown,
} from "./state";
import { limitText, nodeKind, shadeSays, sizeSays, words } from "./words";

export const mostFlows = 120; // drawn of all nodes together; of one node all are
export const splitShare = 0.05; // from this share of its parcels on a flow is marked as split
const mostLabels = 40;
const smallest = 5,
    biggest = 40,
    widest = 8; // px
const symbols: Record<string, string> = { warehouse: "rect", locker_hub: "diamond", dark_store: "triangle" };

export function nodeLines(n: NodeAt): TipLine[] {
    const w = words();
    return [
        [w.stock, whole(n.stock)],
        [w.open, whole(n.open)],
        [w.shipped, whole(n.shipped)],
        [w.collected, whole(n.collected)],
        [w.till, whole(n.till)],
        [w.oversold, whole(n.oversold)],
        [w.busy, n.staffed > 0 ? percent(n.busy / n.staffed) : words().unknown],
    ];
}

function nodesSeries(record: RunRecord, g: Geography, shown: Shown, colours: Look, width: number): Option {
    const most = largest(record, shown.measure, shown.step),
        scale = (width < narrow ? 0.6 : 1) * (record.nodes.length > 150 ? 0.6 : 1);
    const of = record.nodes.flatMap((node, index) => {
        const point = g.nodes.get(node.name);
        return point ? [{ node, point, at: nodeAt(record, index, shown.step) }] : [];
    });
    of.sort((a, b) => sizeOf(b.at, shown.measure) - sizeOf(a.at, shown.measure));
    const item = ({ node, point, at }: { node: NodeKpi; point: Point; at: NodeAt }, i: number) => {
        const shade = shadeOf(at, shown.measure),
            size = smallest + (biggest - smallest) * Math.sqrt(most > 0 ? sizeOf(at, shown.measure) / most : 0) * scale;
        const chosen = node.name === shown.node,
            east = (point[0] - g.west) / (g.east - g.west) > 0.8;
        return {
            name: node.name,
            value: point,
            symbol: symbols[node.kind] ?? "circle",
            symbolSize: size,
            itemStyle: {
                color: shade === null ? colours.paper : colours.ramp[classOf(shade, shown.measure)],
                borderColor: chosen ? colours.calm : colours.ink,
                borderWidth: chosen ? 3 : 1,
                opacity: shown.node === null || chosen ? 0.95 : 0.75,
            },
            label: {
                position: east ? "left" : "right",
                show:
                    chosen ||
                    (shown.node === null &&
                        i < (mostLabels / (width < narrow ? 2 : 1)) * shown.zoom &&
                        (shown.zoom > 2 || !g.beside.has(node.name))),
            },
            tip: () => tip(`${node.name} (${nodeKind(node.kind)})`, nodeLines(at)),
        };
    };
    return {
        type: "scatter",
        id: "nodes",
        coordinateSystem: "geo",
        z: 5,
        data: of.map(item),
        cursor: "pointer",
        tooltip: { formatter: (p: { data: { tip: () => string } }) => p.data.tip() },
        label: {
            formatter: (p: { name: string }) => p.name,
            distance: 4,
            color: colours.ink,
            fontSize: width < narrow ? 10 : 11,
            textBorderColor: colours.sheet,
            textBorderWidth: 2.5,
        },
        labelLayout: { hideOverlap: true },
        emphasis: { scale: false, itemStyle: { borderWidth: 3 } },
    };
}

function flowLine(
    flow: FlowSteps,
    from: Point,
    to: Point,
    parcels: number,
    most: number,
    style: Record<string, unknown>,
): Option {
    return {
        coords: [from, to],
        lineStyle: { width: 0.6 + (widest - 0.6) * Math.sqrt(parcels / most), curveness: 0.14, ...style },
        tip: () =>
            tip(`${flow.node} → ${targetOf(flow)}`, [
                [words().parcels, whole(parcels)],
                [words().splitOfRun, whole(flow.split_parcels)],
            ]),
    };
}

function flowsSeries(record: RunRecord, g: Geography, shown: Shown, colours: Look): Option[] {
    const all = flowsShown(record, shown),
        drawn = shown.node === null ? all.slice(0, mostFlows) : all;
    const most =
        shown.step === null
            ? Math.max(1, ...record.network.flows.map((flow) => flow.parcels))
            : Math.max(1, ...record.network.flows.flatMap((flow) => flow.steps));
    const whole: Option[] = [],
        split: Option[] = [];
    for (const flow of drawn) {
        const from = g.nodes.get(flow.node),
            to = flow.to_node ? g.nodes.get(flow.to_node) : g.places.get(flow.place);
        if (!from || !to) continue;
        whole.push(flowLine(flow, from, to, parcelsOf(flow, shown.step), most, {}));
        if (shown.step === null && flow.split_parcels >= splitShare * flow.parcels)
            split.push(
                flowLine(flow, from, to, parcelsOf(flow, null), most, {
                    width: Math.max(1.2, (widest / 2) * Math.sqrt(flow.split_parcels / most)),
                }),
            );
    }
    const common = {
        type: "lines",
        coordinateSystem: "geo",
        tooltip: { formatter: (p: { data: { tip: () => string } }) => p.data.tip() },
        symbol: ["none", shown.node === null ? "none" : "arrow"],
        symbolSize: 7,
    };
    return [
        {
            ...common,
            id: "flows",
            z: 2,
            data: whole,
            lineStyle: { color: colours.calm, opacity: shown.node === null ? 0.4 : 0.6 },
        },
        { ...common, id: "split", z: 3, data: split, lineStyle: { color: colours.bad, opacity: 0.95, type: [5, 4] } },
    ];
}

function placesSeries(record: RunRecord, g: Geography, colours: Look): Option {
    const data = record.places.flatMap((place) => {
        const point = g.places.get(place.name);
        return point
            ? [
                  {
                      name: place.name,
                      value: point,
                      tip: () => tip(place.name, [[words().placeOrders, whole(place.orders)]], words().place),
                  },
              ]
            : [];
    });
    return {
        type: "scatter",
        id: "places",
        coordinateSystem: "geo",
        z: 1,
        data,
        symbolSize: 4,
        itemStyle: { color: colours.soft, opacity: 0.8 },
        tooltip: { formatter: (p: { data: { tip: () => string } }) => p.data.tip() },
    };
}

// Beside the land, where there is room: a picture that is wider than the page's map has no legend below it.
const besideFrom = 230; // px
function legendBeside(shown: Shown, colours: Look, room: number): Option[] {
    if (room < besideFrom) return [];
    const line = (y: number, x: number, of: string) => ({
        type: "text",
        left: x,
        top: y,
        z: 20,
        silent: true,
        style: {
            text: of,
            fill: colours.soft,
            font: `12.5px ${colours.font}`,
            width: 200,
            overflow: "break",
            lineHeight: 17,
        },
    });
    const keys = colours.ramp.flatMap((colour, i) => [
        {
            type: "rect",
            z: 20,
            left: 14,
            top: 102 + 22 * i,
            silent: true,
            shape: { width: 16, height: 11 },
            style: { fill: colour, stroke: colours.soft },
        },
        line(100 + 22 * i, 38, limitText(shown.measure, i)),
    ]);
    const paper = {
        type: "rect",
        z: 20,
        left: 4,
        top: 4,
        silent: true,
        shape: { width: 216, height: 238, r: 6 },
        style: { fill: colours.paper, opacity: 0.85 },
    };
    return [
        paper,
        line(14, 14, sizeSays(shown.measure)),
        line(56, 14, shadeSays(shown.measure)),
        ...keys,
        line(220, 14, words().squares),
    ];
}

const lowest = 280,
    highest = 720; // px
export const mapHeight = (g: Geography, width: number): number =>
    Math.min(highest, Math.max(lowest, width * ratioOf(g)));
// As large as fits, in its own proportions.
function landAt(g: Geography, width: number): { width: number; height: number } {
    const height = mapHeight(g, width),
        wide = Math.min(width, height / ratioOf(g));
    return { width: wide, height: wide * ratioOf(g) };
}

// Under one name for all maps of a page: a later one replaces the one before.
let registered: Geography | null = null;
function register(g: Geography): void {
    if (registered === g) return;
    echarts.registerMap("land", geoJson(g) as Parameters<typeof echarts.registerMap>[1]);
    registered = g;
}

export function networkOption(record: RunRecord, g: Geography, shown: Shown, colours: Look, width: number): Option {
    register(g);
    const land = landAt(g, width);
    return {
        tooltip: { trigger: "item", ...tooltip(colours) },
        graphic: legendBeside(shown, colours, width - land.width),
        geo: {
            map: "land",
            roam: shown.zoom > 1 ? "move" : false,
            zoom: shown.zoom,
            center: shown.centre ?? undefined,
            aspectScale: g.squeeze,
            silent: true,
            boundingCoords: [
                [g.west, g.north],
                [g.east, g.south],
            ],
            left: width - land.width,
            top: 0,
            ...land,
            label: { show: false },
            itemStyle: { areaColor: colours.sheet, borderColor: colours.rule, borderWidth: 1 },
            regions: g.countries
                .filter((one) => one.home)
                .map((one) => ({
                    name: one.name,
                    itemStyle: { areaColor: colours.grid, borderColor: colours.soft, borderWidth: 1 },
                })),
        },
        series: [
            ...flowsSeries(record, g, shown, colours),
            placesSeries(record, g, colours),
            nodesSeries(record, g, shown, colours, width),
        ],
    };
}

// Nodes on the map: sized and coloured by the measure that is shown, the largest ones named.
import type { NodeKpi, RunRecord } from "../../../generated/record";
import { narrow } from "../../ui/chart";
import type { Option } from "../../ui/echarts";
import type { Look } from "../../ui/look";
import { percent, whole } from "../../ui/numbers";
import { tip, type TipLine } from "../../ui/tip";
import type { Geography, Point } from "./geography";
import { classOf, largest, nodeAt, shadeOf, sizeOf, type NodeAt, type Shown } from "./state";
import { nodeKind, words } from "./words";

const mostLabels = 40;
const smallest = 5,
    biggest = 40; // px
const symbols: Record<string, string> = { warehouse: "rect", locker_hub: "diamond", dark_store: "triangle" };

function nodeLines(n: NodeAt): TipLine[] {
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

export function nodesSeries(record: RunRecord, g: Geography, shown: Shown, colours: Look, width: number): Option {
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

// Parcels on the map, the widest flows first.
import type { FlowSteps, RunRecord } from "../../../generated/record";
import type { Option } from "../../ui/echarts";
import type { Look } from "../../ui/look";
import { whole } from "../../ui/numbers";
import { tip } from "../../ui/tip";
import type { Geography, Point } from "./geography";
import { flowsShown, parcelsOf, type Shown } from "./state";
import { targetOf, words } from "./words";

export const mostFlows = 120; // drawn of all nodes together; of one node all are
export const splitShare = 0.05; // from this share of its parcels on a flow is marked as split
const widest = 8; // px

// Parcels of the widest one: in the whole run, or in any step, so that the widths of two moments compare.
function widestFlow(record: RunRecord, step: number | null): number {
    const most = (flow: FlowSteps) => (step === null ? flow.parcels : flow.steps.reduce((a, b) => Math.max(a, b), 0));
    return record.network.flows.reduce((widestYet, flow) => Math.max(widestYet, most(flow)), 1);
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

export function flowsSeries(record: RunRecord, g: Geography, shown: Shown, colours: Look): Option[] {
    const all = flowsShown(record, shown),
        drawn = shown.node === null ? all.slice(0, mostFlows) : all;
    const most = widestFlow(record, shown.step);
    const lines: Option[] = [],
        split: Option[] = [];
    for (const flow of drawn) {
        const from = g.nodes.get(flow.node),
            to = flow.to_node ? g.nodes.get(flow.to_node) : g.places.get(flow.place);
        if (!from || !to) continue;
        lines.push(flowLine(flow, from, to, parcelsOf(flow, shown.step), most, {}));
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
            data: lines,
            lineStyle: { color: colours.calm, opacity: shown.node === null ? 0.4 : 0.6 },
        },
        { ...common, id: "split", z: 3, data: split, lineStyle: { color: colours.bad, opacity: 0.95, type: [5, 4] } },
    ];
}

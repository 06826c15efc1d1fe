// Channels that shoppers used one after the other, as a Sankey diagram. A channel stands once in every layer, so that nothing goes round.
import type { JourneyPath, RunRecord } from "../../../generated/record";
import { narrow, tooltip } from "../../ui/chart";
import type { Option } from "../../ui/echarts";
import type { Look } from "../../ui/look";
import { percent, short, whole } from "../../ui/numbers";
import { tip } from "../../ui/tip";
import { words } from "./words";

export type Whose = "switched" | "bought" | "all";

export interface SankeyNode {
    id: string;
    label: string;
    channel: string | null; // null: bought, left, rarer journeys
    end: "bought" | "left" | null;
}
export interface SankeyLink {
    source: string;
    target: string;
    value: number; // shoppers
    bought: number; // of these
}
export interface Sankey {
    nodes: SankeyNode[];
    links: SankeyLink[];
}

// Layers of channels that there is room for; what follows goes straight to its end.
export const layersAt = (width: number): number => (width < narrow ? 3 : 5);

class Builder {
    private readonly nodes = new Map<string, SankeyNode>();
    private readonly links = new Map<string, SankeyLink>();

    node(node: SankeyNode): string {
        this.nodes.set(node.id, node);
        return node.id;
    }
    link(source: string, target: string, value: number, bought: number): void {
        if (value <= 0) return;
        const key = JSON.stringify([source, target]),
            link = this.links.get(key);
        if (link) {
            link.value += value;
            link.bought += bought;
        } else this.links.set(key, { source, target, value, bought });
    }
    ends(source: string, path: JourneyPath, whose: Whose): void {
        const w = words();
        if (path.buyers > 0)
            this.link(
                source,
                this.node({ id: "end bought", label: w.buys, channel: null, end: "bought" }),
                path.buyers,
                path.buyers,
            );
        if (whose !== "bought" && path.shoppers > path.buyers)
            this.link(
                source,
                this.node({ id: "end left", label: w.leaves, channel: null, end: "left" }),
                path.shoppers - path.buyers,
                0,
            );
    }
    made(): Sankey {
        const used = new Set([...this.links.values()].flatMap((link) => [link.source, link.target]));
        return { nodes: [...this.nodes.values()].filter((node) => used.has(node.id)), links: [...this.links.values()] };
    }
}

export function pathsSankey(record: RunRecord, whose: Whose, layers: number): Sankey {
    const sankey = new Builder();
    for (const path of record.paths) {
        if (whose !== "all" && path.channels.length < 2) continue;
        const shoppers = whose === "bought" ? path.buyers : path.shoppers;
        const ids = path.channels
            .slice(0, layers)
            .map((channel, i) => sankey.node({ id: `${i} ${channel}`, label: channel, channel, end: null }));
        for (let i = 0; i + 1 < ids.length; ++i) sankey.link(ids[i]!, ids[i + 1]!, shoppers, path.buyers);
        sankey.ends(ids.at(-1)!, path, whose);
    }
    const rest = record.other_paths;
    if (rest.shoppers > 0)
        sankey.ends(sankey.node({ id: "rest", label: words().other, channel: null, end: null }), rest, whose);
    return sankey.made();
}

// Of records that count switches alone.
export function switchesSankey(record: RunRecord): Sankey {
    const sankey = new Builder();
    for (const one of record.switches) {
        const from = sankey.node({ id: `0 ${one.from}`, label: one.from, channel: one.from, end: null });
        sankey.link(
            from,
            sankey.node({ id: `1 ${one.to}`, label: one.to, channel: one.to, end: null }),
            one.count,
            one.bought,
        );
    }
    return sankey.made();
}

// A channel has one colour in all layers; those beyond the colours there are share the last one.
const colourOf = (record: RunRecord, node: SankeyNode, colours: Look): string => {
    if (node.end === "bought") return colours.good;
    if (node.channel === null) return colours.soft;
    const i = record.channels.findIndex((channel) => channel.name === node.channel);
    return colours.series[Math.min(Math.max(i, 0), colours.series.length - 1)]!;
};

export function sankeyOption(record: RunRecord, of: Sankey, colours: Look, width: number): Option {
    const w = words(),
        label = new Map(of.nodes.map((node) => [node.id, node.label]));
    const through = (id: string) =>
        Math.max(
            of.links.reduce((n, l) => n + (l.source === id ? l.value : 0), 0),
            of.links.reduce((n, l) => n + (l.target === id ? l.value : 0), 0),
        );
    const total = of.nodes.reduce(
        (n, node) => n + (of.links.some((l) => l.target === node.id) ? 0 : through(node.id)),
        0,
    );
    const deepest = Math.max(
        0,
        ...of.nodes.filter((node) => node.channel !== null).map((node) => Number(node.id.split(" ")[0])),
    );
    const hasEnds = of.nodes.some((node) => node.end !== null),
        small = width < narrow;
    const item = (node: SankeyNode) => {
        const last = node.end !== null || (!hasEnds && node.id.startsWith("1 ")),
            n = through(node.id);
        return {
            name: node.id,
            depth: node.end !== null ? deepest + 1 : node.channel === null ? 0 : Number(node.id.split(" ")[0]),
            itemStyle: { color: colourOf(record, node, colours), borderWidth: 0 },
            label: {
                position: last ? "left" : "right",
                formatter: small ? node.label : `${node.label}  ${short(n)}`,
                show: total === 0 || n / total > 0.008,
            },
            tip: () => tip(node.label, [[w.shoppers, whole(n)]]),
        };
    };
    return {
        tooltip: { trigger: "item", ...tooltip(colours) },
        series: [
            {
                type: "sankey",
                id: "paths",
                left: 2,
                right: 2,
                top: 8,
                bottom: 8,
                nodeWidth: 12,
                nodeGap: small ? 8 : 12,
                draggable: false,
                layoutIterations: 48,
                nodeAlign: "left",
                label: {
                    color: colours.ink,
                    fontSize: small ? 10.5 : 12,
                    textBorderColor: colours.paper,
                    textBorderWidth: 3,
                },
                lineStyle: { color: "source", opacity: colours.theme === "dark" ? 0.38 : 0.3, curveness: 0.5 },
                emphasis: { focus: "adjacency" },
                data: of.nodes.map(item),
                links: of.links.map((link) => ({
                    source: link.source,
                    target: link.target,
                    value: link.value,
                    tip: () =>
                        tip(`${label.get(link.source)} → ${label.get(link.target)}`, [
                            [w.shoppers, whole(link.value)],
                            [w.buyers, whole(link.bought)],
                            [w.rate, percent(link.bought / link.value)],
                        ]),
                })),
                tooltip: { formatter: (p: { data: { tip?: () => string } }) => p.data.tip?.() ?? "" },
            },
        ],
    };
}

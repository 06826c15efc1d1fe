// Where the work was done: how busy each node's people were, and where orders waited.
import type { NodeKpi, RunRecord, TimeStats } from "../../../generated/record";
import { chart, tooltip } from "../../ui/chart";
import { h, type Child } from "../../ui/dom";
import type { Option } from "../../ui/echarts";
import { both, fill } from "../../ui/language";
import type { Look } from "../../ui/look";
import { decimal, percent, span, whole } from "../../ui/numbers";
import { table } from "../../ui/table";
import { longestBreak, picksText } from "../hours";
import { utilisation } from "../nodes";
import { axisWords } from "../../ui/axes";

const words = both(
    {
        busy: "How busy each node was",
        says: "Of paid time, at work. The {n} busiest of {all} nodes; a node at its limit makes whatever comes to it wait.",
        saysAll: "Of paid time, at work. A node at its limit makes whatever comes to it wait.",
        node: "node",
        share: "busy",
        busyH: "busy, h",
        staffed: "staffed, h",
        over: "overtime, h",
        overtime: "overtime {h} h",
        waits: "Waits at the stations",
        waitsSay:
            "p90 of the wait before each station, at the {n} nodes that handled the most; the fuller the colour, the longer.",
        waitsAll: "p90 of the wait before each station; the fuller the colour, the longer.",
        nights: "An order that comes when nobody picks waits for the next shift, and that wait is counted here too.",
        handled: "handled",
        hours: "picks from, to",
        pick: "picking",
        pack: "packing",
        dispatch: "dispatch",
        dock: "the carrier",
        serve: "being served",
        inspect: "inspection",
        through: "through it all",
    },
    {
        busy: "Obciążenie węzłów",
        says: "Udział czasu pracy w czasie opłaconym, {n} najbardziej obciążonych węzłów z {all}; w węźle przeciążonym wszystko czeka.",
        saysAll: "Udział czasu pracy w czasie opłaconym; w węźle przeciążonym wszystko czeka.",
        node: "węzeł",
        share: "obciążenie",
        busyH: "praca, godz.",
        staffed: "zmiany, godz.",
        over: "nadgodziny",
        overtime: "nadgodziny {h} h",
        waits: "Czekanie przed stanowiskami",
        waitsSay:
            "p90 czekania przed każdym stanowiskiem w {n} węzłach, które obsłużyły najwięcej; im mocniejszy kolor, tym dłużej.",
        waitsAll: "p90 czekania przed każdym stanowiskiem; im mocniejszy kolor, tym dłużej.",
        nights: "Zamówienie, które przychodzi, gdy nikt nie kompletuje, czeka do następnej zmiany, i to czekanie też jest tu liczone.",
        handled: "obsłużono",
        hours: "kompletuje od–do",
        pick: "kompletacja",
        pack: "pakowanie",
        dispatch: "wysyłka",
        dock: "przewoźnik",
        serve: "obsługa",
        inspect: "kontrola zwrotu",
        through: "całość",
    },
);

const mostBars = 16,
    mostRows = 14;

function busyOption(nodes: readonly NodeKpi[], look: Look, width: number): Option {
    const small = width < 460,
        left = small ? 118 : 150;
    return {
        grid: { left, right: small ? 60 : 150, top: 4, bottom: 22, outerBoundsMode: "none" },
        tooltip: { trigger: "item", ...tooltip(look), valueFormatter: percent },
        xAxis: {
            type: "value",
            min: 0,
            max: Math.max(1, ...nodes.map(utilisation)),
            axisLabel: {
                color: look.soft,
                hideOverlap: true,
                formatter: (value: number) => `${Math.round(value * 100)} %`,
            },
            splitLine: { lineStyle: { color: look.grid } },
        },
        yAxis: {
            type: "category",
            inverse: true,
            data: nodes.map((node) => node.name),
            axisLine: { show: false },
            axisTick: { show: false },
            axisLabel: { color: look.ink, fontSize: 12, width: left - 12, overflow: "truncate" },
        },
        series: [
            {
                type: "bar",
                barWidth: 12,
                data: nodes.map((node) => ({
                    value: utilisation(node),
                    itemStyle: { color: utilisation(node) >= 0.9 ? look.bad : look.calm },
                })),
                label: {
                    show: true,
                    position: "right",
                    color: look.ink,
                    fontSize: 11.5,
                    formatter: ({ dataIndex }: { dataIndex: number }) => {
                        const node = nodes[dataIndex]!,
                            text = percent(utilisation(node));
                        return node.overtime_s >= 360 && !small
                            ? `${text}, ${fill(words().overtime, { h: decimal(node.overtime_s / 3600, 1) })}`
                            : text;
                    },
                },
            },
        ],
    };
}

export function busyChart(record: RunRecord): Child {
    const w = words(),
        all = record.nodes.filter((node) => utilisation(node) > 0).sort((a, b) => utilisation(b) - utilisation(a));
    if (all.length === 0) return null;
    const shown = all.slice(0, mostBars),
        hours = (seconds: number) => decimal(seconds / 3600, 1);
    return chart({
        id: "busy",
        axes: { x: axisWords().busy, y: axisWords().node },
        title: w.busy,
        says: shown.length < all.length ? fill(w.says, { n: whole(shown.length), all: whole(all.length) }) : w.saysAll,
        height: 30 + 21 * shown.length,
        describes: `${w.busy}: ${shown
            .slice(0, 5)
            .map((node) => `${node.name} ${percent(utilisation(node))}`)
            .join(", ")}`,
        option: (look, width) => busyOption(shown, look, width),
        table: () => ({
            caption: w.busy,
            columns: [
                { title: w.node, kind: "text" },
                { title: w.share },
                { title: w.busyH },
                { title: w.staffed },
                { title: w.over },
            ],
            rows: all.map((node) => [
                node.name,
                percent(utilisation(node)),
                hours(node.busy_s),
                hours(node.staffed_s),
                hours(node.overtime_s),
            ]),
        }),
    });
}

const stations = (w: ReturnType<typeof words>): { title: string; of: (node: NodeKpi) => TimeStats }[] => [
    { title: w.pick, of: (node) => node.pick_wait_s },
    { title: w.pack, of: (node) => node.pack_wait_s },
    { title: w.dispatch, of: (node) => node.dispatch_wait_s },
    { title: w.dock, of: (node) => node.dock_wait_s },
    { title: w.serve, of: (node) => node.serve_wait_s },
    { title: w.inspect, of: (node) => node.inspect_wait_s },
    { title: w.through, of: (node) => node.sojourn_s },
];

// Log scale: a wait of seconds beside one of hours would else be white.
function heat(seconds: number, longest: number): Child {
    if (seconds < 1) return span(seconds);
    const share = Math.log(seconds) / Math.log(Math.max(longest, 2));
    return h("span", { class: "wait-heat", style: `--s:${Math.round(share * 100)}%` }, span(seconds));
}

export function waitTable(record: RunRecord): Child {
    const w = words(),
        all = record.nodes.filter((node) => node.orders > 0).sort((a, b) => b.orders - a.orders),
        nodes = all.slice(0, mostRows);
    const shown = stations(w).filter(({ of }) => nodes.some((node) => of(node).count > 0 && of(node).p90 > 0));
    if (nodes.length === 0 || shown.length === 0) return null;
    const longest = Math.max(...shown.flatMap(({ of }) => nodes.map((node) => of(node).p90)));
    const hours = nodes.some((node) => picksText(node)),
        nights = nodes.some((node) => longestBreak([node], () => 1) > 0);
    return h(
        "div",
        { class: "chart" },
        h("h3", {}, w.waits),
        h(
            "p",
            { class: "note" },
            nodes.length < all.length ? fill(w.waitsSay, { n: whole(nodes.length) }) : w.waitsAll,
            nights ? ` ${w.nights}` : "",
        ),
        table({
            caption: w.waits,
            columns: [
                { title: w.node, kind: "text" },
                { title: w.handled },
                ...(hours ? [{ title: w.hours }] : []),
                ...shown.map(({ title }) => ({ title })),
            ],
            rows: nodes.map((node) => [
                node.name,
                whole(node.orders),
                ...(hours ? [picksText(node) || "–"] : []),
                ...shown.map(({ of }): Child => (of(node).count > 0 ? heat(of(node).p90, longest) : "–")),
            ]),
        }),
    );
}

// What an order costs in each channel, term by term.
import type { Kpi, RunRecord } from "../../../generated/record";
import { chart, narrow, tooltip } from "../../ui/chart";
import type { Child } from "../../ui/dom";
import type { Option } from "../../ui/echarts";
import { both, fill } from "../../ui/language";
import { inkOn, type Look } from "../../ui/look";
import { decimal, whole } from "../../ui/numbers";
import { costOf, costPerOrder, dearest, termName } from "./terms";
import { axisWords } from "../../ui/axes";

const words = both(
    {
        byChannel: "Cost per order, by channel",
        channelSays:
            "Of orders alone: labour, overtime and holding are nobody's order and stand in the run's bar only.",
        each: "per order",
        channel: "channel",
        orders: "orders",
        rest: "the rest",
        run: "all orders",
    },
    {
        byChannel: "Koszt zamówienia według kanałów",
        channelSays:
            "Tylko koszty zamówień: praca, nadgodziny i utrzymanie zapasu nie należą do żadnego zamówienia i widać je tylko na słupku „razem”.",
        each: "na zamówienie",
        channel: "kanał",
        orders: "zamówienia",
        rest: "pozostałe",
        run: "razem",
    },
);

const colours = 7; // terms with a colour of their own, before the rest

interface Row {
    name: string;
    kpi: Kpi;
}
const rowsOf = (record: RunRecord): Row[] => [
    { name: words().run, kpi: record.kpi },
    ...record.channels.filter(({ kpi }) => kpi.orders_accepted > 0).map(({ name, kpi }) => ({ name, kpi })),
];

interface Part {
    name: string;
    of: (kpi: Kpi) => number; // minor units
}
function partsOf(record: RunRecord): Part[] {
    const terms = dearest(record.kpi.cost_terms),
        own = terms.length <= colours + 1 ? terms : terms.slice(0, colours);
    const parts = own.map(({ term }): Part => ({ name: termName(term), of: (kpi) => costOf(kpi.cost_terms, term) }));
    if (own.length === terms.length) return parts;
    return [
        ...parts,
        {
            name: words().rest,
            of: (kpi) => kpi.total_cost - own.reduce((sum, { term }) => sum + costOf(kpi.cost_terms, term), 0),
        },
    ];
}

// Rows of names under the bars, by an estimate of their width.
function legendHeight(parts: readonly Part[], width: number): number {
    const px = parts.reduce((sum, { name }) => sum + name.length * 7.4 + 32, 0);
    return 6 + 26 * Math.ceil(px / Math.max(width - 16, 100));
}

function option(rows: readonly Row[], parts: readonly Part[], currency: string, look: Look, width: number): Option {
    const small = width < narrow,
        left = small ? 96 : 120;
    const most = Math.max(...rows.map(({ kpi }) => costPerOrder(kpi, kpi.total_cost)));
    const text = (value: number) => `${decimal(value)} ${currency}`;
    const series = parts.map((part, i) => ({
        name: part.name,
        type: "bar",
        stack: "cost",
        barWidth: 18,
        itemStyle: { color: look.series[i % look.series.length], borderColor: look.paper, borderWidth: 0.5 },
        data: rows.map(({ kpi }) => costPerOrder(kpi, part.of(kpi))),
        label: {
            show: !small,
            color: inkOn(look.series[i % look.series.length]!),
            fontSize: 11,
            formatter: ({ value }: { value: number }) => (value > most * 0.09 ? decimal(value) : ""),
        },
    }));
    const total = {
        name: "total",
        type: "bar",
        stack: "cost",
        silent: true,
        data: rows.map(() => 0),
        tooltip: { show: false },
        label: {
            show: true,
            position: "right",
            color: look.ink,
            fontSize: 12,
            fontWeight: 650,
            formatter: ({ dataIndex }: { dataIndex: number }) =>
                text(costPerOrder(rows[dataIndex]!.kpi, rows[dataIndex]!.kpi.total_cost)),
        },
    };
    return {
        grid: { left, right: 90, top: 4, bottom: 24 + legendHeight(parts, width), outerBoundsMode: "none" },
        legend: {
            data: parts.map(({ name }) => name),
            left: 0,
            bottom: 0,
            selectedMode: false,
            icon: "roundRect",
            itemWidth: 12,
            itemHeight: 12,
            itemGap: 14,
            padding: [0, 0, 5, 0], // letters hang below the row of marks
            textStyle: { color: look.soft, fontSize: 12.5 },
        },
        tooltip: { trigger: "item", ...tooltip(look), valueFormatter: text },
        xAxis: {
            type: "value",
            axisLabel: { color: look.soft, hideOverlap: true },
            splitLine: { lineStyle: { color: look.grid } },
        },
        yAxis: {
            type: "category",
            inverse: true,
            data: rows.map(({ name }) => name),
            axisLine: { show: false },
            axisTick: { show: false },
            axisLabel: { color: look.ink, fontSize: 12.5, width: left - 12, overflow: "truncate" },
        },
        series: [...series, total],
    };
}

export function byChannel(record: RunRecord): Child {
    const w = words(),
        rows = rowsOf(record),
        parts = partsOf(record),
        currency = record.identity.currency;
    return chart({
        id: "cost-channels",
        axes: { x: fill(axisWords().perOrder, { currency }), y: axisWords().channel },
        title: w.byChannel,
        says: w.channelSays,
        height: (width) => 40 + 30 * rows.length + legendHeight(parts, width),
        describes: `${w.byChannel}: ${rows.map(({ name, kpi }) => `${name} ${decimal(costPerOrder(kpi, kpi.total_cost))} ${currency}`).join(", ")}`,
        option: (look, width) => option(rows, parts, currency, look, width),
        table: () => ({
            caption: w.byChannel,
            columns: [
                { title: w.channel, kind: "text" },
                { title: w.orders },
                { title: w.each },
                ...parts.map(({ name }) => ({ title: name })),
            ],
            rows: rows.map(({ name, kpi }) => [
                name,
                whole(kpi.orders_accepted),
                decimal(costPerOrder(kpi, kpi.total_cost)),
                ...parts.map((part) => decimal(costPerOrder(kpi, part.of(kpi)))),
            ]),
        }),
    });
}

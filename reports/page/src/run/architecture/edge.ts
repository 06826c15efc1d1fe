// One edge of the design: its figures, and its lag over the day.
import type { EdgeKpi, RunRecord } from "../../../generated/record";
import { join, tooltip, type Chart } from "../../ui/chart";
import { figure } from "../../ui/dom";
import type { Option } from "../../ui/echarts";
import { fill } from "../../ui/language";
import type { Look } from "../../ui/look";
import { brief, clock, span, whole } from "../../ui/numbers";
import { card, cards } from "../../ui/section";
import { kindMeaning, kindName, words } from "./words";
import { axisWords } from "../../ui/axes";
import { clockLabels, spanAxis } from "../../ui/time_ticks";

export function edgeFigures(record: RunRecord, index: number): HTMLElement {
    const w = words(),
        edge = record.edges[index]!;
    const number = (name: keyof EdgeKpi) =>
        figure(`edges.${index}.${name}`, edge[name] as number, whole(edge[name] as number));
    const lag = (name: "p50" | "p90" | "p99" | "max") =>
        figure(`edges.${index}.lag_s.${name}`, edge.lag_s[name], span(edge.lag_s[name]));
    const bad = (n: number) => (n > 0 ? "bad" : "");
    return cards(
        card(
            w.messages,
            number("messages"),
            fill(w.messagesNote, { kind: kindName(edge.kind), says: kindMeaning(edge.kind) }),
        ),
        card(w.p50, lag("p50"), w.lagNote),
        card(w.p99, lag("p99"), w.p99Note),
        card(w.lostTitle, number("lost"), w.lostNote, bad(edge.lost)),
        card(w.deadTitle, number("dead_letters"), w.deadNote, bad(edge.dead_letters)),
        card(w.overwrittenTitle, number("overwritten_units"), w.overNote, bad(edge.overwritten_units)),
        card(w.queue, number("queue_peak"), w.queueNote),
    );
}

// -1 says that nothing was applied in the step. Where most steps are so, those that are not are points on a thin line.
const known = (values: number[]): (number | null)[] => values.map((value) => (value < 0 ? null : value));
const sparse = (values: number[]): boolean => values.filter((value) => value >= 0).length < values.length / 3;

function lineOf(name: string, values: number[], colour: string, width: number): Record<string, unknown> {
    const few = sparse(values);
    return {
        name,
        type: "line",
        symbol: few ? "circle" : "none",
        symbolSize: 3.5,
        showAllSymbol: true,
        connectNulls: few,
        data: known(values),
        lineStyle: { width: few ? 0.8 : width, color: colour },
        itemStyle: { color: colour },
    };
}

function faultBands(record: RunRecord, colours: Look): unknown[] {
    const start = record.identity.start_of_day_s,
        step = record.series.step_s;
    const last = record.series.orders.length - 1; // a fault may last longer than the shoppers come
    const at = (s: number) => clock(start + Math.min(Math.floor(s / step), last) * step);
    return record.faults.flatMap((fault) =>
        fault.from_s.map((from, i) => [
            { name: fault.name, xAxis: at(from), itemStyle: { color: colours.bad, opacity: 0.12 } },
            { xAxis: at(fault.until_s[i] ?? from) },
        ]),
    );
}

function option(record: RunRecord, index: number, colours: Look, width: number): Option {
    const w = words(),
        edge = record.edges[index]!,
        s = record.series;
    const lag = s.edge_lag.find((one) => one.edge === edge.name);
    const times = (lag?.mean_lag_s ?? []).map((_, i) => clock(record.identity.start_of_day_s + i * s.step_s));
    const labelled = clockLabels(
        { start_of_day_s: record.identity.start_of_day_s, step_s: s.step_s, count: times.length },
        width - 68,
    );
    const line = {
        axisLine: { lineStyle: { color: colours.rule } },
        axisLabel: { color: colours.soft },
        splitLine: { lineStyle: { color: colours.grid } },
    };
    return {
        tooltip: {
            trigger: "axis",
            ...tooltip(colours),
            valueFormatter: (value: unknown) => span(typeof value === "number" ? value : null),
        },
        legend: { top: 0, right: 8, textStyle: { color: colours.soft }, itemWidth: 18 },
        grid: { left: 56, right: 12, top: 28, bottom: 26 },
        xAxis: {
            type: "category",
            data: times,
            boundaryGap: false,
            ...line,
            axisTick: labelled,
            axisLabel: { color: colours.soft, ...labelled },
        },
        yAxis: {
            type: "value",
            ...line,
            ...spanAxis(Math.max(0, ...(lag?.max_lag_s ?? []))),
            axisLabel: { color: colours.soft, formatter: (value: number) => brief(value) },
        },
        series: [
            {
                ...lineOf(w.most, lag?.max_lag_s ?? [], colours.series[1]!, 1),
                markArea: {
                    silent: true,
                    label: { color: colours.soft, fontSize: 11, position: "insideTopLeft" },
                    data: faultBands(record, colours),
                },
            },
            lineOf(w.mean, lag?.mean_lag_s ?? [], colours.series[0]!, 1.6),
        ],
    };
}

export const hasLag = (record: RunRecord, index: number): boolean =>
    record.series.edge_lag.some(
        (one) => one.edge === record.edges[index]!.name && one.mean_lag_s.some((lag) => lag >= 0),
    );

export function describeLag(record: RunRecord, index: number): string {
    const w = words(),
        { name, lag_s: lag } = record.edges[index]!;
    return `${fill(w.over, { edge: name })}: p50 ${span(lag.p50)}, p99 ${span(lag.p99)}, ${w.max} ${span(lag.max)}`;
}

// Of the edge that `chosen` names when it is drawn.
export function lagChart(record: RunRecord, chosen: () => number): Chart {
    const w = words(),
        name = () => record.edges[chosen()]!.name;
    return {
        id: "edge-lag",
        axes: { x: axisWords().localTime, y: axisWords().lag },
        title: fill(w.over, { edge: name() }),
        height: 190,
        describes: describeLag(record, chosen()),
        option: (colours, width) => option(record, chosen(), colours, width),
        ready: join("day"),
        table: () => {
            const lag = record.series.edge_lag.find((one) => one.edge === name());
            const at = (i: number) => clock(record.identity.start_of_day_s + i * record.series.step_s);
            return {
                caption: fill(w.over, { edge: name() }),
                columns: [{ title: w.time, kind: "text" }, { title: w.mean }, { title: w.most }],
                rows: (lag?.mean_lag_s ?? []).flatMap((mean, i) =>
                    mean < 0 ? [] : [[at(i), span(mean), span(lag?.max_lag_s[i] ?? null)]],
                ),
            };
        },
    };
}

// How long orders took, by method: a histogram each, with the quantiles that the KPIs have.
import type { RunRecord, TimeDistribution, TimeStats } from "../../../generated/record";
import { chart, tooltip } from "../../ui/chart";
import { h, type Child } from "../../ui/dom";
import type { Option } from "../../ui/echarts";
import { both, fill } from "../../ui/language";
import type { Look } from "../../ui/look";
import { percent, span, whole } from "../../ui/numbers";
import { longestBreak } from "../hours";
import { methodName, methodsOf } from "./methods";
import { axisWords } from "../../ui/axes";
import { textWidth } from "../../ui/text_width";
import { roundUp } from "../../ui/time_ticks";

const words = both(
    {
        ready: "From order to ready: {name}",
        door: "From order to customer: {name}",
        says: "{half} have it after {p50}, nine in ten after {p90}.",
        says95: "{half} have it after {p50}, nine in ten after {p90}, 95 in 100 after {p95}.",
        half: "Half",
        nights: "Where most of them are picked nobody picks for {span} of a day: what is ordered then waits for the morning, however fast the people are.",
        night: "one night",
        orders: "orders",
        from: "from",
        until: "until",
        later: "{n} took longer than is drawn, the longest {max}.",
        none: "This record holds no distributions of times; their quantiles are in the table behind the promises above.",
    },
    {
        ready: "Od zamówienia do gotowości: {name}",
        door: "Od zamówienia do klienta: {name}",
        says: "{half} ma towar w ciągu {p50}, dziewięciu na dziesięciu w ciągu {p90}.",
        says95: "{half} ma towar w ciągu {p50}, dziewięciu na dziesięciu w ciągu {p90}, 95 na 100 w ciągu {p95}.",
        half: "Połowa klientów",
        nights: "Tam, gdzie kompletuje się większość z nich, przez {span} na dobę nikt nie pracuje: zamówienia z tych godzin czekają do rana, choćby ludzie byli najszybsi.",
        night: "jedna noc",
        orders: "zamówienia",
        from: "od",
        until: "do",
        later: "{n} trwało dłużej, niż narysowano; najdłużej {max}.",
        none: "Ten zapis nie zawiera rozkładów czasu; kwantyle są w tabeli przy obietnicach powyżej.",
    },
);

export interface Histogram {
    bin_s: number;
    counts: number[];
    beyond: number; // orders that took longer than the last bin
}

// The width that all buckets of the record have, but for the last one, which takes whatever is beyond them; 0: they have several.
function ownWidth(of: TimeDistribution): number {
    const width = of.upper_s[0] ?? 0;
    return of.upper_s.length > 2 &&
        of.upper_s.slice(0, -1).every((until, i) => Math.abs(until - width * (i + 1)) < 1e-6 * until)
        ? width
        : 0;
}

// Bins of equal, round width up to a little over the p99: as wide as some buckets of the record together, or else a bucket that lies in
// two of them is shared by its width.
export function histogram(of: TimeDistribution, p99: number): Histogram {
    const longest = of.upper_s.at(-1) ?? 0,
        reach = Math.min(longest, p99 * 1.2),
        own = ownWidth(of),
        round = roundUp(reach / 72),
        bin = own > 0 ? Math.max(1, Math.ceil(round / own - 1e-9)) * own : round;
    const counts = new Array<number>(Math.max(1, Math.ceil(reach / bin))).fill(0);
    let beyond = 0,
        from = 0;
    of.upper_s.forEach((until, i) => {
        const count = of.count[i] ?? 0,
            width = until - from;
        if (own > 0 && width > 1.5 * own) beyond += count;
        else if (count > 0)
            for (let at = Math.floor(from / bin); at * bin < until || width === 0; at++) {
                const part = width > 0 ? (Math.min(until, (at + 1) * bin) - Math.max(from, at * bin)) / width : 1;
                if (at < counts.length) counts[at] = counts[at]! + count * part;
                else beyond += count * part;
                if (width === 0) break;
            }
        from = until;
    });
    return { bin_s: bin, counts, beyond: Math.round(beyond) };
}

const sides = { left: 52, right: 26 }; // px beside the plot

// Records of older versions have none.
const p95Of = (stats: TimeStats): number | null => stats.p95 ?? null;

// `night_s`: how long nobody picks; 0: not drawn.
function quantileLines(stats: TimeStats, end: number, night_s: number, look: Look, width: number): object {
    const side = (at: number) => (at < end * 0.15 ? "left" : at > end * 0.85 ? "right" : "center");
    // A name that would run into one before it stands a row higher.
    const taken: number[] = []; // where the last name of each row ends, px
    const line = (name: string, of: number) => {
        const align = side(of),
            text = `${name} ${span(of)}`,
            long = textWidth(text, 11.5) + 8,
            at = (of / end) * (width - sides.left - sides.right),
            from = at - (align === "left" ? 0 : align === "right" ? long : long / 2);
        let row = 0;
        while (row < taken.length && taken[row]! > from) ++row;
        taken[row] = from + long;
        return {
            xAxis: of,
            label: {
                align,
                formatter: text,
                position: "end",
                distance: [0, 2 + 13 * row],
                color: look.ink,
                fontSize: 11.5,
            },
        };
    };
    const night = {
        xAxis: night_s,
        lineStyle: { color: look.soft, type: "dotted", width: 1.5 },
        label: { formatter: words().night, position: "insideEndTop", color: look.soft, fontSize: 11.5 },
    };
    const p95 = p95Of(stats);
    return {
        silent: true,
        symbol: "none",
        lineStyle: { color: look.ink, type: [4, 3], width: 1 },
        data: [
            line("p50", stats.p50),
            line("p90", stats.p90),
            ...(p95 === null ? [] : [line("p95", p95)]),
            line("p99", stats.p99),
            ...(night_s > 0 && night_s < end ? [night] : []),
        ],
    };
}

function option(of: Histogram, stats: TimeStats, night_s: number, look: Look, width: number): Option {
    const end = of.counts.length * of.bin_s,
        tick = roundUp(end / 5);
    const ticks = Array.from({ length: Math.floor(end / tick) + 1 }, (_, i) => i * tick);
    const data = [...of.counts.map((count, i) => [i * of.bin_s, count]), [end, of.counts.at(-1) ?? 0]];
    return {
        grid: { ...sides, top: 59, bottom: 24, outerBoundsMode: "none" },
        tooltip: {
            trigger: "axis",
            ...tooltip(look),
            formatter: ([first]: { axisValue: number }[]) => {
                const at = Math.min(Math.floor(first!.axisValue / of.bin_s), of.counts.length - 1);
                return h("span", {}, `${span(at * of.bin_s)} – ${span((at + 1) * of.bin_s)}: ${whole(of.counts[at]!)}`);
            },
        },
        xAxis: {
            type: "value",
            min: 0,
            max: end,
            axisLine: { lineStyle: { color: look.rule } },
            axisTick: { customValues: ticks, lineStyle: { color: look.rule } },
            splitLine: { show: false },
            axisLabel: { customValues: ticks, color: look.soft, fontSize: 11.5, formatter: span, hideOverlap: true },
            axisPointer: { label: { show: false } },
        },
        yAxis: {
            type: "value",
            splitNumber: 3,
            axisLabel: { color: look.soft, fontSize: 11 },
            splitLine: { lineStyle: { color: look.grid } },
        },
        series: [
            {
                type: "line",
                step: "end",
                symbol: "none",
                data,
                lineStyle: { color: look.calm, width: 1.5 },
                areaStyle: { color: look.calm, opacity: 0.28 },
                silent: true,
                markLine: quantileLines(stats, end, night_s, look, width),
            },
        ],
    };
}

function one(record: RunRecord, of: TimeDistribution): Child {
    const w = words(),
        method = methodsOf(record.kpi).find(({ id }) => id === of.method),
        stats = method?.kpi.time_s;
    if (!stats || stats.count === 0) return null;
    const made = histogram(of, stats.p99),
        p95 = p95Of(stats),
        name = methodName(of.method);
    const ready = ["pickup", "reserve_in_store"].includes(of.method),
        night_s = ready ? longestBreak(record.nodes, (node) => node.units_handed_over) : 0;
    const title = fill(ready ? w.ready : w.door, { name });
    const says =
        fill(p95 === null ? w.says : w.says95, {
            half: w.half,
            p50: span(stats.p50),
            p90: span(stats.p90),
            p95: span(p95 ?? 0),
        }) +
        (night_s > 0 ? ` ${fill(w.nights, { span: span(night_s) })}` : "") +
        (made.beyond > 0 ? ` ${fill(w.later, { n: whole(made.beyond), max: span(stats.max) })}` : "");
    return chart({
        id: `times-${of.method}`,
        axes: { x: axisWords().wait, y: w.orders },
        title,
        says,
        height: 233,
        describes: `${title}: p50 ${span(stats.p50)}, p90 ${span(stats.p90)}${p95 === null ? "" : `, p95 ${span(p95)}`}, p99 ${span(stats.p99)}`,
        option: (look, width) => option(made, stats, night_s, look, width),
        table: () => ({
            caption: title,
            columns: [{ title: w.from }, { title: w.until }, { title: w.orders }, { title: "%" }],
            rows: made.counts.map((count, i) => [
                span(i * made.bin_s),
                span((i + 1) * made.bin_s),
                whole(count),
                percent(count / stats.count),
            ]),
        }),
    });
}

export function timeCharts(record: RunRecord): Child {
    const charts = (record.times ?? []).map((of) => one(record, of)).filter(Boolean);
    if (charts.length > 0) return h("div", { class: "grid-2" }, charts);
    return methodsOf(record.kpi).length > 0 ? h("p", { class: "note" }, words().none) : null;
}

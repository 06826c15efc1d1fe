// The three latency histograms on one logarithmic axis, each with its quantiles marked.
import type { LatencyHistogram, LoadReport } from "../../../generated/record";
import { chart } from "../../ui/chart";
import type { Option } from "../../ui/echarts";
import { both } from "../../ui/language";
import type { Look } from "../../ui/look";
import { percent, span, whole } from "../../ui/numbers";
import { latency, powerOfTen, quantile, timesOf, type Time } from "./latency";
import { axisWords } from "../../ui/axes";

const words = both(
    {
        title: "How long it took",
        says: "Logarithmic: each step to the right is ten times as long. A response far to the right of its service waited before it could be sent.",
        from: "from",
        until: "until",
        largest: "max",
    },
    {
        title: "Ile to trwało",
        says: "Skala logarytmiczna: każda działka w prawo to czas dziesięć razy dłuższy. Odpowiedź daleko na prawo od obsługi czekała, zanim mogła zostać wysłana.",
        from: "od",
        until: "do",
        largest: "maks.",
    },
);

const perDecade = 12;
const panelHeight = 84,
    panelGap = 84,
    top = 68; // px

// Operations by bins of a twelfth of a decade: position of the bin's left edge (log10 of seconds) and count.
export function bins(of: LatencyHistogram, first: number, last: number): number[] {
    const counts = new Array<number>(last - first + 1).fill(0);
    of.value_ns.forEach((ns, i) => {
        counts[binOf(ns / 1e9) - first] += of.count[i];
    });
    return counts;
}
const binOf = (seconds: number): number => Math.floor(Math.log10(Math.max(seconds, 1e-9)) * perDecade + 1e-9);

function extent(times: Time[]): [number, number] {
    const all = times.flatMap(({ histogram }) => histogram.value_ns.map((ns) => binOf(ns / 1e9)));
    const first = all.reduce((least, bin) => Math.min(least, bin), Infinity),
        last = all.reduce((most, bin) => Math.max(most, bin), -Infinity);
    // Whole decades, so that the axis begins and ends at a round value.
    return [Math.floor(first / perDecade) * perDecade, Math.ceil((last + 1) / perDecade) * perDecade - 1];
}

const marked: [string, number][] = [
    ["p50", 0.5],
    ["p90", 0.9],
    ["p99", 0.99],
    ["p99.9", 0.999],
    ["max", 1],
];

// Labels of marks that stand close together take turns in height.
function marks(of: LatencyHistogram, first: number, last: number, colours: Look): object[] {
    const room = (last + 1 - first) * 0.065;
    const ends: number[] = [];
    return marked.map(([name, q]) => {
        const at = Math.log10(Math.max(quantile(of, q) ?? 0, 1e-9)) * perDecade;
        let row = 0;
        while (row < ends.length && ends[row] > at) ++row;
        ends[row] = at + room;
        return {
            xAxis: at,
            name: q === 1 ? words().largest : name,
            label: {
                formatter: q === 1 ? words().largest : name,
                position: "end",
                distance: 2 + row * 12,
                color: colours.ink,
                fontSize: 11,
            },
        };
    });
}

function option(times: Time[], colours: Look): Option {
    const [first, last] = extent(times);
    const decade = (position: number) => powerOfTen(10 ** (position / perDecade));
    const line = {
        axisLine: { lineStyle: { color: colours.rule } },
        axisTick: { show: false },
        splitLine: { lineStyle: { color: colours.grid } },
    };
    const y = (i: number) => top + i * (panelHeight + panelGap);
    return {
        title: times.map((time, i) => ({
            text: time.name,
            left: 0,
            padding: 0,
            top: y(i) - 60,
            textStyle: { fontSize: 12.5, fontWeight: 600, color: colours.ink },
        })),
        grid: times.map((_, i) => ({ outerBoundsMode: "none", left: 48, right: 20, top: y(i), height: panelHeight })),
        xAxis: times.map((_, i) => ({
            type: "value",
            gridIndex: i,
            min: first,
            max: last + 1,
            interval: perDecade,
            ...line,
            axisLabel: { formatter: decade, color: colours.soft, fontSize: 11, hideOverlap: true },
        })),
        yAxis: times.map((_, i) => ({
            type: "value",
            gridIndex: i,
            min: 0,
            splitNumber: 2,
            ...line,
            axisLabel: { formatter: whole, color: colours.soft, fontSize: 11 },
        })),
        series: times.map(({ name, histogram }, i) => ({
            name,
            type: "line",
            step: "end",
            symbol: "none",
            xAxisIndex: i,
            yAxisIndex: i,
            silent: true,
            lineStyle: { width: 1, color: colours.series[i] },
            itemStyle: { color: colours.series[i] },
            areaStyle: { opacity: 0.55, color: colours.series[i] },
            data: [...bins(histogram, first, last), 0].map((count, bin) => [first + bin, count]),
            markLine: {
                silent: true,
                symbol: "none",
                lineStyle: { color: colours.ink, type: "dashed", width: 1 },
                data: histogram.total > 0 ? marks(histogram, first, last, colours) : [],
            },
        })),
    };
}

export function histograms(load: LoadReport): HTMLElement | null {
    const times = timesOf(load);
    if (times.every(({ histogram }) => histogram.total === 0)) return null;
    const w = words(),
        [first, last] = extent(times);
    const counted = times.map(({ histogram }) => bins(histogram, first, last));
    const share = (i: number, bin: number) =>
        times[i].histogram.total > 0 ? ` (${percent(counted[i][bin] / times[i].histogram.total)})` : "";
    return chart({
        id: "live-histograms",
        axes: { x: axisWords().answerTime, y: axisWords().counted },
        title: w.title,
        says: w.says,
        height: top + 3 * panelHeight + 2 * panelGap + 28,
        describes: `${w.title}: ${times.map(({ name, histogram }) => `${name} p50 ${latency(quantile(histogram, 0.5))}, p99 ${latency(quantile(histogram, 0.99))}`).join("; ")}`,
        option: (colours) => option(times, colours),
        table: () => ({
            caption: w.title,
            columns: [
                { title: w.from, kind: "text" },
                { title: w.until, kind: "text" },
                ...times.map(({ name }) => ({ title: name })),
            ],
            rows: counted[0]
                .map((_, bin) => bin)
                .filter((bin) => counted.some((counts) => counts[bin] > 0))
                .map((bin) => [
                    span(10 ** ((first + bin) / perDecade)),
                    span(10 ** ((first + bin + 1) / perDecade)),
                    ...counted.map((counts, i) => whole(counts[bin]) + share(i, bin)),
                ]),
        }),
    });
}

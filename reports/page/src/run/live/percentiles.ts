// Latency by percentile: where each further nine takes as much room as the last, the tail can be seen.
import type { LoadReport } from "../../../generated/record";
import { chart, tooltip } from "../../ui/chart";
import type { Option } from "../../ui/echarts";
import { both } from "../../ui/language";
import type { Look } from "../../ui/look";
import { none, span } from "../../ui/numbers";
import { latency, powerOfTen, quantile, timesOf, type Time } from "./latency";
import { axisWords } from "../../ui/axes";

const words = both(
    {
        title: "Latency by percentile",
        says: "How many nines of all operations were as fast: flat is good, and where a line turns up, somebody waited.",
        share: "of operations",
        time: "at most",
    },
    {
        title: "Opóźnienie według percentyla",
        says: "Ile dziewiątek wszystkich operacji było tak szybkich: płasko znaczy dobrze, a gdzie linia skręca w górę, tam ktoś czekał.",
        share: "operacji",
        time: "najwyżej",
    },
);

const perNine = 20; // points of a line
const shareAt = (nines: number): number => 1 - 10 ** -nines;
// 0 %, 90 %, 99 %, 99.9 %
const label = (nines: number): string => {
    const digits = Math.max(0, Math.round(nines) - 2);
    return `${(shareAt(nines) * 100).toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits })} %`;
};

// As far as the sample has operations.
const points = ({ histogram }: Time): [number, number | null][] => {
    const last = histogram.total > 0 ? Math.floor(Math.log10(histogram.total) * perNine) : -1;
    return Array.from({ length: last + 1 }, (_, i) => [
        i / perNine,
        positive(quantile(histogram, shareAt(i / perNine))),
    ]);
};
const positive = (value: number | null): number | null => (value !== null && value > 0 ? value : null);

function option(times: Time[], colours: Look): Option {
    const axis = {
        axisLine: { lineStyle: { color: colours.rule } },
        axisTick: { show: false },
        splitLine: { lineStyle: { color: colours.grid } },
    };
    const last = Math.max(...times.flatMap((time) => points(time).map(([nines]) => nines)));
    return {
        tooltip: {
            trigger: "axis",
            ...tooltip(colours),
            valueFormatter: (value: unknown) => (typeof value === "number" ? span(value) : none),
        },
        legend: { top: 0, left: 0, icon: "roundRect", itemWidth: 12, itemHeight: 8, textStyle: { color: colours.ink } },
        grid: { outerBoundsMode: "none", left: 60, right: 20, top: 36, bottom: 28 },
        xAxis: {
            type: "value",
            min: 0,
            max: last,
            interval: 1,
            ...axis,
            axisLabel: {
                showMaxLabel: Number.isInteger(last),
                formatter: label,
                color: colours.soft,
                hideOverlap: true,
            },
            axisPointer: {
                label: {
                    formatter: ({ value }: { value: unknown }) => `${(shareAt(Number(value)) * 100).toPrecision(5)} %`,
                },
            },
        },
        yAxis: { type: "log", ...axis, axisLabel: { formatter: powerOfTen, color: colours.soft } },
        series: times.map((time, i) => ({
            name: time.name,
            type: "line",
            symbol: "none",
            data: points(time),
            lineStyle: { width: 2, type: i === 2 ? "dotted" : i === 0 ? "dashed" : "solid" },
        })),
    };
}

export function percentiles(load: LoadReport): HTMLElement | null {
    const times = timesOf(load);
    if (Math.max(...times.map(({ histogram }) => histogram.total)) < 10) return null;
    const w = words();
    const told = [0, 0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999];
    return chart({
        id: "live-percentiles",
        axes: { x: axisWords().answered, y: axisWords().answerTime },
        title: w.title,
        says: w.says,
        height: 260,
        describes: `${w.title}: ${times.map(({ name, histogram }) => `${name} p99.9 ${latency(quantile(histogram, 0.999))}`).join(", ")}`,
        option: (colours) => option(times, colours),
        table: () => ({
            caption: w.title,
            columns: [{ title: w.share, kind: "text" }, ...times.map(({ name }) => ({ title: name }))],
            rows: told.map((q) => [
                `${+(q * 100).toFixed(3)} %`,
                ...times.map(({ histogram }) =>
                    (1 - q) * histogram.total >= 1 ? latency(quantile(histogram, q)) : none,
                ),
            ]),
        }),
    });
}

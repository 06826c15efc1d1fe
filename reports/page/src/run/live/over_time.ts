// Rate, latency, what is under way, refusals and unanswered attempts over the clock of the run: one axis, one zoom, faults as bands.
import type { LoadFault, LoadReport } from "../../../generated/record";
import { chart, join, narrow, tooltip } from "../../ui/chart";
import type { Option } from "../../ui/echarts";
import { both, fill } from "../../ui/language";
import type { Look } from "../../ui/look";
import { none, short, span, whole } from "../../ui/numbers";
import { powerOfTen } from "./latency";
import { axisWords } from "../../ui/axes";
import { sliderColours } from "../../ui/slider";

const words = both(
    {
        title: "Over the clock of the run",
        says: "Where sent falls behind intended, the generator or the back end could not keep up; faults are shaded. Drag on the axis below to zoom.",
        rate: "Operations per second",
        latency: "Latency, at the time of the answer",
        flight: "In flight",
        refused: "Refused per {step}",
        unanswered: "Attempts without an answer per {step}",
        intended: "intended",
        sent: "sent",
        answered: "answered",
        response: "response",
        service: "service",
        lag: "dispatch lag",
        time: "from",
        fault: "fault",
    },
    {
        title: "W czasie przebiegu",
        says: "Gdzie wysłane odstają od zamierzonych, tam nie nadążał generator albo system; awarie są zacienione. Przeciągnij po osi poniżej, aby powiększyć.",
        rate: "Operacje na sekundę",
        latency: "Opóźnienia w chwili odpowiedzi",
        flight: "W toku",
        refused: "Odmowy na {step}",
        unanswered: "Próby bez odpowiedzi na {step}",
        intended: "zamierzone",
        sent: "wysłane",
        answered: "z odpowiedzią",
        response: "odpowiedź",
        service: "obsługa",
        lag: "opóźnienie wysyłki",
        time: "od",
        fault: "awaria",
    },
);

interface Line {
    name: string;
    values: (number | null)[]; // [step]
    colour: number; // in Look.series
    type: "solid" | "dashed" | "dotted";
}
interface Panel {
    title: string;
    scale: "value" | "log";
    tell: (value: number) => string;
    lines: Line[];
}

const seconds = (ms: number): string => span(ms / 1000);
const some = (line: Line): boolean => line.values.some((value) => value !== null && value > 0);
// -1: nothing was answered then; and a logarithm has no zero.
const measured = (values: number[]): (number | null)[] => values.map((value) => (value > 0 ? value : null));

export function panelsOf(load: LoadReport): Panel[] {
    const w = words(),
        s = load.series,
        step = { step: span(s.step_s) };
    const perSecond = (counts: number[]) => counts.map((count) => count / s.step_s);
    const line = (name: string, values: (number | null)[], colour: number, type: Line["type"] = "solid"): Line => ({
        name,
        values,
        colour,
        type,
    });
    const panels: Panel[] = [
        {
            title: w.rate,
            scale: "value",
            tell: (v) => `${short(v)}/s`,
            lines: [
                line(w.intended, perSecond(s.intended), 6, "dashed"),
                line(w.sent, perSecond(s.sent), 4),
                line(w.answered, perSecond(s.answered), 0),
            ],
        },
        {
            title: w.latency,
            scale: "log",
            tell: seconds,
            lines: [
                line(`${w.response} p99`, measured(s.response_p99_ms), 1),
                line(`${w.response} p50`, measured(s.response_p50_ms), 1, "dashed"),
                line(`${w.service} p99`, measured(s.service_p99_ms), 0),
                line(`${w.service} p50`, measured(s.service_p50_ms), 0, "dashed"),
                line(`${w.lag} p99`, measured(s.lag_p99_ms), 6, "dotted"),
            ],
        },
        { title: w.flight, scale: "value", tell: whole, lines: [line(w.flight, s.in_flight, 2)] },
        {
            title: fill(w.refused, step),
            scale: "value",
            tell: whole,
            lines: [line(fill(w.refused, step), s.refused, 4)],
        },
        {
            title: fill(w.unanswered, step),
            scale: "value",
            tell: whole,
            lines: [line(fill(w.unanswered, step), s.no_answer, 1)],
        },
    ];
    return panels
        .map((panel) => ({ ...panel, lines: panel.lines.filter(some) }))
        .filter((panel) => panel.lines.length > 0);
}

// px; a latency's legend takes two lines on a phone.
const legendHeight = (panel: Panel, width: number) =>
    panel.lines.length === 1 ? 4 : panel.lines.length > 3 && width < narrow ? 44 : 24;
const plotHeight = (panel: Panel) => (panel.lines.length > 1 ? 130 : 64);

function places(panels: Panel[], faultRows: number, width: number): { title: number; plot: number }[] {
    let top = 20;
    return panels.map((panel, i) => {
        const title = top,
            plot = top + 18 + legendHeight(panel, width) + (i === 0 ? faultRows * faultRow : 0);
        top = plot + plotHeight(panel) + 34;
        return { title, plot };
    });
}
const bottomOf = (panels: Panel[], faultRows: number, width: number) =>
    places(panels, faultRows, width).at(-1)!.plot + plotHeight(panels.at(-1)!);

const faultRow = 13; // px
const endOf = (load: LoadReport): number => load.series.intended.length * load.series.step_s;
const doneOf = (load: LoadReport): LoadFault[] =>
    load.faults.filter((fault) => fault.left_out === "").sort((a, b) => a.from_s - b.from_s);

// Lines above the plot for the names of faults: one that would run into the one before stands a line higher.
function faultRowsOf(load: LoadReport): number[] {
    const ends: number[] = [];
    return doneOf(load).map((fault) => {
        let row = 0;
        while (row < ends.length && ends[row] > fault.from_s) ++row;
        ends[row] = fault.from_s + (0.03 + 0.02 * fault.name.length) * endOf(load); // at the width of a phone
        return row;
    });
}
const rowCount = (load: LoadReport): number => Math.max(0, ...faultRowsOf(load).map((row) => row + 1));

// A logarithmic axis from one power of ten to another.
function decades(panel: Panel): { min: number; max: number } {
    const values = panel.lines.flatMap((line) =>
        line.values.filter((value): value is number => value !== null && value > 0),
    );
    const least = values.reduce((a, b) => Math.min(a, b), Infinity),
        most = values.reduce((a, b) => Math.max(a, b), 0);
    return { min: 10 ** Math.floor(Math.log10(least)), max: 10 ** Math.ceil(Math.log10(most)) };
}

// A kill is an instant: half a hundredth of the axis is still seen.
function bands(load: LoadReport, colours: Look, end: number, which: "named" | "plain"): object {
    const rows = faultRowsOf(load);
    const label = (row: number) => ({
        show: which === "named",
        position: "insideTopLeft",
        offset: [-5, -17 - row * faultRow],
        color: colours.ink,
        fontSize: 11,
    });
    return {
        silent: true,
        itemStyle: { color: colours.warn, opacity: 0.16 },
        data: doneOf(load).map((fault, i) => [
            { name: `▾ ${fault.name}`, label: label(rows[i]), xAxis: Math.min(fault.from_s, end) },
            { xAxis: Math.min(Math.max(fault.until_s, fault.from_s + end / 200), end) },
        ]),
    };
}

// Of a line in steps the last point says where the last step ends.
const steps = (values: (number | null)[], step: number): object[] =>
    [...values, values.at(-1) ?? null].map((value, t) => [t * step, value]);

// A step between two without an answer has no line to either side: it is a dot.
function points(values: (number | null)[], step: number): object[] {
    const alone = (t: number) => (values[t - 1] ?? null) === null && (values[t + 1] ?? null) === null;
    return values.map((value, t) =>
        value !== null && alone(t) ? { value: [t * step, value], symbol: "circle", symbolSize: 3 } : [t * step, value],
    );
}

function option(load: LoadReport, colours: Look, width: number): Option {
    const panels = panelsOf(load),
        faultRows = rowCount(load),
        at = places(panels, faultRows, width),
        step = load.series.step_s,
        end = endOf(load);
    const all = panels.map((_, i) => i);
    const line = {
        axisLine: { lineStyle: { color: colours.rule } },
        axisTick: { show: false },
        splitLine: { lineStyle: { color: colours.grid } },
    };
    const lines = panels.flatMap((panel, i) =>
        panel.lines.map((of, n) => ({
            name: of.name,
            type: "line",
            xAxisIndex: i,
            yAxisIndex: i,
            symbol: "none",
            connectNulls: false,
            color: colours.series[of.colour],
            lineStyle: { width: 1.5, type: of.type },
            ...(panel.lines.length === 1 ? { step: "end", areaStyle: { opacity: 0.4 } } : {}),
            tooltip: { valueFormatter: (value: unknown) => (typeof value === "number" ? panel.tell(value) : none) },
            data: panel.lines.length === 1 ? steps(of.values, step) : points(of.values, step),
            ...(n === 0 ? { markArea: bands(load, colours, end, i === 0 ? "named" : "plain") } : {}),
        })),
    );
    return {
        tooltip: { trigger: "axis", ...tooltip(colours) },
        axisPointer: {
            link: [{ xAxisIndex: "all" }],
            label: {
                formatter: ({ value }: { value: unknown }) =>
                    typeof value === "number" ? short(value) : String(value),
            },
        },
        title: panels.map((panel, i) => ({
            text: panel.title,
            left: 0,
            padding: 0,
            top: at[i].title - 16,
            textStyle: { fontSize: 12.5, fontWeight: 600, color: colours.ink },
        })),
        legend: panels.map((panel, i) => ({
            show: panel.lines.length > 1,
            data: panel.lines.map(({ name }) => name),
            left: 0,
            right: 0,
            top: at[i].title + 4,
            itemGap: 14,
            itemWidth: 20,
            itemHeight: 8,
            padding: 0,
            itemStyle: { opacity: 0 },
            textStyle: { color: colours.soft, fontSize: 11.5 },
        })),
        grid: panels.map((panel, i) => ({
            outerBoundsMode: "none",
            left: 60,
            right: 16,
            top: at[i].plot,
            height: plotHeight(panel),
        })),
        xAxis: all.map((i) => ({
            type: "value",
            gridIndex: i,
            min: 0,
            max: end,
            ...line,
            splitLine: { show: false },
            axisLabel: {
                show: i === all.length - 1,
                showMaxLabel: false,
                formatter: (value: number) => span(value),
                color: colours.soft,
                hideOverlap: true,
            },
            axisPointer: { label: { formatter: ({ value }: { value: unknown }) => span(Number(value)) } },
        })),
        yAxis: panels.map((panel, i) => ({
            gridIndex: i,
            ...line,
            ...(panel.scale === "log"
                ? { type: "log", ...decades(panel) }
                : { type: "value", splitNumber: 3, minInterval: panel.lines.length === 1 ? 1 : 0 }),
            axisLabel: {
                formatter: panel.scale === "log" ? (ms: number) => powerOfTen(ms / 1000) : short,
                color: colours.soft,
                fontSize: 11,
                hideOverlap: true,
            },
        })),
        dataZoom: [
            { type: "inside", xAxisIndex: all, zoomOnMouseWheel: "ctrl" },
            {
                type: "slider",
                xAxisIndex: all,
                top: bottomOf(panels, faultRows, width) + 32,
                height: 22,
                labelFormatter: (value: number) => span(value),
                textStyle: { color: colours.soft },
                ...sliderColours(colours),
            },
        ],
        series: lines,
    };
}

export function overTime(load: LoadReport): HTMLElement | null {
    const w = words(),
        panels = panelsOf(load);
    if (load.series.intended.length === 0 || panels.length === 0) return null;
    const lines = panels.flatMap((panel) => panel.lines.map((line) => ({ ...line, tell: panel.tell })));
    const faults = doneOf(load).map(
        (fault) => `${w.fault} ${fault.name}: ${span(fault.from_s)} – ${span(fault.until_s)}`,
    );
    return chart({
        id: "live-time",
        axes: { x: axisWords().sinceStart },
        title: w.title,
        says: w.says,
        height: (width) => bottomOf(panels, rowCount(load), width) + 62,
        describes: `${w.title}: ${[`${w.intended} ${short(load.rate_intended)}/s`, `${w.answered} ${short(load.rate_held)}/s`, ...faults].join(", ")}`,
        option: (colours, width) => option(load, colours, width),
        ready: join("live"),
        table: () => ({
            caption: w.title,
            columns: [{ title: w.time, kind: "text" }, ...lines.map(({ name }) => ({ title: name }))],
            rows: load.series.intended.map((_, t) => [
                span(t * load.series.step_s),
                ...lines.map(({ values, tell }) => {
                    const value = values[t];
                    return value === null || value === undefined ? none : tell(value);
                }),
            ]),
        }),
    });
}

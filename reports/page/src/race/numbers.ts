// The four numbers of each run: what shoppers were told, the orders, what was taken from stock, by how much the counter moved.
import { chart, narrow, tooltip } from "../ui/chart";
import { figure } from "../ui/dom";
import type { Option } from "../ui/echarts";
import { both, fill } from "../ui/language";
import type { Look } from "../ui/look";
import { none, whole } from "../ui/numbers";
import type { Section } from "../ui/section";
import { tip } from "../ui/tip";
import type { Race, RaceRun } from "./document";
import { words } from "./words";
import { axisWords } from "../ui/axes";

const own = both(
    {
        title: "Four numbers",
        says: "In a sound shop all four stand at the same height: at the dashed line where enough shoppers came, below it where fewer did, and never above. Each alone can look right.",
        chart: "Units, as each of the four tells it",
        told: "told accepted",
        orders: "orders",
        reservations: "reserved or moved",
        counter_moved_by: "stock counter moved by",
        stock: "in stock",
        notRead: "not read",
        unknown: "answers left unknown",
        left: "{what} of the flow are not read: that number is missing.",
        counter: "Stock counter: {before} available before, {after} after.",
    },
    {
        title: "Cztery liczby",
        says: "W poprawnym sklepie wszystkie cztery mają tę samą wysokość: sięgają linii przerywanej, gdy klientów starczyło, są niżej, gdy przyszło ich mniej, i nigdy jej nie przekraczają. Każda z osobna może wyglądać dobrze.",
        chart: "Sztuki według każdej z czterech liczb",
        told: "potwierdzone klientom",
        orders: "zamówienia",
        reservations: "zarezerwowane lub zdjęte",
        counter_moved_by: "zmiana licznika zapasu",
        stock: "na stanie",
        notRead: "nie odczytano",
        unknown: "odpowiedzi nierozstrzygnięte",
        left: "Przepływ nie odczytuje: {what}; tej liczby brakuje.",
        counter: "Licznik zapasu: przed {before} dostępnych, po {after}.",
    },
);

const four = ["told", "orders", "reservations", "counter_moved_by"] as const;
type Four = (typeof four)[number];
const symbols = ["circle", "diamond", "triangle", "rect"];

const most = 8; // runs as groups of bars; more of them as points
const valueText = (value: number | undefined): string => (value === undefined ? own().notRead : whole(value));
const read = (race: Race): Four[] => four.filter((key) => race.runs.some((run) => run[key] !== undefined));
// Names of those that any run read.
export const numbersRead = (race: Race): string[] => read(race).map((key) => own()[key]);
const runText = (run: RaceRun, n: number): string =>
    `${fill(words().runN, { n: String(n + 1) })}: ${four.map((key) => `${own()[key]} ${valueText(run[key])}`).join(", ")}, ${own().stock} ${whole(run.stock)}`;

function option(race: Race, colours: Look, width: number): Option {
    const w = own(),
        bars = race.runs.length <= most,
        stock = race.runs[0]?.stock ?? 0;
    // The line of the stock is in sight, unless far fewer shoppers came than there is: then it would press the bars flat.
    const top = Math.max(0, ...race.runs.map((run) => run.demand)) * 4 >= stock ? stock : 0;
    const label = {
        show: bars && race.runs.length <= (width < narrow ? 2 : 5),
        position: "top",
        color: colours.ink,
        fontSize: 12,
    };
    return {
        grid: {
            left: 8,
            right: width < narrow ? 20 : 84,
            top: width < narrow ? 76 : 44,
            bottom: 8,
            outerBoundsMode: "same",
            outerBoundsContain: "axisLabel",
        },
        legend: { top: 0, left: 0, itemGap: 14, textStyle: { color: colours.ink } },
        tooltip: {
            trigger: "axis",
            axisPointer: { type: bars ? "shadow" : "line" },
            ...tooltip(colours),
            formatter: (at: { dataIndex: number }[]) => {
                const n = at[0]!.dataIndex,
                    run = race.runs[n]!;
                return tip(fill(words().runN, { n: String(n + 1) }), [
                    ...four.map((key): [string, string] => [w[key], valueText(run[key])]),
                    [w.stock, whole(run.stock)],
                ]);
            },
        },
        xAxis: {
            type: "category",
            data: race.runs.map((_, n) => fill(words().runN, { n: String(n + 1) })),
            axisTick: { show: false },
            axisLine: { lineStyle: { color: colours.rule } },
            axisLabel: { color: colours.soft, hideOverlap: true },
        },
        yAxis: {
            type: "value",
            minInterval: 1,
            max: (shown: { max: number }) => (top > shown.max ? top : null),
            axisLabel: { color: colours.soft },
            splitLine: { lineStyle: { color: colours.grid } },
        },
        series: read(race).map((key, i) => ({
            type: bars ? "bar" : "scatter",
            name: w[key],
            symbol: symbols[four.indexOf(key)],
            symbolSize: 8,
            barMaxWidth: 46,
            barGap: "12%",
            label,
            itemStyle: { color: colours.series[four.indexOf(key)] },
            data: race.runs.map((run) => run[key] ?? null),
            markLine:
                i > 0
                    ? undefined
                    : {
                          silent: true,
                          symbol: "none",
                          lineStyle: { color: colours.ink, type: "dashed", width: 1.5 },
                          data: [{ yAxis: stock }],
                          label: {
                              formatter: width < narrow ? whole(stock) : `${w.stock}: ${whole(stock)}`,
                              position: "end",
                              color: colours.ink,
                              fontSize: 12,
                          },
                      },
        })),
    };
}

export function numbersSection(race: Race): Section {
    const w = own();
    return {
        id: "numbers",
        title: w.title,
        says: w.says,
        content: [
            chart({
                id: "race-numbers",
                axes: { x: axisWords().run, y: axisWords().units },
                title: w.chart,
                height: 300,
                describes: `${w.chart}. ${race.runs.slice(0, 20).map(runText).join("; ")}`,
                says: counterText(race),
                option: (colours, width) => option(race, colours, width),
                table: () => ({
                    caption: w.chart,
                    columns: [
                        { title: words().run, kind: "text" },
                        { title: w.stock },
                        ...four.map((key) => ({ title: w[key] })),
                        { title: w.unknown },
                    ],
                    rows: race.runs.map((run, n) => [
                        `${n + 1} (${run.run})`,
                        figure(`runs.${n}.stock`, run.stock, whole(run.stock)),
                        ...four.map((key) =>
                            run[key] === undefined ? none : figure(`runs.${n}.${key}`, run[key]!, whole(run[key]!)),
                        ),
                        figure(`runs.${n}.unknown`, run.unknown, whole(run.unknown)),
                    ]),
                }),
            }),
        ],
    };
}

function counterText(race: Race): string {
    const w = own(),
        lacking = four.filter((key) => race.runs.every((run) => run[key] === undefined));
    const run = race.runs[0];
    const counter =
        run?.before?.available !== undefined && run.after?.available !== undefined && race.runs.length === 1
            ? fill(w.counter, { before: whole(run.before.available), after: whole(run.after.available) })
            : "";
    return [lacking.length ? fill(w.left, { what: lacking.map((key) => w[key]).join(", ") }) : "", counter]
        .filter((one) => one)
        .join(" ");
}

// Orders by the method that was promised: how many in time.
import type { Kpi, MethodKpi, RunRecord } from "../../../generated/record";
import { chart, narrow, tooltip } from "../../ui/chart";
import { figure, type Child } from "../../ui/dom";
import type { Option } from "../../ui/echarts";
import { both, fill } from "../../ui/language";
import type { Look } from "../../ui/look";
import { percent, span, whole } from "../../ui/numbers";
import type { Table } from "../../ui/table";
import { axisWords } from "../../ui/axes";

export type MethodId = "ship" | "locker" | "pickup" | "reserve_in_store";
const names = both<Record<MethodId, string>>(
    { ship: "home delivery", locker: "parcel locker", pickup: "store pick-up", reserve_in_store: "reserved in store" },
    {
        ship: "dostawa do domu",
        locker: "automat paczkowy",
        pickup: "odbiór w sklepie",
        reserve_in_store: "rezerwacja w sklepie",
    },
);
// A method that a later version may bring is called what the record calls it.
export const methodName = (id: string): string => names()[id as MethodId] ?? id;

const words = both(
    {
        title: "Promise kept, by method",
        says: "Of the promises that fell due: kept, and broken. Promises fall due whether or not the order was served.",
        kept: "kept",
        late: "late or not at all",
        method: "promised",
        served: "served",
        due: "due",
        rate: "kept of due",
        worst: "{name} kept {rate} of {due}",
    },
    {
        title: "Dotrzymane obietnice według sposobu dostawy",
        says: "Spośród obietnic, których termin minął: dotrzymane i złamane. Termin mija także wtedy, gdy zamówienia nie zrealizowano.",
        kept: "dotrzymane",
        late: "spóźnione albo niezrealizowane",
        method: "obiecano",
        served: "zrealizowano",
        due: "z terminem",
        rate: "dotrzymano",
        worst: "{name}: {rate} z {due}",
    },
);

export type Quantile = "p50" | "p90" | "p95" | "p99";

export interface Method {
    id: MethodId;
    kpi: MethodKpi;
}

// Those by which anything was promised.
export const methodsOf = (kpi: Kpi): Method[] =>
    (["ship", "locker", "pickup", "reserve_in_store"] as const)
        .map((id) => ({ id, kpi: kpi[id] }))
        .filter(({ kpi: of }) => of && of.orders + of.promises_due > 0);

function option(methods: readonly Method[], look: Look, width: number): Option {
    const left = width < narrow ? 118 : 150;
    const w = words(),
        due = methods.filter(({ kpi }) => kpi.promises_due > 0);
    const bar = (name: string, color: string, value: (of: MethodKpi) => number, label: object) => ({
        name,
        type: "bar",
        stack: "due",
        barWidth: 18,
        itemStyle: { color },
        data: due.map(({ kpi }) => value(kpi)),
        label,
    });
    const share = ({ promise_kept_rate: rate }: MethodKpi) => rate * 100;
    return {
        grid: { left, right: 100, top: 4, bottom: 22, outerBoundsMode: "none" },
        tooltip: { trigger: "item", ...tooltip(look), valueFormatter: (value: number) => percent(value / 100) },
        xAxis: {
            type: "value",
            max: 100,
            axisLabel: { color: look.soft, hideOverlap: true, formatter: "{value} %" },
            splitLine: { lineStyle: { color: look.grid } },
        },
        yAxis: {
            type: "category",
            inverse: true,
            data: due.map(({ id }) => methodName(id)),
            axisLine: { show: false },
            axisTick: { show: false },
            axisLabel: { color: look.ink, fontSize: 12.5, width: left - 12, overflow: "truncate" },
        },
        series: [
            bar(w.kept, look.calm, share, { show: false }),
            bar(w.late, look.bad, (of) => 100 - share(of), {
                show: true,
                position: "right",
                color: look.ink,
                fontSize: 12,
                overflow: "none",
                formatter: ({ dataIndex }: { dataIndex: number }) => {
                    const { kpi } = due[dataIndex]!;
                    return fill("{rate} · {due}", {
                        rate: percent(kpi.promise_kept_rate),
                        due: whole(kpi.promises_due),
                    });
                },
            }),
        ],
    };
}

function methodTable(methods: readonly Method[]): Table {
    const w = words();
    return {
        caption: w.title,
        columns: [
            { title: w.method, kind: "text" },
            { title: w.served },
            { title: "p50" },
            { title: "p90" },
            { title: "p95" },
            { title: "p99" },
            { title: w.due },
            { title: w.rate },
        ],
        rows: methods.map(({ id, kpi }): Child[] => {
            const time = (q: Quantile) => {
                const value = kpi.time_s[q] ?? null; // of p95 records of older versions have none
                return kpi.time_s.count > 0 && value !== null
                    ? figure(`kpi.${id}.time_s.${q}`, value, span(value))
                    : "–";
            };
            return [
                methodName(id),
                figure(`kpi.${id}.orders`, kpi.orders, whole(kpi.orders)),
                time("p50"),
                time("p90"),
                time("p95"),
                time("p99"),
                whole(kpi.promises_due),
                kpi.promises_due > 0
                    ? figure(`kpi.${id}.promise_kept_rate`, kpi.promise_kept_rate, percent(kpi.promise_kept_rate))
                    : "–",
            ];
        }),
    };
}

export function promiseChart(record: RunRecord): Child {
    const w = words(),
        methods = methodsOf(record.kpi),
        due = methods.filter(({ kpi }) => kpi.promises_due > 0);
    if (due.length === 0) return null;
    const text = due
        .map(({ id, kpi }) =>
            fill(w.worst, { name: methodName(id), rate: percent(kpi.promise_kept_rate), due: whole(kpi.promises_due) }),
        )
        .join("; ");
    return chart({
        id: "promises",
        axes: { x: axisWords().kept, y: axisWords().method },
        title: w.title,
        says: w.says,
        height: 30 + 34 * due.length,
        describes: `${w.title}: ${text}`,
        option: (look, width) => option(methods, look, width),
        table: () => methodTable(methods),
    });
}

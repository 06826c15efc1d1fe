// KPIs of studies as people read them: names in both languages; values, differences and ratios by unit.
import { both, fill } from "../ui/language";
import { decimal, money, none, short, span, whole } from "../ui/numbers";
import type { Better, Interval, KpiInfo, Unit } from "./document";

const names = both<Record<string, string>>(
    {
        oversold_units: "oversold units",
        oversell_rate: "oversell rate",
        oversold_value: "oversold value",
        undersold_units: "undersold units",
        lost_sales_units: "lost sales, units",
        cancelled_orders: "cancelled orders",
        "fulfilment_time_s.p50": "fulfilment time, p50",
        "fulfilment_time_s.p90": "fulfilment time, p90",
        "fulfilment_time_s.p95": "fulfilment time, p95",
        "fulfilment_time_s.p99": "fulfilment time, p99",
        promise_kept_rate: "promises kept",
        split_rate: "split orders",
        cost_per_order: "cost per order",
        conversion: "conversion",
        revenue: "revenue",
    },
    {
        oversold_units: "sztuki sprzedane ponad stan",
        oversell_rate: "wskaźnik nadsprzedaży",
        oversold_value: "wartość nadsprzedaży",
        undersold_units: "sztuki odmówione mimo zapasu",
        lost_sales_units: "utracona sprzedaż, sztuki",
        cancelled_orders: "zamówienia anulowane",
        "fulfilment_time_s.p50": "czas realizacji, p50",
        "fulfilment_time_s.p90": "czas realizacji, p90",
        "fulfilment_time_s.p95": "czas realizacji, p95",
        "fulfilment_time_s.p99": "czas realizacji, p99",
        promise_kept_rate: "dotrzymane obietnice",
        split_rate: "zamówienia dzielone",
        cost_per_order: "koszt zamówienia",
        conversion: "konwersja",
        revenue: "przychód",
    },
);
const words = both(
    {
        points: "pp",
        to: "to",
        least: "{value} or more",
        most: "{value} or less",
        lower: "less is better",
        higher: "more is better",
        times: "×",
    },
    {
        points: "p.p.",
        to: "do",
        least: "{value} lub więcej",
        most: "{value} lub mniej",
        lower: "mniej znaczy lepiej",
        higher: "więcej znaczy lepiej",
        times: "×",
    },
);

// "web: oversold units" for channels.web.oversold_units.
export function kpiName(path: string, info?: KpiInfo | { label: string }): string {
    const channel = /^channels\.([^.]+)\.(.+)$/.exec(path);
    if (channel) return `${channel[1]}: ${kpiName(channel[2] ?? "")}`;
    return names()[path] ?? info?.label ?? path;
}

export const betterText = (better: Better): string => (better === "neither" ? "" : words()[better]);

const finite = (value: number | null | undefined): value is number =>
    value !== null && value !== undefined && Number.isFinite(value);

// Three digits, also of rare things: 0.0164 %.
function share(size: number): string {
    const percent = size * 100;
    if (percent === 0) return "0 %";
    const digits = percent >= 9.95 ? 1 : 2 - Math.floor(Math.log10(percent));
    return `${decimal(percent, Math.min(5, Math.max(1, digits)))} %`;
}

function size(unit: Unit, value: number, currency: string): string {
    switch (unit) {
        case "share":
            return share(value);
        case "minor_money":
            return money(value, currency, value >= 10_000 ? 0 : 2);
        case "major_money":
            return `${decimal(value, value >= 1000 ? 0 : 2)} ${currency}`.trim();
        case "seconds":
            return span(value);
        case "count":
            return Number.isInteger(value) || value >= 99.95 ? whole(value) : decimal(value, value >= 9.995 ? 1 : 2);
    }
}

export const kpiText = (unit: Unit, value: number | null, currency = ""): string =>
    finite(value) ? (value < 0 ? "−" : "") + size(unit, Math.abs(value), currency) : none;

export function differenceText(unit: Unit, value: number | null, currency = ""): string {
    if (!finite(value)) return none;
    const text = size(unit, Math.abs(value), currency);
    return (value < 0 ? "−" : value > 0 ? "+" : "") + (unit === "share" ? text.replace("%", words().points) : text);
}

// "−41 %", "+3.2 %", and from twice as much on "× 3.4".
export function ratioText(ratio: number | null): string {
    if (!finite(ratio)) return none;
    if (ratio >= 2) return `${words().times} ${decimal(ratio, ratio < 9.95 ? 1 : 0)}`;
    const change = (ratio - 1) * 100,
        amount = Math.abs(change);
    if (amount < 0.0005) return "0 %";
    // Never rounded to all: of 80,844 that became 288 something is left.
    if (change < 0 && amount >= 99.5 && amount < 100)
        return `−${decimal(Math.min(Math.floor(amount * 10) / 10, 99.9), 1)} %`;
    return `${change < 0 ? "−" : "+"}${decimal(amount, amount >= 9.95 ? 0 : amount >= 0.995 ? 1 : amount >= 0.0995 ? 2 : 3)} %`;
}

// "380 to 444"; nothing where one run gives none.
export function rangeText(of: Interval | null | undefined, text: (value: number | null) => string): string {
    if (!of) return "";
    if (finite(of.low) && finite(of.high)) return `${text(of.low)} ${words().to} ${text(of.high)}`;
    return finite(of.low)
        ? fill(words().least, { value: text(of.low) })
        : finite(of.high)
          ? fill(words().most, { value: text(of.high) })
          : "";
}

// For axes: as short as can be.
export function axisText(unit: Unit): (value: number) => string {
    if (unit === "share") return (value) => `${short(value * 100)} %`;
    if (unit === "seconds") return (value) => span(value);
    if (unit === "minor_money") return (value) => short(value / 100);
    return (value) => short(value);
}

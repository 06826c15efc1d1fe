// The value of a KPI as people read it, its unit told from its path as reports/gates does.
import { decimal, money, percent, span, whole } from "../ui/numbers";

export function kpiText(path: string, value: number, currency: string): string {
    if (/(_rate|_ratio|conversion|utilisation)$/.test(path)) return percent(value);
    if (/_value$|^(revenue|total_cost|cost_per_year)$|cost_terms\./.test(path)) return money(value, currency);
    if (path.endsWith("cost_per_order")) return money(value * 100, currency);
    if (path.includes("_s.") && !path.endsWith(".count")) return span(value);
    return Number.isInteger(value) ? whole(value) : decimal(value);
}

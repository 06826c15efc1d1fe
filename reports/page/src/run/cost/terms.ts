// Terms of cost as people read them, the dearest first.
import type { CostCount, Kpi } from "../../../generated/record";
import { both } from "../../ui/language";

const texts = both<Record<string, [name: string, meaning: string]>>(
    {
        pick: ["picking", "lines picked"],
        pack: ["packing", "parcels packed"],
        handling: ["handling", "units handled"],
        ship: ["shipping", "first parcels of orders"],
        split: ["splitting", "their further parcels"],
        transfer: ["transfer", "between nodes"],
        cancellation: ["cancellation", "orders not served"],
        commission: ["commission", "to channels"],
        returns: ["returns", "lines taken back"],
        markdown: ["markdown", "value lost by goods"],
        labour: ["labour", "shifts, busy or not"],
        overtime: ["overtime", "beyond shifts"],
        holding: ["holding", "capital in stock"],
    },
    {
        pick: ["kompletacja", "skompletowane pozycje"],
        pack: ["pakowanie", "spakowane paczki"],
        handling: ["obsługa", "przeładowane sztuki"],
        ship: ["wysyłka", "pierwsze paczki zamówień"],
        split: ["dzielenie", "ich dalsze paczki"],
        transfer: ["przesunięcia", "między węzłami"],
        cancellation: ["anulowanie", "niezrealizowane zamówienia"],
        commission: ["prowizja", "dla kanałów"],
        returns: ["zwroty", "przyjęte z powrotem pozycje"],
        markdown: ["przecena", "utrata wartości towaru"],
        labour: ["praca", "zmiany, zajęte czy nie"],
        overtime: ["nadgodziny", "ponad zmiany"],
        holding: ["utrzymanie zapasu", "kapitał w towarze"],
    },
);

export const termName = (term: string): string => texts()[term]?.[0] ?? term;
export const termMeaning = (term: string): string => texts()[term]?.[1] ?? "";

// Those that cost anything, or were given back.
export const dearest = (terms: readonly CostCount[]): CostCount[] =>
    terms.filter(({ cost }) => cost !== 0).sort((a, b) => b.cost - a.cost);
export const costOf = (terms: readonly CostCount[], term: string): number =>
    terms.find((one) => one.term === term)?.cost ?? 0;

// Major units.
export const costPerOrder = (kpi: Kpi, cost: number): number => cost / Math.max(kpi.orders_accepted, 1) / 100;

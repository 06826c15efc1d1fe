// Names of the axes of a chart, in words: what is counted or measured, and in what unit where the labels do not say it.
import { both } from "./language";

export interface Axes {
    x?: string;
    y?: string; // without: the chart itself names it, or has none (ECharts' `name`, titles of panels)
}

// Those that several charts share.
export const axisWords = both(
    {
        localTime: "local time",
        sinceStart: "time since the start of the run",
        wait: "time from order",
        orders: "orders",
        units: "units",
        requests: "requests",
        step: "step",
        run: "run",
        node: "node",
        method: "method",
        busy: "busy, share of paid time",
        kept: "share of the promises that fell due",
        answerTime: "time to answer, logarithmic",
        answered: "share of requests answered by then",
        perOrder: "per order, {currency}",
        channel: "channel",
        lag: "sync lag",
        variable: "variable",
        share: "share of the variance",
        design: "design",
        from: "from",
        to: "to",
        journey: "kind of journey",
        process: "process",
        counted: "requests in a bin",
        funnel: "step of a journey",
    },
    {
        localTime: "czas lokalny",
        sinceStart: "czas od początku przebiegu",
        wait: "czas od złożenia zamówienia",
        orders: "zamówienia",
        units: "sztuki",
        requests: "żądania",
        step: "krok",
        run: "przebieg",
        node: "węzeł",
        method: "sposób dostawy",
        busy: "obciążenie, udział czasu opłaconego",
        kept: "udział obietnic, których termin minął",
        answerTime: "czas odpowiedzi, skala logarytmiczna",
        answered: "udział żądań z odpowiedzią do tego czasu",
        perOrder: "na zamówienie, {currency}",
        channel: "kanał",
        lag: "opóźnienie synchronizacji",
        variable: "zmienna",
        share: "udział w wariancji",
        design: "architektura",
        from: "z",
        to: "do",
        journey: "rodzaj ścieżki",
        process: "proces",
        counted: "żądania w przedziale",
        funnel: "krok ścieżki",
    },
);

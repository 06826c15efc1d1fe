// Tables of a live run: the three times, operations by kind, refusals, faults; and what each leaves open, in a sentence.
import type { LoadReport } from "../../../generated/record";
import { figure, h, type Child } from "../../ui/dom";
import { both, fill, forms, formy, plural } from "../../ui/language";
import { none, percent, rough, span, whole } from "../../ui/numbers";
import { table } from "../../ui/table";
import { latency, mean, quantile, timesOf } from "./latency";

const words = both(
    {
        times: "Quantiles of the three times",
        time: "time",
        mean: "mean",
        max: "max",
        operations: "operations",
        byKind: "By operation",
        operation: "operation",
        intended: "intended",
        applied: "applied",
        refused: "refused",
        unknown: "unknown",
        service: "service",
        response: "response",
        refusals: "Refusals",
        outcome: "outcome",
        share: "share",
        refusedTitle: "Refused and unanswered",
        faults: "Faults under load",
        fault: "fault",
        kind: "kind",
        when: "when",
        done: "what was done",
        leftOut: "left out: {why}",
        larger: "The response time’s p99 is {times} times the service time’s",
        byLateness:
            "{larger} because the generator itself was late (dispatch lag p99 {lag}): that says nothing of the back end.",
        hidden: "{larger}: it counts the wait before an operation could be sent, as a shopper does. Timed from the sending alone, as by a generator that waits for answers (coordinated omission), p99 would have been {service} and not {response}.",
        unanswered: "{n} {operations} no answer, also after asking again under the key",
        uncertain: "what was sold is uncertain by what they asked for",
        sold: "sold {sold} units, of them twice {twice}",
        operationForms: forms("operation has", "operations have"),
        disagreed:
            "The simulator’s copy of the record did not foresee {n} answers: {beyond} applied that the copy could not have given, {refused} refused that it could.",
    },
    {
        times: "Kwantyle trzech czasów",
        time: "czas",
        mean: "średnia",
        max: "maks.",
        operations: "operacje",
        byKind: "Według operacji",
        operation: "operacja",
        intended: "zamierzone",
        applied: "wykonane",
        refused: "odmowy",
        unknown: "nieznane",
        service: "obsługa",
        response: "odpowiedź",
        refusals: "Odmowy",
        outcome: "powód",
        share: "udział",
        refusedTitle: "Odmowy i brak odpowiedzi",
        faults: "Awarie pod obciążeniem",
        fault: "awaria",
        kind: "rodzaj",
        when: "kiedy",
        done: "co zrobiono",
        leftOut: "pominięto: {why}",
        larger: "p99 czasu odpowiedzi jest {times} razy dłuższe niż p99 czasu obsługi",
        byLateness:
            "{larger}, bo spóźniał się sam generator (p99 opóźnienia wysyłki {lag}): o systemie nic to nie mówi.",
        hidden: "{larger}: liczy się też czekanie, zanim operację można było wysłać, tak jak liczy je klient. Mierzone dopiero od wysłania, jak robi to generator czekający na odpowiedzi (coordinated omission), p99 wynosiłoby {service}, a nie {response}.",
        unanswered: "{n} {operations} bez odpowiedzi, także po ponownym zapytaniu tym samym kluczem",
        uncertain: "ile sprzedano, jest niepewne o tyle, o ile prosiły",
        sold: "sprzedano {sold} szt., z tego dwa razy {twice}",
        operationForms: formy("operacja pozostała", "operacje pozostały", "operacji pozostało"),
        disagreed:
            "Kopia zapisów w symulatorze nie przewidziała {n} odpowiedzi: {beyond} wykonano, choć kopia nie mogłaby ich spełnić, {refused} odmówiono, choć mogłaby.",
    },
);

const shownQuantiles = [
    ["p50", 0.5, "p50_ms"],
    ["p90", 0.9, "p90_ms"],
    ["p99", 0.99, "p99_ms"],
    ["p99.9", 0.999, "p999_ms"],
    ["p99.99", 0.9999, ""],
] as const;

export function quantiles(load: LoadReport): HTMLElement {
    const w = words();
    const rows = timesOf(load).map(({ field, name, meaning, histogram }): Child[] => {
        // The JSON has these beside the buckets, in ms.
        const told = histogram as unknown as Record<string, number | undefined>;
        const cell = (q: number, key: string) => {
            const text = latency(quantile(histogram, q)),
                value = told[key];
            return value === undefined ? text : figure(`load.${field}.${key}`, value, text);
        };
        return [
            [name, h("small", {}, meaning)],
            ...shownQuantiles.map(([, q, key]) => cell(q, key)),
            figure(`load.${field}.max_ns`, histogram.max_ns, latency(quantile(histogram, 1))),
            latency(mean(histogram)),
            figure(`load.${field}.total`, histogram.total, whole(histogram.total)),
        ];
    });
    return table({
        caption: w.times,
        columns: [
            { title: w.time, kind: "text" },
            ...shownQuantiles.map(([name]) => ({ title: name })),
            { title: w.max },
            { title: w.mean },
            { title: w.operations },
        ],
        rows,
    });
}

// What a generator that times an operation from its sending alone would have hidden. Said where p99 is twice as long and a
// millisecond longer: below that it is noise of the clock.
export function hiddenByServiceTime(load: LoadReport): string | null {
    const w = words(),
        service = quantile(load.service, 0.99),
        response = quantile(load.response, 0.99),
        lag = quantile(load.dispatch_lag, 0.99) ?? 0;
    if (service === null || response === null || service <= 0 || response < 2 * service || response - service < 0.001)
        return null;
    const times = response / service,
        larger = fill(w.larger, { times: rough(times) });
    if (2 * lag > response - service) return fill(w.byLateness, { larger, lag: latency(lag) });
    return fill(w.hidden, { larger, service: latency(service), response: latency(response) });
}

export function byOperation(load: LoadReport): HTMLElement | null {
    const w = words();
    if (load.operations.length === 0) return null;
    const count = (i: number, field: "intended" | "applied" | "refused" | "unknown") =>
        figure(`load.operations.${i}.${field}`, load.operations[i][field], whole(load.operations[i][field]));
    return table({
        caption: w.byKind,
        columns: [
            { title: w.operation, kind: "text" },
            { title: w.intended },
            { title: w.applied },
            { title: w.refused },
            { title: w.unknown },
            { title: `${w.service} p50` },
            { title: `${w.service} p99` },
            { title: `${w.response} p50` },
            { title: `${w.response} p99` },
        ],
        rows: load.operations.map((one, i) => [
            one.kind,
            count(i, "intended"),
            count(i, "applied"),
            count(i, "refused"),
            count(i, "unknown"),
            latency(quantile(one.service, 0.5)),
            latency(quantile(one.service, 0.99)),
            latency(quantile(one.response, 0.5)),
            latency(quantile(one.response, 0.99)),
        ]),
    });
}

// Refusals of all kinds of operations by outcome, the most frequent first.
function refusalsOf(load: LoadReport): [string, number][] {
    const sums = new Map<string, number>();
    for (const { refusals } of load.operations)
        for (const { outcome, count } of refusals) sums.set(outcome, (sums.get(outcome) ?? 0) + count);
    return [...sums].filter(([, count]) => count > 0).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

const range = (low: number, high: number): string => (low === high ? whole(low) : `${whole(low)} – ${whole(high)}`);

function leftOpen(load: LoadReport): string[] {
    const w = words(),
        audit = load.audit,
        open: string[] = [];
    if (load.unknown > 0) {
        const sold = audit
            ? fill(w.sold, {
                  sold: range(audit.sold_low, audit.sold_high),
                  twice: range(audit.oversold_low, audit.oversold_high),
              })
            : w.uncertain;
        open.push(
            `${fill(w.unanswered, { n: whole(load.unknown), operations: plural(load.unknown, w.operationForms) })}: ${sold}.`,
        );
    }
    const beyond = load.beyond_record,
        refused = load.refused_with_record;
    if (beyond + refused > 0)
        open.push(fill(w.disagreed, { n: whole(beyond + refused), beyond: whole(beyond), refused: whole(refused) }));
    return open;
}

export function refusals(load: LoadReport): Child[] {
    const w = words(),
        rows = refusalsOf(load),
        open = leftOpen(load);
    if (rows.length + open.length === 0) return [];
    const bar = (share: number) =>
        h(
            "span",
            { class: "pair", "aria-hidden": "true" },
            h("i", { class: "warm", style: `width:${(share * 100).toFixed(1)}%` }),
        );
    return [
        h("h3", { class: "part" }, w.refusedTitle),
        open.map((text) => h("p", { class: "says" }, text)),
        rows.length === 0
            ? null
            : table({
                  caption: w.refusals,
                  columns: [
                      { title: w.outcome, kind: "text" },
                      { title: w.operations },
                      { title: w.share },
                      { title: "", kind: "text" },
                  ],
                  rows: rows.map(([outcome, count]) => {
                      const share = load.refused > 0 ? count / load.refused : 0;
                      return [outcome, whole(count), percent(share), bar(share)];
                  }),
              }),
    ];
}

export function faults(load: LoadReport): Child[] {
    const w = words();
    if (load.faults.length === 0) return [];
    return [
        h("h3", { class: "part" }, w.faults),
        table(
            {
                caption: w.faults,
                columns: [
                    { title: w.fault, kind: "text" },
                    { title: w.kind, kind: "text" },
                    { title: w.when, kind: "text" },
                    { title: w.done, kind: "text" },
                ],
                rows: load.faults.map((one) =>
                    one.left_out === ""
                        ? [
                              one.name,
                              one.kind,
                              one.until_s > one.from_s
                                  ? `${span(one.from_s)} – ${span(one.until_s)}`
                                  : span(one.from_s),
                              h("span", { lang: "en" }, one.done),
                          ]
                        : [one.name, one.kind, none, h("span", { lang: "en" }, fill(w.leftOut, { why: one.left_out }))],
                ),
            },
            { class: "wrapping" },
        ),
    ];
}

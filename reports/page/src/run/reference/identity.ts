// What was run, by what, at what expense; and what of an order log it could not use.
import type { RunRecord } from "../../../generated/record";
import { details } from "../../ui/details";
import { h, type Child } from "../../ui/dom";
import { both, fill, forms, formy, plural } from "../../ui/language";
import { decimal, span, whole } from "../../ui/numbers";
import { table } from "../../ui/table";

const words = both(
    {
        title: "This run",
        note: "The same scenario, seed and commit give the same fingerprint.",
        scenario: "scenario",
        hash: "scenario hash",
        design: "design",
        seed: "seed",
        fingerprint: "fingerprint",
        shoppers: "shoppers' fingerprint",
        lastunit: "lastunit",
        commit: "commit {commit}",
        simulated: "simulated",
        partial: "partial",
        warm: "warm-up",
        left: "left out of the KPIs",
        events: "events",
        speed: "in {wall}, {rate} per second",
        messages: "messages",
        commands: "core commands",
        activities: "SimGrid activities",
        pending: "pending events at most",
        memory: "memory at most",
        allocations: "memory allocations",
        horizon: "horizon",
        log: "Order log",
        logNote: "{n} {rows} rejected, {left} left out by the scenario's rules",
        rows: forms("row", "rows"),
        line: "line",
        reason: "reason",
        firstRows: "Rejected rows, the first {n}",
    },
    {
        title: "Ten przebieg",
        note: "Ten sam scenariusz, ziarno i commit dają ten sam odcisk.",
        scenario: "scenariusz",
        hash: "skrót scenariusza",
        design: "architektura",
        seed: "ziarno",
        fingerprint: "odcisk",
        shoppers: "odcisk klientów",
        lastunit: "lastunit",
        commit: "commit {commit}",
        simulated: "symulowano",
        partial: "częściowo",
        warm: "rozruch",
        left: "pominięty w KPI",
        events: "zdarzenia",
        speed: "w {wall}, {rate} na sekundę",
        messages: "komunikaty",
        commands: "polecenia systemu centralnego",
        activities: "działania SimGrid",
        pending: "najwięcej oczekujących zdarzeń",
        memory: "najwięcej pamięci",
        allocations: "przydziały pamięci",
        horizon: "horyzont",
        log: "Dziennik zamówień",
        logNote: "odrzucono {n} {rows}, pominięto według reguł scenariusza: {left}",
        rows: formy("wiersz", "wiersze", "wierszy"),
        line: "wiersz",
        reason: "powód",
        firstRows: "Odrzucone wiersze, pierwsze {n}",
    },
);

function terms(record: RunRecord): HTMLElement {
    const w = words(),
        id = record.identity;
    const term = (name: string, text: string): Child =>
        text ? h("div", {}, h("dt", {}, name), h("dd", {}, text)) : null;
    const count = (name: string, value: number): Child => (value > 0 ? term(name, whole(value)) : null);
    const file = (name: string, path: string) => (path && path !== name ? `${name}, ${path}` : name);
    return h(
        "dl",
        { class: "terms" },
        term(w.scenario, file(id.scenario, id.scenario_file)),
        term(w.hash, id.scenario_hash),
        term(w.design, file(id.design, id.design_file)),
        term(w.seed, String(id.seed)),
        term(w.fingerprint, id.fingerprint),
        term(w.shoppers, id.shoppers_fingerprint),
        term(
            w.lastunit,
            [id.version, id.commit ? fill(w.commit, { commit: id.commit }) : "", id.build].filter(Boolean).join(", "),
        ),
        term(w.horizon, span(id.horizon_s)),
        term(w.simulated, span(id.simulated_s) + (id.partial ? `, ${w.partial}` : "")),
        id.warm_up_s > 0 ? term(w.warm, `${span(id.warm_up_s)}, ${w.left}`) : null,
        term(
            w.events,
            whole(id.events) +
                (id.wall_s > 0
                    ? ` ${fill(w.speed, { wall: span(id.wall_s), rate: whole(id.events / id.wall_s) })}`
                    : ""),
        ),
        count(w.messages, id.messages),
        count(w.commands, id.core_commands),
        count(w.activities, id.simgrid_activities),
        count(w.pending, id.peak_pending_events),
        id.peak_memory_bytes > 0 ? term(w.memory, `${decimal(id.peak_memory_bytes / 1_048_576, 0)} MiB`) : null,
        count(w.allocations, id.allocations),
    );
}

export const identityDetails = (record: RunRecord): Child =>
    details("ref-identity", words().title, "", h("p", { class: "note" }, words().note), terms(record));

export function rejectedRows(record: RunRecord): Child {
    if (record.rejected_row_count === 0 && record.skipped_row_count === 0) return null;
    const w = words(),
        n = record.rejected_row_count,
        title = fill(w.firstRows, { n: whole(record.rejected_rows.length) });
    return details(
        "ref-log",
        w.log,
        fill(w.logNote, { n: whole(n), rows: plural(n, w.rows), left: whole(record.skipped_row_count) }),
        table({
            caption: title,
            columns: [{ title: w.line }, { title: w.reason, kind: "text" }],
            rows: record.rejected_rows.map((row) => [whole(row.line), row.reason]),
        }),
    );
}

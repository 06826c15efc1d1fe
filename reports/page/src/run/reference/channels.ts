// Channels and sync edges, each a row.
import type { ChannelKpi, EdgeKpi, RunRecord } from "../../../generated/record";
import { details } from "../../ui/details";
import { figure, h, type Child } from "../../ui/dom";
import { both, fill } from "../../ui/language";
import { decimal, percent, whole } from "../../ui/numbers";
import { bar, table } from "../../ui/table";
import { counts, fieldTable, quantile, type Field } from "./columns";

const words = both(
    {
        channels: "Channels",
        channelsNote:
            "Units unless it says otherwise. The bar is the channel's share of all oversold units. View age: of what the channel decided on, when it accepted or refused.",
        channel: "channel",
        n: "({n})",
        shoppers: "shoppers",
        orders: "orders",
        units: "units",
        oversold: "oversold",
        rate: "rate",
        share: "share of oversold",
        undersold: "undersold",
        lost: "lost sales",
        cancelled: "cancelled",
        reserves: "reserves",
        decides: "decides on",
        age50: "view age p50",
        age99: "p99",
        kept: "promise kept",
        each: "cost per order",
        bought: "bought",
        edges: "Sync edges",
        edgesNote:
            "Lag: from the change at the source until it is applied at the consumer; of a cache, the age of the copy at each read.",
        edge: "edge",
        from: "from, to",
        kind: "kind",
        messages: "messages",
        lostMessages: "lost",
        duplicated: "duplicated",
        reordered: "reordered",
        resent: "resent",
        dead: "dead letters",
        overwritten: "overwritten units",
        queue: "queue peak",
        lag: "lag p50",
    },
    {
        channels: "Kanały",
        channelsNote:
            "Sztuki, jeśli nie napisano inaczej. Słupek to udział kanału w całej nadsprzedaży. Wiek danych o stanie: tych, na których kanał oparł przyjęcie albo odmowę.",
        channel: "kanał",
        n: "({n})",
        shoppers: "klienci",
        orders: "zamówienia",
        units: "sztuki",
        oversold: "ponad stan",
        rate: "wskaźnik",
        share: "udział w nadsprzedaży",
        undersold: "odmówione mimo zapasu",
        lost: "utracone",
        cancelled: "anulowane",
        reserves: "rezerwuje",
        decides: "decyduje na",
        age50: "wiek danych o stanie p50",
        age99: "p99",
        kept: "dotrzymane obietnice",
        each: "koszt zamówienia",
        bought: "kupiło",
        edges: "Połączenia synchronizacji",
        edgesNote:
            "Opóźnienie: od zmiany u źródła do jej zastosowania u odbiorcy; dla pamięci podręcznej wiek kopii przy odczycie.",
        edge: "połączenie",
        from: "skąd, dokąd",
        kind: "rodzaj",
        messages: "komunikaty",
        lostMessages: "utracone",
        duplicated: "powielone",
        reordered: "nie po kolei",
        resent: "ponowione",
        dead: "martwe",
        overwritten: "nadpisane sztuki",
        queue: "szczyt kolejki",
        lag: "opóźnienie p50",
    },
);

const always = 1; // of columns that stay, also where they are nought: they are what is looked for

export function channelTable(record: RunRecord): Child {
    if (record.channels.length === 0) return null;
    const w = words(),
        all = record.kpi.oversold_units,
        at = new Map(record.channels.map((channel, i) => [channel, i]));
    const kpi = (
        title: string,
        name:
            | "shoppers"
            | "orders_accepted"
            | "units_accepted"
            | "oversold_units"
            | "undersold_units"
            | "lost_sales_units"
            | "cancelled_units",
    ): Field<ChannelKpi> => ({
        title,
        value: () => always,
        text: (channel) =>
            figure(`channels.${at.get(channel)}.kpi.${name}`, channel.kpi[name], whole(channel.kpi[name])),
    });
    const text = (
        title: string,
        of: (channel: ChannelKpi) => Child,
        value: (channel: ChannelKpi) => number = () => always,
    ): Field<ChannelKpi> => ({ title, value, text: of });
    const fields: Field<ChannelKpi>[] = [
        kpi(w.shoppers, "shoppers"),
        kpi(w.orders, "orders_accepted"),
        kpi(w.units, "units_accepted"),
        kpi(w.oversold, "oversold_units"),
        text(w.rate, (c) =>
            figure(`channels.${at.get(c)}.kpi.oversell_rate`, c.kpi.oversell_rate, percent(c.kpi.oversell_rate)),
        ),
        text(
            w.share,
            (c) => bar(all > 0 ? c.kpi.oversold_units / all : 0, "bad"),
            (c) => c.kpi.oversold_units,
        ),
        kpi(w.undersold, "undersold_units"),
        kpi(w.lost, "lost_sales_units"),
        kpi(w.cancelled, "cancelled_units"),
        text(w.reserves, (c) => c.reservation),
        text(w.decides, (c) => c.decides_on),
        quantile(w.age50, (c) => c.view_age_s, "p50"),
        quantile(w.age99, (c) => c.view_age_s),
        text(w.bought, (c) => percent(c.kpi.conversion)),
        text(w.kept, (c) => percent(c.kpi.promise_kept_rate)),
        text(w.each, (c) => decimal(c.kpi.cost_per_order)),
    ];
    const first = {
        title: w.channel,
        text: (channel: ChannelKpi): Child => [
            channel.name,
            channel.kind === channel.name ? null : h("small", {}, channel.kind),
        ],
    };
    return details(
        "ref-channels",
        w.channels,
        fill(w.n, { n: whole(record.channels.length) }),
        h("p", { class: "note" }, w.channelsNote),
        table(fieldTable(w.channels, first, record.channels, fields), { class: "dense" }),
    );
}

// A link that opens the table as well: a target that is closed shows nothing.
export const edgeTableLink = (): HTMLElement =>
    h(
        "a",
        { href: "#ref-edges", onclick: () => document.getElementById("ref-edges")?.setAttribute("open", "") },
        words().edges,
    );

export function edgeTable(record: RunRecord): Child {
    if (record.edges.length === 0) return null;
    const w = words(),
        lag = (edge: EdgeKpi) => edge.lag_s;
    const text = (title: string, of: (edge: EdgeKpi) => Child): Field<EdgeKpi> => ({
        title,
        value: () => always,
        text: of,
    });
    const kept = (title: string, value: (edge: EdgeKpi) => number): Field<EdgeKpi> =>
        text(title, (edge) => whole(value(edge)));
    const fields: Field<EdgeKpi>[] = [
        text(w.from, (edge) => `${edge.from} → ${edge.to}`),
        text(w.kind, (edge) => edge.kind),
        kept(w.messages, (e) => e.messages),
        kept(w.lostMessages, (e) => e.lost),
        counts(w.duplicated, (e) => e.duplicated),
        counts(w.reordered, (e) => e.reordered),
        counts(w.resent, (e) => e.resent),
        counts(w.dead, (e) => e.dead_letters),
        counts(w.overwritten, (e) => e.overwritten_units),
        counts(w.queue, (e) => e.queue_peak),
        quantile(w.lag, lag, "p50"),
        quantile("p90", lag, "p90"),
        quantile("p95", lag, "p95"),
        quantile("p99", lag),
        quantile("max", lag, "max"),
    ];
    return details(
        "ref-edges",
        w.edges,
        fill(w.n, { n: whole(record.edges.length) }),
        h("p", { class: "note" }, w.edgesNote),
        table(fieldTable(w.edges, { title: w.edge, text: (edge: EdgeKpi) => edge.name }, record.edges, fields), {
            class: "dense",
        }),
    );
}

// The verdict, the gates, and the figures that an architecture review asks for first; what was run, and how to run it again.
import type { Kpi, RunRecord } from "../../generated/record";
import { command } from "../ui/copy";
import { figure, h, type Child } from "../ui/dom";
import { both, fill, forms, formy, plural } from "../ui/language";
import { decimal, money, percent, span, whole } from "../ui/numbers";
import { card, cards } from "../ui/section";
import { gatesSay, gateStrip } from "./gates";
import { costOf } from "./cost/terms";
import { verdict } from "./verdict";

export { banners } from "./verdict";

const words = both(
    {
        rate: "Oversell rate",
        rateNote: "of units accepted",
        rateShop: "of units accepted were promised from a node without them; a shop has no nodes",
        undersold: "Undersold",
        undersoldNote: "{units} refused although they were there; each refusal counts",
        lost: "Lost sales",
        lostNote: "{units} of {refused} refused: wanted, and not found elsewhere",
        kept: "Promise kept",
        keptNote: "of promises that fell due",
        cost: "Cost per order",
        costLabour: "with labour; ",
        costNoLabour: "without labour; ",
        costNote: "{split} of those sent were split",
        costTills: "tills included; {split} of those sent were split",
        cancelled: "Cancelled",
        cancelledNote: "units; {uncollected} never fetched",
        cancelledPlain: "units, in {orders} orders for want of stock",
        time: "To the door or pick-up desk",
        timeNote: "median; 1 % take longer than {p99}",
        revenue: "Revenue",
        revenueNote: "not cancelled",
        orders: "Orders",
        ordersNote: "accepted, with {units}",
        shoppers: "Shoppers",
        bought: "{rate} bought",
        units: forms("unit", "units"),
        none: "nothing was sent or collected",
        scenario: "Scenario",
        design: "Design",
        seed: "Seed",
        commit: "Commit",
        fingerprint: "Fingerprint",
        repeat: "This run again",
        repeatWhole: "The whole run, from its start to its end",
        interval: "One run is one day: it has no interval. Twenty of them say how sure these figures are:",
    },
    {
        rate: "Wskaźnik nadsprzedaży",
        rateNote: "przyjętych sztuk",
        rateShop: "przyjętych sztuk obiecano z węzła, który ich nie miał; sklep nie zna węzłów",
        undersold: "Odmowy mimo zapasu",
        undersoldNote: "{units}: odmówiono, choć towar był; liczy się każda odmowa",
        lost: "Utracona sprzedaż",
        lostNote: "{units} z {refused} odmówionych, których klient nie znalazł nigdzie indziej",
        kept: "Dotrzymane obietnice",
        keptNote: "obietnic, których termin minął",
        cost: "Koszt zamówienia",
        costLabour: "z pracą; ",
        costNoLabour: "bez pracy; ",
        costNote: "podzielono {split} wysłanych zamówień",
        costTills: "łącznie z kasami; podzielono {split} wysłanych zamówień",
        cancelled: "Anulowano",
        cancelledNote: "sztuk; nieodebrane: {uncollected}",
        cancelledPlain: "sztuk; zamówienia bez towaru: {orders}",
        time: "Do drzwi lub punktu odbioru",
        timeNote: "mediana; 1 % trwa dłużej niż {p99}",
        revenue: "Przychód",
        revenueNote: "bez anulowanych",
        orders: "Zamówienia",
        ordersNote: "przyjęte, razem {units}",
        shoppers: "Klienci",
        bought: "kupiło {rate}",
        units: formy("sztuka", "sztuki", "sztuk"),
        none: "niczego nie wysłano ani nie wydano",
        scenario: "Scenariusz",
        design: "Architektura",
        seed: "Ziarno",
        commit: "Commit",
        fingerprint: "Odcisk",
        repeat: "Ten sam przebieg jeszcze raz",
        repeatWhole: "Cały przebieg, od początku do końca",
        interval:
            "Jeden przebieg to jeden dzień: nie ma przedziału ufności. Dopiero dwadzieścia przebiegów pokaże, na ile pewne są te liczby:",
    },
);

// Figures per order then speak of two things: orders that are sent or fetched, and shoppers who carry theirs out of the store.
export const tillsTookOrders = (record: RunRecord): boolean =>
    record.channels.length > 1 &&
    record.channels.some((channel) => channel.kind === "pos" && channel.kpi.orders_accepted > 0);

type Named = { [K in keyof Kpi]: Kpi[K] extends number ? K : never }[keyof Kpi];

function firstCards(record: RunRecord): HTMLElement {
    const w = words(),
        k = record.kpi,
        shared = (record.load?.shards ?? 0) > 1,
        pooled = Boolean(record.load?.shop_books) && k.oversold_units > 0;
    const kpi = (name: Named, text: string) => figure(`kpi.${name}`, k[name], text);
    const units = (n: number) => plural(n, w.units);
    const labour = costOf(k.cost_terms ?? [], "labour") !== 0 ? w.costLabour : w.costNoLabour;
    const cost = labour + fill(tillsTookOrders(record) ? w.costTills : w.costNote, { split: percent(k.split_rate) });
    return h(
        "div",
        { class: "first" },
        cards(
            shared
                ? null
                : card(
                      w.rate,
                      kpi("oversell_rate", percent(k.oversell_rate)),
                      pooled ? w.rateShop : w.rateNote,
                      pooled ? "" : k.oversold_units > 0 ? "bad" : "good",
                  ),
            shared
                ? null
                : card(
                      w.undersold,
                      kpi("undersold_units", whole(k.undersold_units)),
                      fill(w.undersoldNote, { units: units(k.undersold_units) }),
                      k.undersold_units > 0 ? "warn" : "",
                  ),
            card(
                w.lost,
                kpi("lost_sales_units", whole(k.lost_sales_units)),
                fill(w.lostNote, { units: units(k.lost_sales_units), refused: whole(k.refused_units) }),
                k.lost_sales_units > 0 ? "warn" : "",
            ),
            card(w.kept, kpi("promise_kept_rate", percent(k.promise_kept_rate)), w.keptNote),
            card(w.cost, kpi("cost_per_order", `${decimal(k.cost_per_order)} ${record.identity.currency}`), cost),
        ),
    );
}

function furtherCards(record: RunRecord): HTMLElement {
    const w = words(),
        k = record.kpi,
        time = k.fulfilment_time_s,
        uncollected = record.balance?.units_uncollected ?? 0;
    const kpi = (name: Named, text: string) => figure(`kpi.${name}`, k[name], text);
    return cards(
        card(
            w.cancelled,
            kpi("cancelled_units", whole(k.cancelled_units)),
            uncollected > 0
                ? fill(w.cancelledNote, { uncollected: whole(uncollected) })
                : fill(w.cancelledPlain, { orders: whole(k.cancelled_orders) }),
        ),
        card(
            w.time,
            figure("kpi.fulfilment_time_s.p50", time.p50, time.count > 0 ? span(time.p50) : "–"),
            time.count > 0 ? fill(w.timeNote, { p99: span(time.p99) }) : w.none,
        ),
        card(w.revenue, kpi("revenue", money(k.revenue, record.identity.currency, 0)), w.revenueNote),
        card(
            w.orders,
            kpi("orders_accepted", whole(k.orders_accepted)),
            fill(w.ordersNote, { units: `${whole(k.units_accepted)} ${plural(k.units_accepted, w.units)}` }),
        ),
        card(w.shoppers, kpi("shoppers", whole(k.shoppers)), fill(w.bought, { rate: percent(k.conversion) })),
    );
}

function identityStrip(record: RunRecord): Child {
    const w = words(),
        id = record.identity,
        replications = `${id.repeat_command} --replications 20`;
    const term = (name: string, text: string, attributes = {}) =>
        text ? h("div", attributes, h("dt", {}, name), h("dd", {}, text)) : null;
    return h(
        "div",
        { class: "run-again" },
        h(
            "dl",
            { class: "identity" },
            term(w.scenario, id.scenario),
            term(w.design, id.design),
            term(w.seed, String(id.seed)),
            term(w.commit, id.commit),
            term(w.fingerprint, id.fingerprint),
        ),
        id.repeat_command
            ? [h("p", {}, id.partial ? w.repeatWhole : w.repeat), command(id.repeat_command, { id: "repeat" })]
            : null,
        // A live run costs its time over again: twenty of those nobody asks for lightly.
        id.repeat_command && !record.load ? [h("p", {}, w.interval), command(replications, { id: "interval" })] : null,
    );
}

export function headline(record: RunRecord): Child[] {
    return [
        verdict(record),
        h("p", { class: "gates-say" }, gatesSay(record)),
        gateStrip(record),
        firstCards(record),
        furtherCards(record),
        identityStrip(record),
    ];
}

// The figures of fulfilment that a run has, each with its name: those that are nought say nothing and are left out.
import type { Kpi, RunRecord, TimeStats } from "../../../generated/record";
import { figure, h, type Child } from "../../ui/dom";
import { both, fill } from "../../ui/language";
import { decimal, money, percent, span, whole } from "../../ui/numbers";

const words = both(
    {
        parcels: "parcels sent",
        perOrder: "{n} per order sent",
        split: "split orders",
        splitMore: "of orders sent, from several nodes",
        km: "km per parcel",
        kmAll: "{km} km in all",
        door: "order to door",
        ready: "order to ready",
        p90: "p90 {time}",
        inTime: "ready in time",
        inTimeMore: "of pick-ups and store reservations",
        labour: "labour",
        labourMore: "paid within the horizon",
        overtime: "overtime",
        walked: "walked out",
        walkedMore: "shoppers who would not wait any longer to be served",
        left: "left behind",
        leftMore: "units, by shoppers who walked out",
        walkIns: "walk-ins lost",
        walkInsMore: "units worth {value}, taken by online orders",
        moved: "moved orders",
        movedMore: "planned anew before anybody worked on them",
        declined: "declined",
        declinedMore: "orders accepted first; serving them costs more",
        declinedUnits: "declined units",
        declinedUnitsMore: "refused at once ones included; serving them costs more",
        failed: "failed picks",
        failedMore: "not all units were there",
        mismatched: "mismatched",
        mismatchedMore: "picks, of the failed ones: another item lay there",
        damaged: "damaged",
        damagedMore: "units, found by pickers",
        transferred: "transferred",
        transferredMore: "units",
        trips: "units in {n} trips, {full} full",
        tripsPlain: "units in {n} trips",
        gathered: "gathered",
        gatheredMore: "parcels waited for other nodes",
        turned: "stock turned",
        turnedMore: "times over the horizon",
        age: "age of stock",
        ageMore: "on average at the end",
        late: "late parcels",
        lateMore: "the carrier took longer",
        back: "back to sender",
        backMore: "units nobody fetched or no locker took",
    },
    {
        parcels: "wysłane paczki",
        perOrder: "{n} na wysłane zamówienie",
        split: "zamówienia dzielone",
        splitMore: "wysłanych, z kilku węzłów",
        km: "km na paczkę",
        kmAll: "łącznie {km} km",
        door: "od zamówienia do drzwi",
        ready: "od zamówienia do gotowości",
        p90: "p90 {time}",
        inTime: "gotowe na czas",
        inTimeMore: "odbiorów i rezerwacji w sklepie",
        labour: "praca",
        labourMore: "opłacona w okresie symulacji",
        overtime: "nadgodziny",
        walked: "wyszli",
        walkedMore: "klienci, którzy nie chcieli dłużej czekać na obsługę",
        left: "zostawiono",
        leftMore: "sztuk, przez klientów, którzy wyszli",
        walkIns: "stracone w sklepach",
        walkInsMore: "sztuk o wartości {value}, zabranych na zamówienia z sieci",
        moved: "przeplanowane",
        movedMore: "zamówienia, zanim ktoś zaczął nad nimi pracę",
        declined: "odrzucone",
        declinedMore: "zamówienia przyjęte wcześniej; realizacja kosztowałaby więcej",
        declinedUnits: "odrzucone sztuki",
        declinedUnitsMore: "także te, których odmówiono od razu; realizacja kosztowałaby więcej",
        failed: "nieudane kompletacje",
        failedMore: "nie wszystkie sztuki były na miejscu",
        mismatched: "zły towar",
        mismatchedMore: "kompletacji spośród nieudanych: leżało tam co innego",
        damaged: "uszkodzone",
        damagedMore: "sztuk znalezionych przy kompletacji",
        transferred: "przesunięto",
        transferredMore: "sztuk",
        trips: "sztuk w {n} kursach, zapełnienie {full}",
        tripsPlain: "sztuk w {n} kursach",
        gathered: "połączone",
        gatheredMore: "paczki czekały na inne węzły",
        turned: "rotacja zapasu",
        turnedMore: "razy w okresie symulacji",
        age: "wiek zapasu",
        ageMore: "średnio na końcu",
        late: "spóźnione paczki",
        lateMore: "przewoźnik wiózł dłużej",
        back: "zwrot do nadawcy",
        backMore: "sztuk, których nikt nie odebrał albo nie przyjął automat",
    },
);

type Row = [label: string, value: Child, more: string];
type Named = { [K in keyof Kpi]: Kpi[K] extends number ? K : never }[keyof Kpi];

function rowsOf(record: RunRecord): Row[] {
    const w = words(),
        k = record.kpi,
        currency = record.identity.currency,
        rows: Row[] = [];
    const when = (
        name: Named,
        label: string,
        more: string,
        text: (value: number) => string = whole,
        given = k[name] > 0,
    ) => {
        if (given) rows.push([label, figure(`kpi.${name}`, k[name], text(k[name])), more]);
    };
    const time = (name: "order_to_door_s" | "order_to_ready_s", label: string) => {
        const stats: TimeStats = k[name];
        if (stats.count > 0)
            rows.push([
                label,
                figure(`kpi.${name}.p50`, stats.p50, span(stats.p50)),
                fill(w.p90, { time: span(stats.p90) }),
            ]);
    };
    const hours = (digits: number) => (value: number) => `${decimal(value, digits)} h`;
    when("parcels", w.parcels, fill(w.perOrder, { n: decimal(k.shipments_per_order, 3) }));
    when("split_rate", w.split, w.splitMore, percent, k.parcels > 0);
    when("parcel_km", w.km, fill(w.kmAll, { km: whole(k.total_km) }), whole, k.parcels > 0);
    time("order_to_door_s", w.door);
    time("order_to_ready_s", w.ready);
    when("ready_in_time_rate", w.inTime, w.inTimeMore, percent, k.order_to_ready_s.count > 0);
    when("late_parcels", w.late, w.lateMore);
    when("back_to_sender_units", w.back, w.backMore);
    when("declined_orders", w.declined, w.declinedMore);
    when("declined_units", w.declinedUnits, w.declinedUnitsMore);
    when("labour_h", w.labour, w.labourMore, hours(0));
    when("overtime_h", w.overtime, "", hours(1));
    const walked = record.nodes.reduce((sum, node) => sum + node.walked_out, 0),
        left = record.nodes.reduce((sum, node) => sum + node.walked_out_units, 0);
    if (walked > 0) rows.push([w.walked, whole(walked), w.walkedMore]);
    if (left > 0) rows.push([w.left, whole(left), w.leftMore]);
    when("walk_ins_lost_units", w.walkIns, fill(w.walkInsMore, { value: money(k.walk_ins_lost_value, currency) }));
    when("reoptimised_orders", w.moved, w.movedMore);
    when("failed_picks", w.failed, w.failedMore);
    when("mismatched_picks", w.mismatched, w.mismatchedMore);
    when("damaged_units", w.damaged, w.damagedMore);
    const trips =
        k.truck_trips === 0
            ? w.transferredMore
            : fill(k.truck_utilisation > 0 ? w.trips : w.tripsPlain, {
                  n: whole(k.truck_trips),
                  full: percent(k.truck_utilisation),
              });
    when("transferred_units", w.transferred, trips);
    when("gathered_parcels", w.gathered, w.gatheredMore);
    when("inventory_turnover", w.turned, w.turnedMore, (value) => decimal(value));
    if (k.stock_age_s.count > 0)
        rows.push([
            w.age,
            figure("kpi.stock_age_s.mean", k.stock_age_s.mean, `${decimal(k.stock_age_s.mean / 86_400, 1)} d`),
            w.ageMore,
        ]);
    return rows;
}

export function fulfilmentFigures(record: RunRecord): Child {
    const rows = rowsOf(record);
    return rows.length === 0
        ? null
        : h(
              "dl",
              { class: "terms" },
              rows.map(([label, value, more]) =>
                  h("div", {}, h("dt", {}, label), h("dd", {}, h("b", {}, value), more ? ` ${more}` : "")),
              ),
          );
}

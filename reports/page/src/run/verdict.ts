// The first thing that is read: whether to trust the record, and what it says.
import type { RunRecord } from "../../generated/record";
import { figure, h, type Child } from "../ui/dom";
import { both, fill, forms, formy, plural } from "../ui/language";
import { money, percent, span, whole } from "../ui/numbers";
import { unclosed } from "./balance";
import { shopVerdict } from "./live/shop_verdict";
import { balanceSentence } from "./reference/balance_words";

const words = both(
    {
        partial: "PARTIAL RUN",
        stopped: "stopped after {at} of {of}; every number below is of that part only.",
        drained: "stopped after {at}, while open orders were worked off; every number below is of that part only.",
        invalid: "INVALID",
        invalidText: "the load was not that of the schedule: rates and times say nothing about the system",
        refuted: "; what the audit refuted stands all the same",
        broken: "DO NOT TRUST IT",
        brokenText: "The record contradicts itself, {n} of its sums do not close:",
        warm: "WARM-UP",
        warmText: "{span} are left out of the figures of channels and of the run.",
        nothing: "Nothing oversold",
        among: "among {n} accepted {units}",
        oversold: forms("{n} oversold", "{n} oversold"),
        of: "{rate} of {all} accepted {units}, worth {value}, in {orders} {ordersWord}",
        units: forms("unit", "units"),
        orders: forms("order", "orders"),
        shared: "Shared run",
        sharedText:
            "of {n} generators, none of which sees what the others sold: oversold and undersold units are not known by the truth; the audit says what the back end sold twice.",
        rescued: forms(
            "{n} of the oversold units reached the shopper all the same.",
            "{n} of the oversold units reached the shopper all the same.",
        ),
    },
    {
        partial: "PRZEBIEG CZĘŚCIOWY",
        stopped: "przerwany po {at} z {of}; wszystkie liczby poniżej dotyczą tylko tej części.",
        drained:
            "przerwany po {at}, podczas domykania otwartych zamówień; wszystkie liczby poniżej dotyczą tylko tej części.",
        invalid: "NIEWAŻNE",
        invalidText: "obciążenie nie było takie jak w planie: tempo i czasy nic nie mówią o systemie",
        refuted: "; to, co obalił audyt, pozostaje obalone",
        broken: "NIE MOŻNA MU UFAĆ",
        brokenText: "Zapis przeczy sam sobie, niezgodne sumy: {n}.",
        warm: "ROZRUCH",
        warmText: "{span} pominięto w liczbach kanałów i przebiegu.",
        nothing: "Nic nie sprzedano ponad stan",
        among: "przyjęto {n} {units}",
        oversold: formy(
            "{n} szt. sprzedana ponad stan",
            "{n} szt. sprzedane ponad stan",
            "{n} szt. sprzedanych ponad stan",
        ),
        of: "{rate} z {all} przyjętych sztuk, o wartości {value}, w {orders} {ordersWord}",
        units: formy("sztukę", "sztuki", "sztuk"),
        orders: formy("zamówieniu", "zamówieniach", "zamówieniach"),
        shared: "Przebieg dzielony",
        sharedText:
            "między generatory ({n}), z których żaden nie widzi, co sprzedały inne: prawdziwej nadsprzedaży i odmów mimo zapasu nie znamy; o tym, co system sprzedał dwa razy, mówi audyt.",
        rescued: formy(
            "{n} z tych sztuk mimo to dotarła do klienta.",
            "{n} z tych sztuk mimo to dotarły do klientów.",
            "{n} z tych sztuk mimo to dotarło do klientów.",
        ),
    },
);

export function banners(record: RunRecord): Child[] {
    const w = words(),
        id = record.identity,
        broken = unclosed();
    const banner = (name: string, text: string, ...more: Child[]) =>
        h("div", { class: "banner", role: "status" }, h("b", {}, name), " ", text, more);
    return [
        broken.length > 0
            ? banner(
                  w.broken,
                  fill(w.brokenText, { n: whole(broken.length) }),
                  h(
                      "ul",
                      { id: "unclosed" },
                      broken.map((line) =>
                          h(
                              "li",
                              {},
                              `${balanceSentence(line.sentence)}: ${whole(line.left)} ${line.relation === "equal" ? "≠" : ">"} ${whole(line.right)}`,
                          ),
                      ),
                  ),
              )
            : null,
        record.load && record.load.invalid.length > 0
            ? banner(w.invalid, `${w.invalidText}${record.load.audit?.verdict === "refuted" ? w.refuted : ""}.`)
            : null,
        id.partial
            ? banner(
                  w.partial,
                  fill(id.simulated_s < id.horizon_s ? w.stopped : w.drained, {
                      at: span(id.simulated_s),
                      of: span(id.horizon_s),
                  }),
              )
            : null,
        id.warm_up_s > 0
            ? h("p", { class: "note" }, h("b", {}, w.warm), " ", fill(w.warmText, { span: span(id.warm_up_s) }))
            : null,
    ];
}

export function verdict(record: RunRecord): HTMLElement {
    const w = words(),
        k = record.kpi;
    const line = (tone: "good" | "bad" | "warn", big: Child, small: Child) =>
        h("p", { class: `headline ${tone}`, id: "verdict" }, h("b", {}, big), h("span", {}, small));
    const accepted = () => figure("kpi.units_accepted", k.units_accepted, whole(k.units_accepted));
    if (record.load && record.load.shards > 1)
        return line("warn", w.shared, fill(w.sharedText, { n: whole(record.load.shards) }));
    const shop = record.load ? shopVerdict(record.load) : null;
    if (shop) return line(shop.tone, shop.big, shop.small);
    if (k.oversold_units === 0) {
        const [before, after] = w.among.split("{n}");
        return line("good", w.nothing, [
            before,
            accepted(),
            fill(after ?? "", { units: plural(k.units_accepted, w.units) }),
        ]);
    }
    const text = fill(w.of, {
        rate: percent(k.oversell_rate),
        all: whole(k.units_accepted),
        units: plural(k.units_accepted, w.units),
        orders: whole(k.oversold_orders),
        ordersWord: plural(k.oversold_orders, w.orders),
        value: money(k.oversold_value, record.identity.currency),
    });
    const [rate, rest] = [percent(k.oversell_rate), text.slice(percent(k.oversell_rate).length)];
    const rescued =
        k.oversold_rescued_units > 0
            ? ` ${fill(plural(k.oversold_rescued_units, w.rescued), { n: whole(k.oversold_rescued_units) })}`
            : "";
    return line(
        "bad",
        figure(
            "kpi.oversold_units",
            k.oversold_units,
            fill(plural(k.oversold_units, w.oversold), { n: whole(k.oversold_units) }),
        ),
        [figure("kpi.oversell_rate", k.oversell_rate, rate), `${rest}.${rescued}`],
    );
}

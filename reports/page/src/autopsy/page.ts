// The page of one autopsy: `lastunit explain RUN --html FILE`.
import type { Autopsy } from "../../generated/record";
import { documentOf } from "../documents";
import { oversoldCause, methodName } from "../run/causes";
import { h } from "../ui/dom";
import type { Content } from "../ui/frame";
import { both, fill } from "../ui/language";
import { whole } from "../ui/numbers";
import { autopsyContent } from "./section";

const words = both(
    {
        title: "{sku}: {cause}",
        sub: "Order {order}, {channel} ({method}), {clock}; unit {unit} of {total} oversold. Design ",
        seed: "seed",
        how: "How it happened",
        says: "Follow the numbers on the lifelines down to the decision; hatched is where a system believes in more than there is.",
    },
    {
        title: "{sku}: {cause}",
        sub: "Zamówienie {order}, {channel} ({method}), {clock}; sztuka {unit} z {total} sprzedanych ponad stan. Architektura ",
        seed: "ziarno",
        how: "Jak do tego doszło",
        says: "Śledź liczby na liniach życia aż do decyzji; kreskowanie oznacza, że system widzi więcej, niż jest.",
    },
);

export function autopsyPage(): Content {
    const autopsies = documentOf<Autopsy[]>("autopsies")!,
        a = autopsies[0]!,
        l = a.line,
        w = words();
    return {
        title: fill(w.title, { sku: l.sku, cause: oversoldCause(l.cause).name }),
        subtitle: [
            a.scenario_title || a.scenario,
            ". ",
            fill(w.sub, {
                order: String(l.order),
                channel: l.channel,
                method: methodName(l.method),
                clock: l.clock,
                unit: whole(l.first_unit),
                total: whole(l.total_oversold),
            }),
            h("b", {}, a.design),
            `, ${w.seed} ${whole(a.seed)}.`,
        ],
        banners: [],
        headline: () => [],
        sections: [() => ({ id: "autopsy", title: w.how, says: w.says, content: [autopsyContent(autopsies)] })],
    };
}

// What an autopsy says before its picture: what was believed, what was true, what became of it.
import type { Autopsy, LateNews } from "../../generated/record";
import { both, fill, forms, formy, language, plural } from "../ui/language";
import { span, whole } from "../ui/numbers";
import { isTill } from "./lanes";

const words = both(
    {
        showed: "{channel} showed {shown}, and sold {units} at {clock}; there {were} {there}.",
        did: "{channel} sold {units} at {clock} without a look at its view; there {were} {there}.",
        wrong: "What it showed had not been there for {span}.",
        never: "What it showed never was there.",
        before: "It had looked {span} before it sold, when {there} were there.",
        till: "A shopper took it off the shelf and paid for it at {clock}; at the taking {there} {were} on the shelf and {shows} promised to others.",
        victim: "It was promised to order {order} of {channel}.",
        left: "{n} sent or handed over all the same",
        cancelled: "{n} cancelled",
        open: "{n} still open when the run ends",
        home: "carried home by its shopper",
        was: forms("was", "were"),
        pick: "{sku} · {channel} · {cause}",
    },
    {
        showed: "{channel} pokazywał {shown} szt. i o {clock} sprzedał {units}; na miejscu było {there}.",
        did: "{channel} sprzedał {units} szt. o {clock}, nie sprawdzając swoich danych o stanie; na miejscu było {there}.",
        wrong: "Tego, co pokazywał, nie było już od {span}.",
        never: "Tego, co pokazywał, nigdy nie było.",
        before: "Dane o stanie sprawdził {span} przed sprzedażą; było wtedy {there} szt.",
        till: "Klient zdjął towar z półki i zapłacił o {clock}; w chwili zdjęcia na półce było {there} szt., a innym obiecano {shows}.",
        victim: "Sztukę obiecano wcześniej: zamówienie {order}, kanał {channel}.",
        left: "mimo wszystko wydano: {n}",
        cancelled: "anulowano: {n}",
        open: "otwarte, gdy przebieg się kończy: {n}",
        home: "klient zabrał towar do domu",
        was: formy("było", "były", "było"),
        pick: "{sku} · {channel} · {cause}",
    },
);

export function belief(a: Autopsy): string {
    const w = words(),
        l = a.line;
    const places = {
        channel: l.channel,
        clock: l.clock.replace(/\.\d+$/, ""),
        units: whole(l.units),
        were: plural(l.there_at_promise, w.was),
        there: whole(l.there_at_promise),
    };
    if (isTill(a)) {
        const text = fill(w.till, { ...places, shows: whole(l.shows_at_promise) });
        return l.victim_order > 0
            ? `${text} ${fill(w.victim, { order: String(l.victim_order), channel: l.victim_channel })}`
            : text;
    }
    if (l.looked_s < 0) return fill(w.did, places);
    const text = fill(w.showed, { ...places, shown: whole(l.shown) });
    if (l.looked_s < l.at_s - 0.0005)
        return `${text} ${fill(w.before, { span: span(l.at_s - l.looked_s), there: whole(l.there) })}`;
    if (l.wrong_for_s > 0) return `${text} ${fill(w.wrong, { span: span(l.wrong_for_s) })}`;
    return l.wrong_for_s < 0 ? `${text} ${w.never}` : text;
}

export function outcome(a: Autopsy): string {
    const w = words(),
        l = a.line;
    if (language() === "en") return l.outcome;
    if (isTill(a)) return w.home;
    const open = l.oversold - l.left_units - l.cancelled_units;
    const part = (n: number, text: string) => (n > 0 ? [fill(text, { n: whole(n) })] : []);
    return [...part(l.left_units, w.left), ...part(l.cancelled_units, w.cancelled), ...part(open, w.open)].join(", ");
}

export function lateNews(news: LateNews): string {
    if (language() === "en" || !news.channel) return news.text;
    if (news.units === 0)
        return `${news.channel} ostatnio dowiedział się o stanie (${news.edge}) ${span(news.oldest_s)} przed spojrzeniem: ${whole(news.told)}; w tym czasie było już ${whole(news.record)}.`;
    return `System centralny ${news.lost ? "nigdy nie dowie się" : "nie wiedział jeszcze"} o ${whole(news.units)} szt. sprzedanych przez ${news.channel} (${news.edge}); najstarsza sprzedaż ${span(news.oldest_s)} wcześniej.`;
}

export const title = (a: Autopsy, cause: string): string =>
    fill(words().pick, { sku: a.line.sku, channel: a.line.channel, cause });

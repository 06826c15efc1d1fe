// The language of the page: English or Polish. Every word lies beside its translation, in the file that uses it:
//
//   const words = both({ title: "The day" }, { title: "Dzień" });
//   words().title
//
// The compiler sees to it that neither language lacks a word.
export type Language = "en" | "pl";

let current: Language = "en";

export const language = (): Language => current;
export const locale = (): string => (current === "pl" ? "pl-PL" : "en-GB");

export function setLanguage(to: Language): void {
    current = to;
    document.documentElement.lang = to;
}

// Forms of a noun by its count. Polish has three: 1 sztuka, 2 sztuki, 5 sztuk; English has no `few`.
export interface Forms {
    one: string;
    few?: string;
    many: string;
}
export const forms = (one: string, many: string): Forms => ({ one, many });
export const formy = (one: string, few: string, many: string): Forms => ({ one, few, many });

export function both<T>(en: T, pl: NoInfer<T>): () => T {
    return () => (current === "pl" ? pl : en);
}

// Words of a text with places: fill("{n} of {total}", { n: "3", total: "5" }). An abbreviation at its end ("2 godz.") ends the sentence.
export const fill = (text: string, places: Record<string, string>): string =>
    text.replace(/\{(\w+)\}(\.?)/g, (whole, name: string, stop: string) => {
        const put = places[name];
        return put === undefined ? whole : put.endsWith(".") ? put : put + stop;
    });

export function plural(count: number, of: Forms): string {
    const rule = new Intl.PluralRules(locale()).select(count);
    return rule === "one" ? of.one : rule === "few" ? (of.few ?? of.many) : of.many;
}

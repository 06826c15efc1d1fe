// A sentence in the language that it is in. Of those that come from the record in English alone, a Polish page quotes the words and
// says that it does.
import { h, type Child } from "./dom";
import { both, language, type Language } from "./language";

export interface Said {
    text: string;
    lang: Language;
}

export const english = (text: string): Said => ({ text, lang: "en" });

// `polish` makes it of the facts; null: it cannot be made of these.
export function saidOf(text: string, polish: () => string | null): Said {
    if (language() !== "pl") return english(text);
    const made = polish();
    return made === null ? english(text) : { text: made, lang: "pl" };
}

const lead = both({ of: "" }, { of: "W oryginale: " });

export const quoted = ({ text, lang }: Said): boolean => lang !== language() && text !== "";
// As one text, for a caption or a screen reader.
export const plainText = (said: Said): string => (quoted(said) ? `${lead().of}„${said.text}”` : said.text);
// As elements: what is quoted has its language.
export const saidParts = (said: Said): Child[] =>
    quoted(said)
        ? [h("span", { class: "quoting" }, lead().of), h("q", { lang: said.lang }, said.text)]
        : [h("span", { lang: said.lang }, said.text)];

// What every page has: title, table of sections, switches for theme and language, foot.
import type { PageDocument } from "../documents";
import { attempt, failedTitle } from "./attempt";
import { h, type Child } from "./dom";
import { both, language, type Language } from "./language";
import type { Theme } from "./look";
import { section, type Section } from "./section";

const words = both(
    {
        toDark: "Dark",
        toLight: "Light",
        theme: "Switch to the {theme} theme",
        sections: "Sections",
        skip: "Skip to the report",
        foot: "Made by lastunit {version} ({commit}). One file, nothing is loaded from anywhere.",
        language: "Polski",
        languageLabel: "Polski: pokaż po polsku",
    },
    {
        toDark: "Ciemny",
        toLight: "Jasny",
        theme: "Przełącz motyw: {theme}",
        sections: "Sekcje",
        skip: "Przejdź do raportu",
        foot: "Wygenerowane przez lastunit {version} ({commit}). Jeden plik, nic nie jest pobierane z sieci.",
        language: "English",
        languageLabel: "English: show in English",
    },
);

export interface Content {
    title: string;
    subtitle: Child[];
    banners: Child[];
    headline: () => Child[]; // the verdict and the cards
    sections: (() => Section | null)[]; // each made by itself: see attempt.ts
}
export interface Switches {
    theme: () => Theme;
    setTheme: (to: Theme) => void;
    setLanguage: (to: Language) => void;
}

function themeButton(switches: Switches): HTMLElement {
    const other = (): Theme => (switches.theme() === "dark" ? "light" : "dark");
    const name = () => (other() === "dark" ? words().toDark : words().toLight);
    const button = h(
        "button",
        { type: "button", id: "theme", "aria-label": words().theme.replace("{theme}", name()) },
        name(),
    );
    button.addEventListener("click", () => {
        switches.setTheme(other());
        button.textContent = name();
        button.setAttribute("aria-label", words().theme.replace("{theme}", name()));
    });
    return button;
}

function sectionsOf(content: Content): Section[] {
    const made = content.sections.map((make, i) =>
        attempt(make, (sentence) => ({ id: `failed-${i}`, title: failedTitle(), says: "", content: [sentence] })),
    );
    return made.filter((one): one is Section => one !== null && one.content.length > 0);
}

export function frame(content: Content, page: PageDocument, switches: Switches): Node[] {
    document.title = content.title;
    const shown = sectionsOf(content),
        headline = attempt(content.headline, (sentence) => [sentence]);
    const toc = h(
        "nav",
        { "aria-label": words().sections, class: "toc" },
        h(
            "ul",
            {},
            shown.map((one) => h("li", {}, h("a", { href: `#${one.id}` }, one.title))),
        ),
    );
    const other: Language = language() === "pl" ? "en" : "pl";
    const languageButton = h(
        "button",
        {
            type: "button",
            id: "language",
            lang: other,
            "aria-label": words().languageLabel,
            onclick: () => {
                switches.setLanguage(other);
                document.getElementById("language")?.focus();
            },
        },
        words().language,
    );
    return [
        h("a", { class: "skip", href: "#report" }, words().skip),
        h(
            "div",
            { class: "bar-top" },
            h(
                "div",
                { class: "inner" },
                h("span", { class: "brand" }, "lastunit"),
                toc,
                h("div", { class: "switches" }, languageButton, themeButton(switches)),
            ),
        ),
        h(
            "main",
            { id: "report" },
            h(
                "header",
                {},
                h("h1", {}, content.title),
                h("p", { class: "sub" }, content.subtitle),
                content.banners,
                headline,
            ),
            shown.map(section),
        ),
        h("footer", {}, words().foot.replace("{version}", page.version).replace("{commit}", page.commit)),
    ];
}

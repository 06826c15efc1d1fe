// The page: reads the documents that it carries, builds its sections, and again when language changes.
import { documentOf, type PageDocument } from "./documents";
import { pages } from "./pages";
import { attempt } from "./ui/attempt";
import { chartIds, forget, instanceOf, redraw } from "./ui/chart";
import { h } from "./ui/dom";
import { frame } from "./ui/frame";
import { language, setLanguage, type Language } from "./ui/language";
import { setTheme, type Theme } from "./ui/look";

const page = documentOf<PageDocument>("page")!;
const dark = matchMedia("(prefers-color-scheme: dark)");
let theme: Theme = dark.matches ? "dark" : "light";

function build(): void {
    forget();
    const content = () =>
        frame(pages[page.kind](), page, {
            theme: () => theme,
            setTheme: (to) => {
                theme = to;
                setTheme(to);
                redraw("drawn");
            },
            setLanguage: (to: Language) => {
                setLanguage(to);
                build();
            },
        });
    document.body.replaceChildren(...attempt<Node[]>(content, (sentence) => [h("main", { id: "report" }, sentence)]));
}

setTheme(theme);
setLanguage(page.language);
build();
dark.addEventListener("change", () => {
    theme = dark.matches ? "dark" : "light";
    setTheme(theme);
    redraw("drawn");
});

// On paper everything is there, in ink.
const opened: HTMLDetailsElement[] = []; // for the paper alone
addEventListener("beforeprint", () => {
    const closed = [...document.querySelectorAll<HTMLDetailsElement>("details.look-up:not([open])")];
    for (const one of closed) one.open = true;
    opened.push(...closed); // a browser may announce one print twice
    setTheme("light");
    redraw("all", "light");
});
addEventListener("afterprint", () => {
    for (const one of opened.splice(0)) one.open = false;
    setTheme(theme);
    redraw("drawn");
});

// For tests, and for those who look at a page from the console.
Object.assign(window, {
    lastunit: {
        charts: chartIds,
        chart: instanceOf,
        drawAll: () => redraw("all"),
        language,
        documents: (id: string) => documentOf(id),
    },
});

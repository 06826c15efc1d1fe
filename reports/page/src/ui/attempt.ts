// A part that cannot be made takes no other part with it: a sentence stands in its place, and the console says why (tests fail on that).
import { h } from "./dom";
import { both, fill } from "./language";

const words = both(
    {
        failed: "This part cannot be shown: the page found something in the record that it does not understand ({why}). Everything else is as it was written; please report it as a fault of lastunit.",
        section: "A part that failed",
    },
    {
        failed: "Tej części nie da się pokazać: strona znalazła w zapisie coś, czego nie rozumie ({why}). Cała reszta jest taka, jak ją zapisano; prosimy zgłosić to jako błąd programu lastunit.",
        section: "Część z błędem",
    },
);

export const failedTitle = (): string => words().section;

function sorry(error: unknown): HTMLElement {
    const why = error instanceof Error ? error.message : String(error);
    return h("p", { class: "failed", role: "note" }, fill(words().failed, { why }));
}

export function attempt<T>(make: () => T, instead: (sentence: HTMLElement) => T): T {
    try {
        return make();
    } catch (error) {
        console.error(error);
        return instead(sorry(error));
    }
}

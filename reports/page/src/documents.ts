// The documents that a page carries, as <script type="application/json" id="...">. `page` says what kind of page it is.
export type Kind = "run" | "replications" | "comparison" | "sweep" | "indices" | "plan" | "autopsy" | "race";

export interface PageDocument {
    kind: Kind;
    language: "en" | "pl";
    version: string;
    commit: string;
    command: string;
}

// All are taken when the first is asked for: what the page shows takes the place of its elements.
let texts: Map<string, string> | null = null;
const parsed = new Map<string, unknown>();

export function documentOf<T>(id: string): T | null {
    texts ??= new Map(
        [...document.querySelectorAll('script[type="application/json"]')].map((element) => [
            element.id,
            element.textContent ?? "",
        ]),
    );
    const text = texts.get(id);
    if (!text) return null;
    if (!parsed.has(id)) parsed.set(id, JSON.parse(text));
    return parsed.get(id) as T;
}

// What the sections take from a browser, where there is none: a document to build in, and observers that never see anything.
import { parseHTML } from "linkedom";

class Observer {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
}

export function withoutBrowser(documents: Record<string, string>): void {
    const { document, window } = parseHTML("<!DOCTYPE html><html><head></head><body></body></html>");
    Object.assign(globalThis, {
        innerWidth: 1200,
        innerHeight: 900, // px
        document,
        IntersectionObserver: Observer,
        ResizeObserver: Observer,
        matchMedia: () => ({ matches: false, addEventListener: () => {} }),
        addEventListener: () => {},
        HTMLElement: window.HTMLElement,
        Node: window.Node,
    });
    for (const [id, json] of Object.entries(documents)) {
        const element = document.createElement("script");
        element.setAttribute("type", "application/json");
        element.setAttribute("id", id);
        element.textContent = json;
        document.body.appendChild(element);
    }
}

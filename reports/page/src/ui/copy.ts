// A command with a button that copies it.
import { h } from "./dom";
import { both } from "./language";

const words = both(
    { copy: "Copy", copied: "Copied", label: "Copy the command" },
    { copy: "Kopiuj", copied: "Skopiowano", label: "Kopiuj polecenie" },
);

// Where the clipboard is out of reach (an old browser, a page in a frame) the text is selected, and the reader copies it.
async function copy(text: string, from: HTMLElement): Promise<boolean> {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        getSelection()?.selectAllChildren(from);
        return false;
    }
}

export function command(text: string, attributes: { id?: string } = {}): HTMLElement {
    const w = words(),
        code = h("code", { tabindex: 0 }, text);
    const button = h("button", { type: "button", "aria-label": w.label }, w.copy);
    button.addEventListener("click", () => {
        void copy(text, code).then((done) => {
            if (!done) return;
            button.textContent = w.copied;
            setTimeout(() => {
                button.textContent = w.copy;
            }, 1500);
        });
    });
    return h("div", { class: "command", ...attributes }, code, button);
}

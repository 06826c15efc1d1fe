// Elements made from text: nothing of a record is ever read as markup, whatever it is called.
export type Child = Node | string | null | undefined | false | Child[];
type Attributes = Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>;

function append(parent: Node, children: Child[]): void {
    for (const child of children) {
        if (child === null || child === undefined || child === false) continue;
        if (Array.isArray(child)) append(parent, child);
        else parent.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
    }
}

function setAttributes(element: Element, attributes: Attributes): void {
    for (const [name, value] of Object.entries(attributes)) {
        if (value === null || value === undefined || value === false) continue;
        if (typeof value === "function") element.addEventListener(name.replace(/^on/, ""), value);
        else element.setAttribute(name, value === true ? "" : String(value));
    }
}

// h("p", { class: "lead" }, "text", h("b", {}, "bold"))
export function h<K extends keyof HTMLElementTagNameMap>(
    name: K,
    attributes: Attributes = {},
    ...children: Child[]
): HTMLElementTagNameMap[K] {
    const element = document.createElement(name);
    setAttributes(element, attributes);
    append(element, children);
    return element;
}

export function svg(name: string, attributes: Attributes = {}, ...children: Child[]): SVGElement {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    setAttributes(element, attributes);
    append(element, children);
    return element;
}

// A figure of the record: `path` says where in the JSON it stands, the value is there unrounded, the text is how it reads.
// Tests compare all three; scripts of readers may as well.
export function figure(path: string, value: number | null, text: string): HTMLElement {
    return h("data", { value: value ?? "", "data-path": path }, text);
}

// An SVG element as the text of a file. Not outerHTML: what that escapes depends on who parses, and a <title> is markup to some.
const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

// Characters that no XML file may hold are shown as such.
export const escaped = (text: string): string =>
    text.replace(/[&<>"]/g, (c) => escapes[c]!).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "\ufffd");

export function markup(node: Node): string {
    if (node.nodeType === 3) return escaped(node.nodeValue ?? "");
    if (node.nodeType !== 1) return "";
    const element = node as Element,
        name = element.localName;
    const attributes = [...element.attributes].map((one) => ` ${one.name}="${escaped(one.value)}"`).join("");
    const content = [...element.childNodes].map(markup).join("");
    return `<${name}${attributes}>${content}</${name}>`;
}

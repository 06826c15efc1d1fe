// Names that would be scripts if anything took them for markup.
export const script = "<script>alert(1)</script>";
export const image = "\"><img src=x onerror=alert(2)>";
export const markdown = "a|b `c`\n# not a heading";

const quoted = (name) => JSON.stringify(name); // YAML's double quotes are JSON's

// Names as a scenario's author may choose them.
export function hostileScenario(smoke) {
  const renamed = [
    [/^title: .*$/m, `title: ${quoted(`${script} ${image} ${markdown}`)}`],
    [/\bstore-warsaw\b/g, quoted(image)],
    [/\bwarsaw\b/g, quoted(`warsaw ${script}`)],
    [/\bkiosk: /g, `${quoted(script)}: `],
    [/\banybody_in_town\b/g, quoted(`${markdown} ${script}`)],
    [/\bstock-to-web\b/g, quoted(`feed ${image}`)],
    [/\beverything-once\b/g, quoted(`design ${script}`)],
    [/\bdrop: \{/g, `${quoted(`drop ${script}`)}: {`],
  ];
  return renamed.reduce((text, [from, to]) => text.replace(from, () => to), smoke);
}

// The same record with every name that a file of any origin could hold: all strings that are names and not words of the program.
export function hostileRecord(record) {
  const kept = new Set(["kind", "cause", "method", "term", "verdict", "currency", "scenario_hash", "commit", "version", "status", "clock", "roles", "outcome", "decides_on", "instead"]);
  const names = new Map();
  const renamed = (text) => {
    if (!names.has(text)) names.set(text, names.size % 2 ? `${script} ${text}` : `${text} ${image}`);
    return names.get(text);
  };
  const walk = (value, key) =>
    typeof value === "string" ? (kept.has(key) || value === "" ? value : renamed(value))
      : Array.isArray(value) ? value.map((one) => walk(one, key))
        : value && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one, name)]))
          : value;
  return walk(record, "");
}

// A page with one of its documents put in another's place, written as reports/json.hpp writes it.
export function withDocument(html, id, value) {
  const opening = `<script type="application/json" id="${id}">`;
  const from = html.indexOf(opening) + opening.length, until = html.indexOf("</script>", from);
  if (from < opening.length) throw new Error(`the page has no document ${id}`);
  return html.slice(0, from) + JSON.stringify(value).replaceAll("<", "\\u003c") + html.slice(until);
}

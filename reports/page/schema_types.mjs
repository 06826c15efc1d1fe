// TypeScript interfaces from the messages of .proto files, as reports/json.hpp writes them: every field is there, names as in
// the schema, 64-bit integers are numbers, and a message that only some records have is null.
const scalars = new Map([
  ["string", "string"], ["bool", "boolean"], ["double", "number"], ["float", "number"],
  ["uint32", "number"], ["int32", "number"], ["uint64", "number"], ["int64", "number"],
]);
const nullable = new Set(["LoadReport", "LoadAudit", "LoadPrediction", "ShopCpu", "ShopBooks", "LoadStoryFacts", "ShopDisagreement"]);

function fieldOf(line) {
  const found = /^(repeated |optional )?([\w.]+) (\w+) = \d+/.exec(line);
  if (!found || found[2] === "reserved") return "";
  const [, label, type, name] = found;
  const base = scalars.get(type) ?? type.split(".").pop();
  const whole = label === "repeated " ? `${base}[]` : label === "optional " || nullable.has(base) ? `${base} | null` : base;
  return `  ${name}: ${whole};\n`;
}

export function typesOf(sources) {
  let types = "// Made by build.mjs from the schemas in model/.\n";
  for (const source of sources) {
    const text = source.replace(/\/\/.*$/gm, "");
    for (const [, name, body] of text.matchAll(/message (\w+) \{([^}]*)\}/g))
      types += `export interface ${name} {\n${body.split(";").map((field) => fieldOf(field.trim())).join("")}}\n`;
  }
  return types;
}

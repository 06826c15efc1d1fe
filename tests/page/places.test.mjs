// Where things stand: nodes of one town on the map, systems in the picture of a design. No browser.
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { before, describe, test } from "node:test";
import { requireFromPage } from "./browser.mjs";

const src = join(dirname(fileURLToPath(import.meta.url)), "../../reports/page/src");
let part;
before(async () => {
  class Observer {
    observe() {}
  }
  Object.assign(globalThis, { IntersectionObserver: Observer, ResizeObserver: Observer });
  const modules = ["run/network/geography", "run/architecture/layout"];
  const { outputFiles } = await requireFromPage("esbuild").build({
    stdin: { contents: modules.map((name) => `export * from "./${name}";`).join("\n"), resolveDir: src, loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    target: "node18",
  });
  part = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`);
});

const node = (name, lat, lon, stock_start = 1) => ({ name, lat, lon, stock_start });
// A square of two degrees around 52 N 20 E, in hundredths, each corner relative to the one before.
const square = { name: "Square", box: [19, 51, 21, 53], rings: [[1900, 5100, 200, 0, 0, 200, -200, 0, 0, -200]] };

describe("the map", () => {
  test("stores of one town stand apart, the largest in the middle, all others unmoved", () => {
    const town = Array.from({ length: 12 }, (_, i) => node(`store ${i}`, 52, 20, i));
    const { nodes, beside } = part.geographyOf({ nodes: [...town, node("alone", 50, 19)], places: [] }, []);
    assert.deepEqual(nodes.get("store 11"), [20, 52]);
    assert.deepEqual(nodes.get("alone"), [19, 50]);
    assert.equal(beside.size, 11);
    const spots = town.map((one) => nodes.get(one.name));
    for (const [i, a] of spots.entries())
      for (const b of spots.slice(i + 1)) assert.ok(Math.hypot(a[0] - b[0], a[1] - b[1]) > 0.01, `${a} and ${b}`);
  });

  test("a country in which a node lies is home, one beside it is not", () => {
    const east = {
      ...square,
      name: "East",
      box: [21, 51, 23, 53],
      rings: [[2100, 5100, 200, 0, 0, 200, -200, 0, 0, -200]],
    };
    const record = { nodes: [node("a", 52, 20)], places: [{ name: "b", lat: 52, lon: 22 }] };
    const { countries } = part.geographyOf(record, [square, east]);
    assert.deepEqual(
      countries.map(({ name, home }) => [name, home]),
      [
        ["Square", true],
        ["East", false],
      ],
    );
    assert.deepEqual(countries[0].rings[0][2], [21, 53]);
  });

  test("a degree of longitude is as long as it is there, and one town does not fill the world", () => {
    const { squeeze, west, east, south, north } = part.geographyOf({ nodes: [node("a", 60, 20)], places: [] }, []);
    assert.ok(Math.abs(squeeze - 0.5) < 1e-9);
    assert.ok((east - west) * squeeze > 0.3 && north - south > 0.2);
  });

  test("nodes that lie nowhere make no map", () => {
    assert.equal(part.geographyOf({ nodes: [node("a", 0, 0)], places: [] }, [square]), null);
  });
});

describe("the picture of a design", () => {
  const channel = (name, kind, decides_on = "view") => ({ name, kind, decides_on });
  const edge = (from, to, lost = 0) => ({
    name: `${from}-${to}`,
    from,
    to,
    lost,
    dead_letters: 0,
    overwritten_units: 0,
    reordered: 0,
  });
  const record = {
    channels: [
      channel("web", "web"),
      channel("app", "app"),
      channel("till", "pos", "shelf"),
      channel("kiosk", "kiosk", "core"),
      channel("eBay", "marketplace"),
    ],
    edges: [
      edge("till", "core"),
      edge("core", "web", 3),
      edge("web", "core"),
      edge("core", "app"),
      edge("core", "eBay"),
      edge("eBay", "core", 1),
      edge("eBay", "core"),
    ],
  };

  for (const width of [340, 700, 1200])
    test(`${width} px: no two systems and no two edges of a side meet, and all is in the picture`, () => {
      const { boxes, links, core, height } = part.layoutOf(record, width);
      assert.equal(boxes.length, record.channels.length);
      assert.deepEqual(
        links
          .filter((link) => link.edge)
          .map((link) => link.index)
          .sort(),
        record.edges.map((_, i) => i),
      );
      const apart = (a, b) =>
        a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
      const areas = links.map(({ outer, inner, top, height }) => ({
        x: Math.min(outer, inner),
        width: Math.abs(outer - inner),
        y: top,
        height,
      }));
      const all = [...boxes, core, ...areas];
      for (const [i, a] of all.entries()) {
        for (const b of all.slice(i + 1)) assert.ok(apart(a, b), JSON.stringify([a, b]));
        assert.ok(a.x >= 0 && a.x + a.width <= width + 0.01 && a.y >= 0 && a.y + a.height <= height, JSON.stringify(a));
        assert.ok(a.width >= 40);
      }
    });

  test("tills stand left of the core, shops far away right of it; a channel without a copy asks the core", () => {
    const { boxes, links, core } = part.layoutOf(record, 1200);
    for (const { channel, x } of boxes) assert.equal(x < core.x, ["pos", "kiosk"].includes(channel.kind), channel.name);
    assert.deepEqual(
      links.filter((link) => !link.edge).map((link) => link.towards),
      ["both"],
    );
    assert.equal(links.find((link) => link.edge?.name === "core-web").towards, "channel");
  });
});

// Outlines of countries, small enough to be sent along: a report carries those that its network touches.
//
// A JSON array, one country a line: name, box as [west, south, east, north] in degrees, rings as arrays of longitude and latitude in
// hundredths of a degree (about a kilometre), each point relative to the one before.
import { feature } from "topojson-client";

const smallest = 0.15; // degrees; islands below this are left out, but for a country's largest

function simplified(ring) {
  const points = [];
  for (const [x, y] of ring) {
    const point = [Math.round(x * 100), Math.round(y * 100)];
    const last = points.at(-1);
    if (!last || last[0] !== point[0] || last[1] !== point[1]) points.push(point);
  }
  return points;
}

const extent = (ring) => {
  const xs = ring.map((p) => p[0]), ys = ring.map((p) => p[1]);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
};
const size = (ring) => { const [w, s, e, n] = extent(ring); return Math.max(e - w, n - s); };

function delta(points) {
  let x = 0, y = 0;
  return points.flatMap((p) => { const step = [p[0] - x, p[1] - y]; [x, y] = p; return step; });
}

function country(one) {
  const polygons = one.geometry?.type === "Polygon" ? [one.geometry.coordinates] : (one.geometry?.coordinates ?? []);
  const rings = polygons.map((polygon) => polygon[0]).sort((a, b) => size(b) - size(a));
  const kept = rings.filter((ring, i) => i === 0 || size(ring) >= smallest).map(simplified).filter((ring) => ring.length > 3);
  const box = extent(kept.flat()).map((v) => v / 100);
  return { name: one.properties.name, box, rings: kept.map(delta) };
}

export function outlines(topology) {
  const world = JSON.parse(topology);
  const countries = feature(world, world.objects.countries).features.filter((one) => one.geometry).map(country);
  countries.sort((a, b) => (a.name < b.name ? -1 : 1));
  return "[\n" + countries.map((one) => JSON.stringify(one)).join(",\n") + "\n]\n";
}

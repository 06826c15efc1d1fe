// Where nodes and places lie, and the land around them.
import type { NodeKpi, RunRecord } from "../../../generated/record";

// As in reports/page/outlines.mjs: rings of longitude and latitude in hundredths of a degree, each point relative to the one before.
export interface Outline {
    name: string;
    box: [west: number, south: number, east: number, north: number];
    rings: number[][];
}
export type Point = [lon: number, lat: number];
type Ring = Point[];

export interface Geography {
    west: number;
    south: number;
    east: number;
    north: number;
    squeeze: number; // a degree of longitude by a degree of latitude, in length
    nodes: Map<string, Point>; // those at one spot apart
    beside: Set<string>; // nodes that stand beside a larger one of the same spot
    places: Map<string, Point>;
    countries: { name: string; rings: Ring[]; home: boolean }[]; // home: a node lies in it
}

const margin = 0.06,
    shortest = 0.5; // share of the longer side; degrees shown at least, so that one town does not fill the world
const placed = (one: { lat: number; lon: number }): boolean => one.lat !== 0 || one.lon !== 0; // 0, 0 is nowhere

function ringOf(deltas: number[]): Ring {
    const points: Ring = [];
    for (let i = 0, x = 0, y = 0; i + 1 < deltas.length; i += 2) {
        x += deltas[i]!;
        y += deltas[i + 1]!;
        points.push([x / 100, y / 100]);
    }
    return points;
}

// Does a ray to the east cross the ring an odd number of times?
function within([x, y]: Point, ring: Ring): boolean {
    let inside = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const [xi, yi] = ring[i]!,
            [xj, yj] = ring[j]!;
        if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
    }
    return inside;
}

// Stores of one town stand around each other like the seeds of a sunflower, the first one in the middle.
function apart(nodes: NodeKpi[], squeeze: number, step: number): Pick<Geography, "nodes" | "beside"> {
    const at = new Map<string, number>(),
        points = new Map<string, Point>(),
        beside = new Set<string>();
    for (const node of nodes) {
        const spot = `${node.lon.toFixed(2)} ${node.lat.toFixed(2)}`,
            k = at.get(spot) ?? 0;
        at.set(spot, k + 1);
        if (k > 0) beside.add(node.name);
        const far = step * Math.sqrt(k),
            turn = k * 2.39996; // the golden angle
        points.set(node.name, [node.lon + (far * Math.cos(turn)) / squeeze, node.lat + far * Math.sin(turn)]);
    }
    return { nodes: points, beside };
}

export function geographyOf(record: RunRecord, outlines: Outline[]): Geography | null {
    const nodes = record.nodes.filter(placed),
        places = record.places.filter(placed);
    if (nodes.length === 0) return null;
    const all = [...nodes, ...places],
        lons = all.map((one) => one.lon),
        lats = all.map((one) => one.lat);
    let west = Math.min(...lons),
        east = Math.max(...lons),
        south = Math.min(...lats),
        north = Math.max(...lats);
    const squeeze = Math.max(0.05, Math.cos((((south + north) / 2) * Math.PI) / 180));
    // Neither a ribbon nor a tower: the shorter side is widened.
    const longer = Math.max((east - west) * squeeze, north - south, shortest),
        wide = Math.max((east - west) * squeeze, longer * 0.7),
        tall = Math.max(north - south, longer * 0.5);
    const x = (west + east) / 2,
        y = (south + north) / 2,
        halfX = (wide / 2 + longer * margin) / squeeze,
        halfY = tall / 2 + longer * margin;
    [west, east, south, north] = [x - halfX, x + halfX, y - halfY, y + halfY];
    const points = nodes.map((one): Point => [one.lon, one.lat]);
    const near = outlines.filter(({ box }) => box[0] <= east && box[2] >= west && box[1] <= north && box[3] >= south);
    const countries = near.map((one) => {
        const rings = one.rings.map(ringOf);
        return { name: one.name, rings, home: points.some((point) => rings.some((ring) => within(point, ring))) };
    });
    const bySize = [...nodes].sort((a, b) => b.stock_start - a.stock_start);
    return {
        west,
        south,
        east,
        north,
        squeeze,
        countries,
        ...apart(bySize, squeeze, longer * 0.014),
        places: new Map(places.map((one) => [one.name, [one.lon, one.lat]])),
    };
}

export const ratioOf = (g: Geography): number => (g.north - g.south) / ((g.east - g.west) * g.squeeze);

export const geoJson = (g: Geography): object => ({
    type: "FeatureCollection",
    features: g.countries.map((one) => ({
        type: "Feature",
        properties: { name: one.name },
        geometry: { type: "MultiPolygon", coordinates: one.rings.map((ring) => [ring]) },
    })),
});

// Where the labels of a scatter go so that they do not cover each other: above their point, or below, right, left of it.
export interface Spot {
    x: number;
    y: number;
    text: string;
}
export type Place = "top" | "bottom" | "right" | "left";

// Labels are placed before anybody knows how large the plot will be: as if it were this large, in px.
const width = 760,
    height = 320,
    letter = 7,
    line = 16,
    gap = 9;

type Box = [left: number, top: number, right: number, bottom: number];
const meet = (a: Box, b: Box): boolean => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

function boxOf(x: number, y: number, long: number, place: Place): Box {
    if (place === "right") return [x + gap, y - line / 2, x + gap + long, y + line / 2];
    if (place === "left") return [x - gap - long, y - line / 2, x - gap, y + line / 2];
    const middle = place === "top" ? y - gap - line / 2 : y + gap + line / 2;
    return [x - long / 2, middle - line / 2, x + long / 2, middle + line / 2];
}

export function placed(spots: Spot[]): Place[] {
    const scale = (of: number[], size: number) => {
        const low = Math.min(...of),
            reach = Math.max(...of) - low || 1;
        return (value: number) => ((value - low) / reach) * size;
    };
    const sx = scale(
            spots.map((s) => s.x),
            width,
        ),
        sy = scale(
            spots.map((s) => s.y),
            height,
        );
    const points = spots.map((s): Box => [sx(s.x) - 6, height - sy(s.y) - 6, sx(s.x) + 6, height - sy(s.y) + 6]);
    const taken: Box[] = [];
    return spots.map((spot, i) => {
        const x = sx(spot.x),
            y = height - sy(spot.y),
            long = Math.min(150, spot.text.length * letter);
        const cost = (place: Place) => {
            const box = boxOf(x, y, long, place);
            const out =
                box[0] < -60 || box[2] > width + 20 || box[1] < -10 ? 5 : box[0] < -8 || box[3] > height + 10 ? 1.5 : 0;
            return (
                out +
                taken.filter((other) => meet(box, other)).length * 2 +
                points.filter((other, k) => k !== i && meet(box, other)).length
            );
        };
        const best = (["top", "bottom", "right", "left"] as const).reduce((a, b) => (cost(b) < cost(a) ? b : a));
        taken.push(boxOf(x, y, long, best));
        return best;
    });
}

// What the picture of a design is made of: text in a line, and arrows.
import type { Link } from "./layout";

export type Shape = Record<string, unknown>;
export const text = (x: number, y: number, of: string, fill: string, font: string, more: Shape = {}): Shape => ({
    type: "text",
    silent: true,
    style: { x, y, text: of, fill, font, verticalAlign: "middle", overflow: "truncate", ellipsis: "…", ...more },
});

function head(x: number, y: number, way: 1 | -1, colour: string, size: number): Shape {
    return {
        type: "polygon",
        shape: {
            points: [
                [x, y],
                [x - way * size, y - size * 0.6],
                [x - way * size, y + size * 0.6],
            ],
        },
        style: { fill: colour },
    };
}

export function arrow(link: Link, colour: string, width: number, dash: number[] | undefined): Shape[] {
    const out = link.inner > link.outer ? 1 : -1; // from the channel to the core
    const size = Math.max(8, width * 2),
        from = link.outer + out * 4,
        to = link.inner - out * 4;
    const toCore = link.towards !== "channel",
        toChannel = link.towards !== "core";
    return [
        {
            type: "line",
            shape: {
                x1: toChannel ? from + out * size : from,
                y1: link.y,
                x2: toCore ? to - out * size : to,
                y2: link.y,
            },
            style: { stroke: colour, lineWidth: width, lineDash: dash },
        },
        ...(toCore ? [head(to, link.y, out as 1 | -1, colour, size)] : []),
        ...(toChannel ? [head(from, link.y, -out as 1 | -1, colour, size)] : []),
    ];
}

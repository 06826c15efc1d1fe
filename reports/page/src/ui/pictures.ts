// Pictures of a page that are no ECharts: for `lastunit charts`, which writes each into a file of its own.
import type { Look } from "./look";

export interface Picture {
    id: string; // unique on the page, and among its charts
    of: string; // what it is about, such as a SKU: several may be about the same
    svg: (colours: Look) => string; // stands alone: with its title and where it comes from
}

const all = new Map<string, Picture>();
export const addPicture = (of: Picture): void => {
    all.set(of.id, of);
};
export const pictures = (): Picture[] => [...all.values()];

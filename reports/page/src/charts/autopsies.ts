// Of the autopsies on a page, those that get a file: so many are alike that they would hide the charts.
import type { Picture } from "../ui/pictures";

const most = 3;

// The first of each SKU, in the page's order.
export function worthAFile(all: readonly Picture[]): Picture[] {
    const told = new Set<string>();
    return all.filter((one) => !told.has(one.of) && told.add(one.of)).slice(0, most);
}

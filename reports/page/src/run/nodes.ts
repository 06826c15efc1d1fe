// What several sections say of a node in the same way.
import type { NodeKpi } from "../../generated/record";
import { both } from "../ui/language";

const kinds = both<Record<string, string>>(
    { warehouse: "warehouse", store: "store", dark_store: "dark store", locker_hub: "locker hub" },
    { warehouse: "magazyn", store: "sklep", dark_store: "dark store", locker_hub: "węzeł automatów" },
);
export const nodeKind = (kind: string): string => kinds()[kind] ?? kind;

// Of its people's paid time, at work; of its pickers where nothing else is known.
export function utilisation(node: NodeKpi): number {
    const paid = node.staffed_s + node.overtime_s;
    return paid > 0 ? node.busy_s / paid : node.pick_utilisation;
}

export const drift = (node: NodeKpi): number => node.record_end - node.stock_end;

// Minor units, of all that arose there, by parcel and pick-up handled.
export const costEach = (node: NodeKpi): number => (node.orders === 0 ? 0 : node.total_cost / node.orders);

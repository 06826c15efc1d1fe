// Do the numbers of the record agree with each other? reports/balance has judged; the page says it, loudly where they do not.
import { documentOf } from "../documents";

export interface BalanceLine {
    sentence: string; // in English, as the command line prints it
    left: number;
    right: number;
    relation: "equal" | "at_most";
    closes: boolean;
}

export const balanceLines = (): BalanceLine[] => documentOf<BalanceLine[]>("balance") ?? [];
export const unclosed = (): BalanceLine[] => balanceLines().filter((line) => !line.closes);

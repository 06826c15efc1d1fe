// Every kind of page, and what builds it.
import { autopsyPage } from "./autopsy/page";
import { comparisonPage } from "./comparison/page";
import type { Kind } from "./documents";
import { indicesPage } from "./indices/page";
import { planPage } from "./plan/page";
import { racePage } from "./race/page";
import { replicationsPage } from "./replications/page";
import { runPage } from "./run/page";
import { sweepPage } from "./sweep/page";
import type { Content } from "./ui/frame";

export const pages: Record<Kind, () => Content> = {
    run: runPage,
    autopsy: autopsyPage,
    comparison: comparisonPage,
    replications: replicationsPage,
    sweep: sweepPage,
    indices: indicesPage,
    plan: planPage,
    race: racePage,
};

// Every kind of page, and what builds it.
import { autopsyPage } from "./autopsy/page";
import { comparisonPage } from "./comparison/page";
import type { Kind } from "./documents";
import { replicationsPage } from "./replications/page";
import { runPage } from "./run/page";
import type { Content } from "./ui/frame";

export const pages: Partial<Record<Kind, () => Content>> = {
  run: runPage,
  autopsy: autopsyPage,
  comparison: comparisonPage,
  replications: replicationsPage,
};

// Every kind of page, and what builds it.
import type { Kind } from "./documents";
import { runPage } from "./run/page";
import type { Content } from "./ui/frame";

export const pages: Partial<Record<Kind, () => Content>> = { run: runPage };

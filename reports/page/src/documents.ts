// The documents that a page carries, as <script type="application/json" id="...">. `page` says what kind of page it is.
export type Kind = "run" | "replications" | "comparison" | "sweep" | "plan" | "risk" | "autopsy";

export interface PageDocument {
  kind: Kind;
  language: "en" | "pl";
  version: string;
  commit: string;
  command: string;
}

export function documentOf<T>(id: string): T | null {
  const element = document.getElementById(id);
  return element?.textContent ? (JSON.parse(element.textContent) as T) : null;
}

// The colours and lines of an autopsy's picture: the same in a page, where a theme changes them, and in a file that stands alone.
export type Colour = "paper" | "ink" | "soft" | "bad" | "warn" | "calm";

export const pictureStyle = (colour: (name: Colour) => string): string => `
  .picture text { font-size: 11.5px; fill: ${colour("ink")}; font-variant-numeric: tabular-nums; }
  .picture .lane-name { font-size: 12.5px; font-weight: 650; }
  .picture .believes { font-weight: 400; font-size: 11.5px; fill: ${colour("soft")}; }
  .picture .life { stroke: ${colour("soft")}; stroke-width: 1; opacity: .55; }
  .picture .life.folded { stroke: ${colour("paper")}; stroke-width: 2.5; stroke-dasharray: 4 4; opacity: 1; }
  .picture .fault { stroke: ${colour("warn")}; stroke-width: 1.5; stroke-dasharray: 6 4; }
  .picture .hatch-ground { fill: ${colour("bad")}; opacity: .12; }
  .picture .hatch-line { stroke: ${colour("bad")}; stroke-width: 1.6; opacity: .5; }
  .picture .number rect { fill: ${colour("paper")}; stroke: transparent; }
  .picture .number text { fill: ${colour("soft")}; }
  .picture .number.changed rect { stroke: ${colour("ink")}; stroke-width: 1.2; }
  .picture .number.changed text { fill: ${colour("ink")}; font-weight: 700; }
  .picture .number.is-wrong rect { stroke: ${colour("bad")}; stroke-width: 1.6; }
  .picture .number.is-wrong text { fill: ${colour("bad")}; font-weight: 700; }
  .picture .event { fill: ${colour("paper")}; stroke: ${colour("soft")}; stroke-width: 1.5; }
  .picture .event.decisive { fill: ${colour("ink")}; stroke: ${colour("ink")}; }
  .picture .arrow line { stroke: ${colour("calm")}; stroke-width: 1.6; }
  .picture .arrow.shown line { stroke: ${colour("soft")}; }
  .picture .arrow.late line { stroke: ${colour("bad")}; }
  .picture .arrow.decision line { stroke: ${colour("bad")}; stroke-width: 2.6; }
  .picture .arrow.open line { stroke-dasharray: 6 4; }
  .picture .arrow .cross { stroke: ${colour("bad")}; stroke-width: 2.4; fill: none; }
  .picture .label { font-size: 11px; fill: ${colour("soft")}; paint-order: stroke; stroke: ${colour("paper")}; stroke-width: 3px; stroke-linejoin: round; }
  .picture .decision .label { fill: ${colour("bad")}; font-weight: 700; }
  .picture .late .label { fill: ${colour("bad")}; }
  .picture .arrow-head.news { fill: ${colour("calm")}; }
  .picture .arrow-head.shown { fill: ${colour("soft")}; }
  .picture .arrow-head.bad { fill: ${colour("bad")}; }
`;

// The bar below a chart that chooses what is in sight: in the colours of the page, where ECharts has its own blue.
import type { Look } from "./look";

export const sliderColours = (look: Look): object => ({
    borderColor: look.rule,
    backgroundColor: look.sheet,
    fillerColor: `${look.calm}26`,
    dataBackground: {
        lineStyle: { color: look.soft, opacity: 0.5 },
        areaStyle: { color: look.soft, opacity: 0.15 },
    },
    selectedDataBackground: { lineStyle: { color: look.calm }, areaStyle: { color: look.calm, opacity: 0.2 } },
    handleStyle: { color: look.paper, borderColor: look.soft },
    moveHandleStyle: { color: look.soft, opacity: 0.4 },
    emphasis: { handleStyle: { borderColor: look.calm }, moveHandleStyle: { color: look.calm } },
});

// What of Apache ECharts the reports use; everything else stays out of the bundle.
import {
    BarChart,
    CustomChart,
    GraphChart,
    HeatmapChart,
    LineChart,
    LinesChart,
    SankeyChart,
    ScatterChart,
    FunnelChart,
} from "echarts/charts";
import {
    AriaComponent,
    AxisPointerComponent,
    DataZoomComponent,
    GeoComponent,
    GraphicComponent,
    GridComponent,
    LegendComponent,
    MarkAreaComponent,
    MarkLineComponent,
    MarkPointComponent,
    TitleComponent,
    TooltipComponent,
    VisualMapComponent,
} from "echarts/components";
import * as echarts from "echarts/core";
import { LabelLayout, UniversalTransition } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";

echarts.use([
    BarChart,
    CustomChart,
    FunnelChart,
    GraphChart,
    HeatmapChart,
    LineChart,
    LinesChart,
    SankeyChart,
    ScatterChart,
    AriaComponent,
    AxisPointerComponent,
    DataZoomComponent,
    GeoComponent,
    GraphicComponent,
    GridComponent,
    LegendComponent,
    MarkAreaComponent,
    MarkLineComponent,
    MarkPointComponent,
    TitleComponent,
    TooltipComponent,
    VisualMapComponent,
    LabelLayout,
    UniversalTransition,
    SVGRenderer,
]);

export { echarts };
export type { EChartsCoreOption as Option } from "echarts/core";
export type { EChartsType as Instance } from "echarts/core";

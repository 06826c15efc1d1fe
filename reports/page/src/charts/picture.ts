// One chart as an SVG file that can stand alone: on paper of the theme, with its title, its sentence and where it comes from.
import { base, spoken, type Chart } from "../ui/chart";
import { echarts } from "../ui/echarts";
import type { Look } from "../ui/look";
import { textWidth } from "../ui/text_width";
import { escaped } from "../ui/markup";

export const width = 1200; // px; height is the chart's own
const head = 64,
    foot = 26,
    margin = 20,
    name = 18; // name: a row with the name of an axis

const inner = width - 2 * margin;
const heightOf = (chart: Chart): number => (typeof chart.height === "number" ? chart.height : chart.height(inner));

// Without a canvas nobody measures text.
echarts.setPlatformAPI({
    measureText: (text: string, font?: string) => {
        const size = Number(/(\d+(?:\.\d+)?)px/.exec(font ?? "")?.[1] ?? 12);
        return { width: textWidth(text, size, /bold|[6-9]00/.test(font ?? "") ? "bold" : "plain") };
    },
});

// Roughly: a letter is half as wide as it is high.
const cut = (text: string, size: number): string => {
    const most = Math.floor((2 * inner) / size);
    return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
};

function drawn(chart: Chart, colours: Look): string {
    const instance = echarts.init(null, undefined, {
        renderer: "svg",
        ssr: true,
        width: inner,
        height: heightOf(chart),
    });
    try {
        const { dataZoom: _, ...option } = chart.option(colours, inner); // nobody can turn a knob of a picture
        instance.setOption({ ...base(colours), ...spoken(option) });
        return instance.renderToSVGString();
    } finally {
        instance.dispose();
    }
}

export function picture(chart: Chart, source: string, colours: Look): string {
    const { x, y } = chart.axes ?? {},
        top = head + (y ? name : 0),
        below = top + heightOf(chart),
        height = below + (x ? name : 0) + foot;
    const line = (y: number, size: number, colour: string, weight: number, text: string): string =>
        `<text x="${margin}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${colour}">${escaped(cut(text, size))}</text>\n`;
    return (
        `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
        `font-family="${escaped(colours.font)}" role="img">\n<title>${escaped(chart.describes)}</title>\n` +
        `<rect width="${width}" height="${height}" fill="${colours.paper}"/>\n` +
        line(30, 19, colours.ink, 600, chart.title) +
        (chart.says ? line(52, 13.5, colours.soft, 400, chart.says) : "") +
        (y ? line(top - 5, 12, colours.soft, 400, y) : "") +
        (x
            ? `<text x="${width - margin}" y="${below + 12}" font-size="12" text-anchor="end" fill="${colours.soft}">${escaped(cut(x, 12))}</text>\n`
            : "") +
        `<g transform="translate(${margin} ${top})">\n${drawn(chart, colours)}\n</g>\n` +
        line(height - 9, 12, colours.soft, 400, source) +
        "</svg>\n"
    );
}

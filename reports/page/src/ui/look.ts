// Light and dark. Colours after Okabe and Ito: told apart with any colour vision; every one is also told by a word or a place.
export type Theme = "light" | "dark";

export interface Look {
    theme: Theme;
    paper: string;
    sheet: string;
    ink: string;
    soft: string;
    rule: string;
    grid: string;
    calm: string;
    bad: string;
    warn: string;
    good: string;
    series: string[]; // for things of equal rank, in order
    ramp: string[]; // little to much, of what is worse the more there is
    calmRamp: string[]; // little to much, of what is just more
    font: string;
}

// Names without quotes: they stand in attributes of SVG files as well.
const font = "system-ui, Segoe UI, Roboto, Noto Sans, DejaVu Sans, sans-serif";

const looks: Record<Theme, Look> = {
    light: {
        theme: "light",
        font,
        paper: "#ffffff",
        sheet: "#f6f7f9",
        ink: "#16202b",
        soft: "#55626f",
        rule: "#dde2e8",
        grid: "#e9ecf0",
        calm: "#0072b2",
        bad: "#c44500",
        warn: "#8f6200",
        good: "#00734f",
        series: ["#0072b2", "#d55e00", "#009e73", "#b0689a", "#b07800", "#3f97c9", "#6b7785", "#8c3b00"],
        ramp: ["#eef2f5", "#f6d27a", "#ee9f3d", "#d5620a", "#7d2600"],
        calmRamp: ["#eef2f5", "#c6dbec", "#8fbfe0", "#3f8fc4", "#0b4f7d"],
    },
    dark: {
        theme: "dark",
        font,
        paper: "#11161c",
        sheet: "#19212a",
        ink: "#e6ebf0",
        soft: "#9aa7b4",
        rule: "#2c3742",
        grid: "#222c36",
        calm: "#5ab4e6",
        bad: "#ff8a4c",
        warn: "#e8b340",
        good: "#45c79b",
        series: ["#5ab4e6", "#ff8a4c", "#45c79b", "#d99cc4", "#e8b340", "#8fcdf0", "#b9c6d2", "#ffb48a"],
        ramp: ["#26313c", "#7c5a26", "#b87718", "#f09032", "#ffdca8"],
        calmRamp: ["#26313c", "#23506e", "#2b76a3", "#4fa3d6", "#b5def5"],
    },
};

let current: Theme = "light";
export const look = (theme: Theme = current): Look => looks[theme];

// Colours of the style sheet are these: there is one table of them.
export function setTheme(theme: Theme): void {
    current = theme;
    const root = document.documentElement;
    root.dataset.theme = theme;
    const { series, ramp, calmRamp: _, font: family, theme: __, ...named } = looks[theme];
    for (const [name, colour] of Object.entries(named)) root.style.setProperty(`--${name}`, colour);
    series.forEach((colour, i) => root.style.setProperty(`--k${i}`, colour));
    ramp.forEach((colour, i) => root.style.setProperty(`--c${i}`, colour));
    root.style.setProperty("--font", family);
    root.style.colorScheme = theme;
}

// Black or white, whichever can be read on a colour (relative luminance of WCAG 2).
export function inkOn(colour: string): string {
    const part = (at: number) => {
        const value = parseInt(colour.slice(at, at + 2), 16) / 255;
        return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5) > 0.179 ? "#000000" : "#ffffff";
}

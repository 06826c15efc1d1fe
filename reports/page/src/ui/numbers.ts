// Numbers, times and money as people read them, in the language of the page.
import { language, locale } from "./language";

const cache = new Map<string, Intl.NumberFormat>();
function format(options: Intl.NumberFormatOptions): Intl.NumberFormat {
    const key = locale() + JSON.stringify(options);
    let made = cache.get(key);
    if (!made)
        cache.set(
            key,
            (made = new Intl.NumberFormat(locale(), {
                useGrouping: "always",
                signDisplay: "negative",
                ...options,
            } as Intl.NumberFormatOptions)),
        );
    return made;
}

export const none = "–";
const real = (value: number | null | undefined): value is number =>
    value !== null && value !== undefined && Number.isFinite(value);

export const whole = (value: number | null): string =>
    real(value) ? format({ maximumFractionDigits: 0 }).format(value) : none;
export const decimal = (value: number | null, digits = 2): string =>
    real(value) ? format({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value) : none;
// As it is, grouped: where an axis chose round values.
export const plain = (value: number | null): string =>
    real(value) ? format({ maximumFractionDigits: 6 }).format(value) : none;
// At most three significant digits: for axes and small figures.
export const short = (value: number | null): string =>
    real(value)
        ? format({ maximumSignificantDigits: 3, ...(Math.abs(value) >= 10_000 ? { notation: "compact" } : {}) }).format(
              value,
          )
        : none;

// Two digits of what is an estimate or a gross disproportion: 67,000, 950,000, 20,000,000.
export const rough = (value: number | null): string =>
    real(value) ? format({ maximumSignificantDigits: 2 }).format(value) : none;

// A fraction as percent, never rounded to none or to all: 0.67 %, 12.3 %, 99.96 %, <0.01 %. The rule of reports/text.cpp, on the same table
// of values (tests/reports/rounding.txt).
export function percent(fraction: number | null): string {
    if (!real(fraction)) return none;
    const value = fraction * 100;
    if (value === 0 || value === 100) return `${whole(value)} %`;
    if (value > 0 && value < 0.005) return `<${decimal(0.01)} %`;
    if (value < 100 && value > 99.95) return `${value > 99.99 ? `>${decimal(99.99)}` : decimal(value)} %`;
    return `${decimal(value, Math.abs(value) < 9.995 ? 2 : 1)} %`;
}

// Minor units of a currency.
export const money = (minor: number | null, currency: string, digits = 2): string =>
    real(minor) ? `${decimal(minor / 100, digits)} ${currency}` : none;
// Major units.
export const price = (major: number | null, currency: string): string =>
    real(major) ? `${decimal(major)} ${currency}` : none;

// Local time of day: seconds since midnight of the first day; later days as "+1 08:15".
export function clock(seconds: number): string {
    const minutes = Math.round(seconds / 60),
        day = Math.floor(minutes / 1440),
        of = minutes - day * 1440;
    const text = `${String(Math.floor(of / 60)).padStart(2, "0")}:${String(of % 60).padStart(2, "0")}`;
    return day > 0 ? `+${day} ${text}` : text;
}

// A length of time in the two units that matter: 0.4 ms, 12 s, 4 min 13 s, 23 h 45 min, 3 d 9 h.
export function span(seconds: number | null): string {
    if (!real(seconds)) return none;
    const hour = language() === "pl" ? "godz." : "h",
        day = language() === "pl" ? "d" : "d";
    const size = Math.abs(seconds);
    if (size === 0) return "0 s";
    if (size < 0.001) return `${short(seconds * 1e6)} µs`;
    if (size < 1) return `${short(seconds * 1e3)} ms`;
    if (size < 60) return `${short(seconds)} s`;
    const two = (big: number, bigName: string, small: number, smallName: string) =>
        small > 0 ? `${whole(big)} ${bigName} ${small} ${smallName}` : `${whole(big)} ${bigName}`;
    if (size < 3599.5) {
        const s = Math.round(seconds);
        return two(Math.floor(s / 60), "min", s % 60, "s");
    }
    if (size < 48 * 3600) {
        const m = Math.round(seconds / 60);
        return two(Math.floor(m / 60), hour, m % 60, "min");
    }
    const h = Math.round(seconds / 3600);
    return two(Math.floor(h / 24), day, h % 24, hour);
}

// The same in one unit and two digits, where there is little room: 0.4 ms, 12 s, 4.2 min, 24 h, 3.4 d.
export function brief(seconds: number | null): string {
    if (!real(seconds)) return none;
    const two = (value: number, unit: string) =>
        `${format({ maximumSignificantDigits: value >= 100 ? 3 : 2 }).format(value)} ${unit}`;
    const size = Math.abs(seconds);
    if (size === 0) return "0 s";
    if (size < 0.001) return two(seconds * 1e6, "µs");
    if (size < 1) return two(seconds * 1e3, "ms");
    if (size < 100) return two(seconds, "s");
    if (size < 6000) return two(seconds / 60, "min");
    if (size < 48 * 3600) return two(seconds / 3600, language() === "pl" ? "godz." : "h");
    return two(seconds / 86400, "d");
}

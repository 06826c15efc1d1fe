// How wide a text is, where nobody can measure it: a picture's text is mostly drawn in a wide font such as DejaVu Sans, so that is what
// it is given room for. Parts of the height of the letters.
const narrowLetters = /[ijl.,:;'|!fItr()\[\] ]/g,
    wideLetters = /[mwMWOQ@%—]/g;

export function textWidth(text: string, size: number, weight: "plain" | "bold" = "plain"): number {
    const square = text.match(/[\u2e80-\uffff]/g)?.length ?? 0; // ECharts takes the height of a line from such a letter
    const thin = text.match(narrowLetters)?.length ?? 0,
        wide = text.match(wideLetters)?.length ?? 0;
    return (
        size *
        (weight === "bold" ? 1.12 : 1) *
        (square + 0.36 * thin + 0.9 * wide + 0.61 * (text.length - square - thin - wide))
    );
}

// Into lines of at most `width`; a word that is wider than that is cut into pieces.
export function wrapped(text: string, width: number, size: number, weight: "plain" | "bold" = "plain"): string[] {
    const most = Math.max(4, Math.floor(width / (size * 0.7)));
    const words = text
        .split(" ")
        .flatMap((word) =>
            textWidth(word, size, weight) <= width ? [word] : (word.match(new RegExp(`.{1,${most}}`, "gu")) ?? []),
        );
    const lines: string[] = [];
    for (const word of words) {
        const longer = lines.length > 0 ? `${lines[lines.length - 1]} ${word}` : word;
        if (lines.length > 0 && textWidth(longer, size, weight) <= width) lines[lines.length - 1] = longer;
        else lines.push(word);
    }
    return lines;
}

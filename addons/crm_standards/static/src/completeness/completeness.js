/**
 * The weighted share of lines that are kept, in whole percent: the rule of the server
 * (`completeness` in logic/entry.py). Only what is complete has 100, only what is empty 0.
 *
 * @param {{ weight: number, gap: string }[]} lines
 * @returns {number}
 */
function weigh(lines) {
    const total = lines.reduce((sum, line) => sum + line.weight, 0);
    const kept = lines.reduce((sum, line) => sum + (line.gap ? 0 : line.weight), 0);
    return kept ? Math.max(Math.floor((100 * kept) / total), 1) : 0;
}

/** What is demanded first, then by weight. */
const byUrgency = (one, other) =>
    other.is_required - one.is_required || other.weight - one.weight || one.id - other.id;

/**
 * Brings what the server said about a record up to the form's present values.
 *
 * @param {Object} said `{ lines: [line] }` as the server sends it; empty where no line speaks
 * @param {(line: Object) => boolean} isFilled whether the line's field says something now
 * @param {(line: Object) => boolean} isFaulty whether it still holds the value the server found
 *  malformed
 * @returns {Object} `percent`, and the open `gaps`, the most urgent first: lines with `gap`, which
 *  is "missing" or "malformed"; `isEmpty` where there is nothing to show
 */
export function follow(said, isFilled, isFaulty) {
    const lines = (said.lines || []).map((line) => {
        const gap = !isFilled(line) ? "missing" : line.fault && isFaulty(line) ? "malformed" : "";
        return { ...line, gap };
    });
    return {
        isEmpty: !lines.length,
        percent: weigh(lines),
        gaps: lines.filter((line) => line.gap).sort(byUrgency),
    };
}

// Sizes in pixels of the drawing.
export const NODE = { width: 168, height: 68 };
const GAP = 64;
const MARGIN = 12;
const ARC_STEP = 26;

/**
 * How far an arc over `steps` stages swings out from the row: the further it goes, the more.
 *
 * @param {number} steps number of stages it goes over, at least 1
 * @returns {number}
 */
export function swing(steps) {
    return 14 + ARC_STEP * Math.abs(steps);
}

/**
 * Places the stages in a row, or one below the other where the room is narrow, and draws the ways
 * between them: a step to the next stage goes straight, a longer way as an arc on one side, a way
 * back as an arc on the other.
 *
 * @param {{ id: number }[]} stages in their order
 * @param {{ from: number, to: number }[]} edges
 * @param {number} room width in pixels that is there
 * @returns {Object} `width`, `height`, `isVertical`; `nodes`: stages with `x` and `y`; `ways`:
 *  edges with `path` (SVG), `x` and `y` of their label. Edges of unknown stages are left out.
 */
export function layOut(stages, edges, room) {
    const length = stages.length;
    const rowWidth = length * NODE.width + Math.max(0, length - 1) * GAP + 2 * MARGIN;
    const isVertical = rowWidth > room;
    const position = new Map(stages.map((stage, index) => [stage.id, index]));
    const known = edges.filter((edge) => position.has(edge.from) && position.has(edge.to));
    const steps = known.map((edge) => position.get(edge.to) - position.get(edge.from));
    const before = Math.max(0, ...steps.filter((step) => step > 1).map(swing));
    const after = Math.max(0, ...steps.filter((step) => step < 0).map(swing));
    const cross = isVertical ? NODE.width : NODE.height;
    const pace = (isVertical ? NODE.height : NODE.width) + GAP;
    // in a row arcs of progress go above, in a column to the right
    const start = MARGIN + (isVertical ? after : before);
    const nodes = stages.map((stage, index) => ({
        ...stage,
        x: isVertical ? start : MARGIN + index * pace,
        y: isVertical ? MARGIN + index * pace : start,
    }));
    const ways = known.map((edge, index) => ({
        ...edge,
        ...drawWay(nodes[position.get(edge.from)], nodes[position.get(edge.to)], steps[index], isVertical),
    }));
    const across = start + cross + MARGIN + (isVertical ? before : after);
    const along = 2 * MARGIN + length * pace - (length ? GAP : 0);
    return {
        isVertical,
        nodes,
        ways,
        width: isVertical ? across : along,
        height: isVertical ? along : across,
    };
}

/** Draws one way: straight to the next stage, else as an arc. */
function drawWay(from, to, step, isVertical) {
    if (step === 1) {
        return isVertical
            ? straight(from.x + NODE.width / 2, from.y + NODE.height, to.x + NODE.width / 2, to.y)
            : straight(from.x + NODE.width, from.y + NODE.height / 2, to.x, to.y + NODE.height / 2);
    }
    const isForward = step > 0;
    const out = swing(step);
    // where two arcs meet a stage on the same side, the leaving and the arriving one stand apart
    const shift = 18;
    if (isVertical) {
        const side = isForward ? NODE.width : 0;
        const x = from.x + side;
        const bend = x + (isForward ? out : -out);
        const y1 = from.y + NODE.height / 2 + (isForward ? shift : -shift);
        const y2 = to.y + NODE.height / 2 + (isForward ? -shift : shift);
        return {
            path: `M ${x} ${y1} C ${bend} ${y1}, ${bend} ${y2}, ${x} ${y2}`,
            x: x + (bend - x) * 0.75,
            y: (y1 + y2) / 2,
        };
    }
    const side = isForward ? 0 : NODE.height;
    const y = from.y + side;
    const bend = y + (isForward ? -out : out);
    const x1 = from.x + NODE.width / 2 + (isForward ? shift : -shift);
    const x2 = to.x + NODE.width / 2 + (isForward ? -shift : shift);
    return {
        path: `M ${x1} ${y} C ${x1} ${bend}, ${x2} ${bend}, ${x2} ${y}`,
        x: (x1 + x2) / 2,
        y: y + (bend - y) * 0.75,
    };
}

function straight(x1, y1, x2, y2) {
    return { path: `M ${x1} ${y1} L ${x2} ${y2}`, x: (x1 + x2) / 2, y: (y1 + y2) / 2 };
}

/**
 * @param {number} moves
 * @param {number} most the moves of the busiest way
 * @returns {number} how thick to draw a way, from 1.5 to 6 pixels
 */
export function thickness(moves, most) {
    return moves ? 1.5 + (4.5 * moves) / Math.max(1, most) : 1.5;
}

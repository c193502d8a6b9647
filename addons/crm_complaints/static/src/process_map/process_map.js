/** Where to draw the steps of a process and the ways between them. Plain functions. */

export const BOX = { width: 150, height: 52, gapX: 46, gapY: 26 };

/** The corner of a step's box. */
function place(step) {
    return {
        x: 8 + step.column * (BOX.width + BOX.gapX),
        y: 22 + step.row * (BOX.height + BOX.gapY),
    };
}

/** A way from box to box: forward straight on, backward in a bow above or below them. */
function path(source, target) {
    const from = { x: source.x + BOX.width, y: source.y + BOX.height / 2 };
    const to = { x: target.x, y: target.y + BOX.height / 2 };
    if (target.x > source.x) {
        const half = (to.x - from.x) / 2;
        return `M${from.x},${from.y} C${from.x + half},${from.y} ${to.x - half},${to.y} ${to.x},${to.y}`;
    }
    if (target.x === source.x) {
        const x = source.x + BOX.width / 2;
        const isDown = target.y > source.y;
        const y = [source.y + (isDown ? BOX.height : 0), target.y + (isDown ? 0 : BOX.height)];
        return `M${x},${y[0]} L${x},${y[1]}`;
    }
    const start = source.x + BOX.width / 2;
    if (target.y > source.y) {
        const side = { x: target.x + BOX.width, y: target.y + BOX.height / 2 };
        return `M${start},${source.y + BOX.height} Q${start},${side.y} ${side.x},${side.y}`;
    }
    const end = target.x + BOX.width / 2;
    const top = Math.min(source.y, target.y) - 18;
    return `M${start},${source.y} C${start},${top} ${end},${top} ${end},${target.y}`;
}

/** A name in at most two lines that fit into a box; the box tells the whole on hovering. */
export function wrap(name, size = 20) {
    const lines = [""];
    for (const word of name.split(/\s+/)) {
        const line = lines.at(-1);
        if (line && line.length + 1 + word.length > size) {
            lines.push(word);
        } else {
            lines[lines.length - 1] = line ? `${line} ${word}` : word;
        }
    }
    const shown = lines.slice(0, 2).map((line) => cut(line, size));
    if (lines.length > 2) {
        shown[1] = cut(`${shown[1]} ${lines[2]}`, size);
    }
    return shown;
}

/** A text that is not longer than `size`. */
export function cut(text, size = 20) {
    return text.length > size ? `${text.slice(0, size - 1).trimEnd()}…` : text;
}

/**
 * @param {Object|false} map what the server says: steps with column and row, ways, and of a case
 *  the ids of steps done and in work
 * @returns {{width: number, height: number, steps: Object[], ways: Object[]}}
 */
export function draw(map) {
    const steps = (map && map.steps) || [];
    const done = new Set((map && map.done) || []);
    const working = new Set((map && map.working) || []);
    const places = Object.fromEntries(steps.map((step) => [step.id, place(step)]));
    const state = (id) => (working.has(id) ? "working" : done.has(id) ? "done" : "idle");
    return {
        width: 16 + Math.max(0, ...steps.map((s) => places[s.id].x + BOX.width)),
        height: 16 + Math.max(0, ...steps.map((s) => places[s.id].y + BOX.height)),
        steps: steps.map((step) => ({
            ...step,
            ...places[step.id],
            state: state(step.id),
            lines: wrap(step.name),
            below: cut(step.role || step.stage || "", 26),
        })),
        ways: ((map && map.ways) || [])
            .filter((way) => places[way.from] && places[way.to])
            .map((way) => ({
                key: `${way.from}-${way.to}`,
                path: path(places[way.from], places[way.to]),
            })),
    };
}

import { describe, expect, test } from "@odoo/hoot";
import { layOut, NODE, swing, thickness } from "@crm_standards/route_map/layout";

describe.current.tags("headless");

const stages = [{ id: 1 }, { id: 2 }, { id: 3 }];

test("stages stand in a row where there is room, else one below the other", () => {
    const wide = layOut(stages, [], 2000);
    const narrow = layOut(stages, [], 380);

    expect(wide.isVertical).toBe(false);
    expect(new Set(wide.nodes.map((node) => node.y)).size).toBe(1);
    expect(narrow.isVertical).toBe(true);
    expect(new Set(narrow.nodes.map((node) => node.x)).size).toBe(1);
    expect(narrow.width).toBeLessThan(380);
});

test("everything drawn stays inside the drawing", () => {
    const edges = [
        { from: 1, to: 2 },
        { from: 1, to: 3 },
        { from: 3, to: 1 },
    ];
    for (const room of [2000, 380]) {
        const drawing = layOut(stages, edges, room);
        for (const { x, y } of [...drawing.nodes, ...drawing.ways]) {
            expect(x >= 0 && x <= drawing.width).toBe(true);
            expect(y >= 0 && y <= drawing.height).toBe(true);
        }
        const last = drawing.nodes.at(-1);
        expect(last.x + NODE.width).toBeLessThan(drawing.width);
        expect(last.y + NODE.height).toBeLessThan(drawing.height);
    }
});

test("a way of a stage that is not there is left out", () => {
    expect(layOut(stages, [{ from: 1, to: 9 }], 2000).ways).toEqual([]);
});

test("a map without stages is empty and does not fail", () => {
    const drawing = layOut([], [{ from: 1, to: 2 }], 500);

    expect(drawing.nodes).toEqual([]);
    expect(drawing.ways).toEqual([]);
});

test("longer ways swing out further, busier ways are thicker", () => {
    expect(swing(3)).toBeGreaterThan(swing(2));
    expect(thickness(10, 10)).toBeGreaterThan(thickness(1, 10));
    expect(thickness(0, 10)).toBe(1.5);
});

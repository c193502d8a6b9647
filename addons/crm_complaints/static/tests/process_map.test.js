import { describe, expect, test } from "@odoo/hoot";

import { BOX, cut, draw, wrap } from "@crm_complaints/process_map/process_map";

const MAP = {
    steps: [
        { id: 1, name: "Sort", stage: "New", column: 0, row: 0 },
        { id: 2, name: "Look into it in the big warehouse", stage: "Open", column: 1, row: 0 },
        { id: 3, name: "End", stage: "Closed", is_end: true, column: 2, row: 0 },
    ],
    ways: [
        { from: 1, to: 2 },
        { from: 3, to: 1 },
        { from: 2, to: 9 },
    ],
    done: [1],
    working: [2],
};

describe("process map", () => {
    test("each step has a box of its own and says where the case stands", () => {
        const drawing = draw(MAP);
        expect(drawing.steps.map((step) => step.state)).toEqual(["done", "working", "idle"]);
        expect(drawing.steps[1].x - drawing.steps[0].x).toBe(BOX.width + BOX.gapX);
        expect(drawing.width).toBeGreaterThan(drawing.steps[2].x + BOX.width);
    });

    test("ways to steps that are not there are left out", () => {
        expect(draw(MAP).ways.map((way) => way.key)).toEqual(["1-2", "3-1"]);
    });

    test("a process without steps is drawn as nothing", () => {
        expect(draw(false).steps).toEqual([]);
        expect(draw(false).ways).toEqual([]);
    });

    test("names are broken into two lines and cut", () => {
        expect(wrap("Acknowledge")).toEqual(["Acknowledge"]);
        expect(wrap("See Whether the Answer Is Accepted")).toEqual([
            "See Whether the",
            "Answer Is Accepted",
        ]);
        expect(wrap("one two three four five six seven eight nine ten")).toHaveLength(2);
        expect(cut("x".repeat(40)).length).toBe(20);
    });
});

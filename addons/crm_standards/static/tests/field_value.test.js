import { expect, test } from "@odoo/hoot";
import { isFilled } from "@crm_standards/readiness/field_value";

const NOTHING = [
    ["char", false],
    ["char", null],
    ["char", undefined],
    ["char", ""],
    ["char", "  "],
    ["boolean", false],
    ["float", 0],
    ["many2one", false],
    ["many2many", { count: 0, records: [] }],
    ["one2many", { count: 0, records: [] }],
    ["selection", false],
    ["selection", "0"],
    ["html", false],
    ["html", "<p><br></p>"],
    ["html", "<p>&nbsp;</p>"],
];

const SOMETHING = [
    ["char", "x"],
    ["char", "0"],
    ["char", "<p>"],
    ["boolean", true],
    ["float", 0.5],
    ["many2one", { id: 1, display_name: "One" }],
    ["many2many", { count: 2, records: [] }],
    ["selection", "1"],
    ["html", "<p>x</p>"],
    ["html", '<p><img src="x.png"></p>'],
    ["html", '<i class="fa fa-check"></i>'],
];

test("nothing is nothing, in each type's own way", () => {
    for (const [type, value] of NOTHING) {
        expect(isFilled(value, type)).toBe(false, { message: `${type}: ${value}` });
    }
});

test("something is filled in", () => {
    for (const [type, value] of SOMETHING) {
        expect(isFilled(value, type)).toBe(true, { message: `${type}: ${value}` });
    }
});

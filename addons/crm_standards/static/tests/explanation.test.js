import { expect, test } from "@odoo/hoot";

import { explanationOf } from "@crm_standards/analysis/explanation";

test("the explanation is the marked part of the help", () => {
    const help =
        '<p class="o_view_nocontent_smiling_face">Nothing</p>' +
        '<p class="o_standard_explanation">Half of the\n   stays are shorter.</p>';

    expect(explanationOf(help)).toBe("Half of the stays are shorter.");
});

test("a help without it, or none, explains nothing", () => {
    expect(explanationOf("<p>Nothing yet</p>")).toBe("");
    expect(explanationOf(undefined)).toBe("");
});

test("markup in the help stays text", () => {
    const help = '<p class="o_standard_explanation">&lt;img src=x onerror=alert(1)&gt;</p>';

    expect(explanationOf(help)).toBe("<img src=x onerror=alert(1)>");
});

import { expect, test } from "@odoo/hoot";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { Component, useState, xml } from "@odoo/owl";
import { MockServer, allowTranslations, mountWithCleanup } from "@web/../tests/web_test_helpers";
import { waitForChannels, waitNotifications } from "@bus/../tests/bus_test_helpers";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { useLive } from "@crm_kpi/common/kpi_live";
import { tellPeriod } from "@crm_kpi/common/kpi_words";

defineMailModels();

class Page extends Component {
    static template = xml`<div class="o_live_page" t-out="state.loads" />`;
    static props = {};

    setup() {
        this.state = useState({ loads: 0 });
        useLive(() => this.state.loads++);
    }
}

test("an open screen loads what was counted anew, once for several sources", async () => {
    await mountWithCleanup(Page);
    await waitForChannels(["crm_kpi"]);
    expect(".o_live_page").toHaveText("0");

    for (let number = 0; number < 3; number++) {
        MockServer.env["bus.bus"]._sendone("crm_kpi", "crm_kpi/changed", { number });
    }
    await waitNotifications(["crm_kpi/changed", { number: 2 }]);
    await advanceTime(5000);
    await animationFrame();

    expect(".o_live_page").toHaveText("1");
});

test("whole periods are told by their names, others by their days", () => {
    allowTranslations();
    expect(tellPeriod(["2026-02-01", "2026-02-28"])).toBe("February 2026");
    expect(`${tellPeriod(["2026-04-01", "2026-06-30"])}`).toBe("Q2 2026");
    expect(tellPeriod(["2026-01-01", "2026-12-31"])).toBe("2026");
    expect(tellPeriod(["2026-01-01", "2026-02-28"])).toBe("01/01/2026 – 02/28/2026");
});

from odoo.tests import HttpCase, tagged

from .trigger_common import TriggerCase


@tagged("post_install", "-at_install")
class TestTriggerTour(HttpCase, TriggerCase):
    """A marketer sets a trigger in a browser, with its preview before the eyes."""

    browser_size = "1400x900"

    def test_a_marketer_sets_a_trigger(self):
        self.manager.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.trigger(name="Tour Trigger")
        for partner in (*self.contacts(2), self.env["res.partner"].create({"name": "Mute"})):
            self.won(partner)

        self.start_tour("/odoo/survey-triggers", "crm_surveys_trigger", login="srv_manager")

from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .handover_common import HandoverCase


@tagged("post_install", "-at_install")
class TestHandoverBrowser(HandoverCase, HttpCase):
    """A leader, a colleague and the person himself pass work on in a real browser."""

    browser_size = "1366x768"

    def test_leader_hands_over_the_work_of_a_leaver_and_a_colleague_accepts(self):
        self.salesman.action_archive()
        self.start_tour("/odoo/standard-handovers", "standards_handover_offer", login="std_leader")
        handover = self.env["crm.standard.handover"].search([("giver_id", "=", self.salesman.id)])
        self.assertEqual(self.deal.user_id, self.salesman)

        self.start_tour(
            f"/odoo/standard-handovers/{handover.id}",
            "standards_handover_accept",
            login="std_colleague",
        )

        self.assertEqual(self.deal.user_id, self.colleague)

    def test_who_is_back_takes_his_work_back(self):
        handover = self.handed_over(
            reason="absence", date_until=fields.Date.today() + timedelta(days=1)
        )

        self.start_tour(
            f"/odoo/standard-handovers/{handover.id}",
            "standards_handover_take_back",
            login="std_salesman",
        )

        self.assertEqual(self.deal.user_id, self.salesman)

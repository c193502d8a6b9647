from datetime import timedelta

from odoo import fields

from odoo.addons.crm_complaints.tests.common_clocks import TermsCase


class TestLevel(TermsCase):
    """Service levels by the customer's class."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.won_stage = cls.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        cls.other = cls.env["res.partner"].create({"name": "Other Ltd", "is_company": True})
        cls.win(cls.company_partner, 900)
        cls.win(cls.other, 10)
        scope = [("id", "in", (cls.company_partner | cls.other).ids)]
        cls.abc = cls.env["crm.segment.method"].create({"name": "ABC", "domain": str(scope)})
        cls.abc.action_start()
        best = cls.abc.segment_ids.filtered(lambda one: one.code == "A")
        cls.level = cls.levels.create(
            {
                "name": "Best customers",
                "sequence": -1,
                "segment_ids": [fields.Command.set(best.ids)],
                "resolution_policy_id": cls.policy(1).id,
            }
        )

    @classmethod
    def win(cls, partner, amount):
        """Win a deal in the middle of last year's months."""
        lead = cls.env["crm.lead"].create(
            {
                "name": "Won",
                "type": "opportunity",
                "partner_id": partner.id,
                "company_id": cls.env.company.id,
                "expected_revenue": amount,
                "probability": 100,
                "stage_id": cls.won_stage.id,
            }
        )
        lead.date_closed = fields.Datetime.now() - timedelta(days=60)
        cls.env.flush_all()

    def test_a_complaint_of_the_class_is_served_at_its_level(self):
        self.assertEqual(self.complaint().term_ids.level_id, self.level)

    def test_others_are_served_as_before(self):
        complaint = self.complaint(partner_id=self.other.id)

        self.assertNotIn(self.level, complaint.term_ids.level_id)

    def test_a_level_for_a_class_out_of_use_is_nobodys(self):
        self.abc.action_archive()

        self.assertNotIn(self.level, self.complaint().term_ids.level_id)

    def test_a_clerk_who_may_not_see_classes_registers_at_the_right_level(self):
        self.assertEqual(self.complaint(self.clerk).term_ids.level_id, self.level)

    def test_open_complaints_follow_the_class(self):
        complaint = self.complaint(partner_id=self.other.id)
        self.win(self.other, 90000)

        self.abc.action_compute()

        self.assertIn(self.level, complaint.term_ids.level_id)

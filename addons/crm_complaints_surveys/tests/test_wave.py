from odoo.fields import Command, Datetime
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.crm_surveys.tests.common import SurveysCase


@tagged("post_install", "-at_install")
class TestWave(SurveysCase):
    """Whose complaint was rejected is asked whether he still buys, and why not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.complaint.process"].search([]).active = False
        cls.env["crm.survey.budget"].search([]).active = False
        cls.wave = cls.env["crm.survey.wave"].create(
            {
                "name": "Rejected",
                "survey_id": cls.survey().id,
                "criterion": "rejected",
                "days": 30,
                "domain": repr([("id", "child_of", cls.company_partner.id)]),
            }
        )

    def _closed(self, outcome="rejected", **values):
        complaint = self.env["crm.complaint"].create(
            {
                "name": "Too late",
                "description": "<p>Too late</p>",
                "partner_id": self.customer.id,
                "user_id": self.employee.id,
                "outcome": outcome,
                **values,
            }
        )
        complaint.stage_id = self.env.ref("crm_complaints.crm_complaint_stage_closed")
        return complaint

    def _found(self):
        return [(one["partner_id"], one["res_id"]) for one in self.wave._get_candidates()]

    def test_whose_complaint_was_rejected_is_asked(self):
        complaint = self._closed()

        self.assertEqual(self._found(), [(self.customer.id, complaint.id)])
        self.wave.with_user(self.manager).action_start()
        invitation = self.wave.win_back_ids.invitation_id
        self.assertEqual((invitation.state, invitation.user_id), ("decided", self.employee))

    def test_other_outcomes_and_open_ones_are_not(self):
        self._closed("withdrawn")
        self.env["crm.complaint"].create(
            {"name": "Open", "description": "<p>x</p>", "partner_id": self.customer.id}
        )

        self.assertFalse(self._found())

    def test_t21_secret_ones_and_those_about_employees_are_not(self):
        self._closed(is_confidential=True)
        self._closed(about_user_ids=[Command.set(self.colleague.ids)])

        self.assertFalse(self._found())

    def test_who_has_bought_since_is_not(self):
        complaint = self._closed()
        deal = self.env["crm.lead"].create(
            {"name": "Bought", "type": "opportunity", "partner_id": self.customer.id}
        )
        deal.action_set_won()
        deal.date_closed = Datetime.add(complaint.date_closed, hours=1)

        self.assertFalse(self._found())

    def test_long_ago_is_not(self):
        self._closed()
        self.env.flush_all()
        self.env.cr.execute(SQL("UPDATE crm_complaint SET date_closed = '2020-01-01'"))

        self.assertFalse(self._found())

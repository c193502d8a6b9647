from odoo.fields import Command

from odoo.addons.crm_surveys.tests.trigger_common import TriggerCase


class TestTrigger(TriggerCase):
    """A closed complaint asks its customer, but no secret one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.complaint.process"].search([]).active = False
        cls.running = cls.shipped("crm_complaints_surveys.crm_survey_trigger_complaint_closed")

    def _complain(self, **values):
        return self.env["crm.complaint"].create(
            {
                "name": "Too late",
                "description": "<p>Too late</p>",
                "partner_id": self.customer.id,
                "user_id": self.employee.id,
                "outcome": "rejected",
                **values,
            }
        )

    def _close(self, complaint):
        complaint.stage_id = self.env.ref("crm_complaints.crm_complaint_stage_closed")

    def test_a_closed_complaint_asks_its_customer(self):
        self._complain()
        closed = self._complain()
        self._close(closed)

        self.run_job(self.running)

        self.assertRecordValues(
            self.invitations(self.running),
            [
                {
                    "partner_id": self.customer.id,
                    "user_id": self.employee.id,
                    "res_model": "crm.complaint",
                    "res_id": closed.id,
                }
            ],
        )

    def test_t21_secret_ones_and_those_about_employees_do_not(self):
        for values in (
            {"is_confidential": True},
            {"about_user_ids": [Command.set(self.colleague.ids)]},
        ):
            self._close(self._complain(**values))

        self.run_job(self.running)

        self.assertFalse(self.invitations(self.running))

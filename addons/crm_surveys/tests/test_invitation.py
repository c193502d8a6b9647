from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.fields import Datetime
from odoo.tools import mute_logger

from .common import SurveysCase


class TestInvitation(SurveysCase):
    """Who is asked what, about which document, and what became of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.satisfaction = cls.survey(invitation_value=7)

    def _lead(self, **values):
        return self.env["crm.lead"].create(
            {
                "name": "Asked Deal",
                "partner_id": self.customer.id,
                "user_id": self.employee.id,
                "team_id": self.team.id,
                **values,
            }
        )

    def test_the_document_says_whom_it_is_about(self):
        lead = self._lead()

        invitation = self.env["crm.survey.invitation"]._decide(
            [{"survey_id": self.satisfaction.id, "res_model": "crm.lead", "res_id": lead.id}]
        )

        self.assertRecordValues(
            invitation,
            [
                {
                    "partner_id": self.customer.id,
                    "commercial_partner_id": self.company_partner.id,
                    "user_id": self.employee.id,
                    "team_id": self.team.id,
                    "company_id": self.env.company.id,
                    "value": 7,
                    "state": "decided",
                }
            ],
        )

    def test_a_contact_is_that_of_its_salesperson(self):
        self.company_partner.user_id = self.employee

        invitation = self.invite(
            self.satisfaction, res_model="res.partner", res_id=self.customer.id
        )

        self.assertEqual(invitation.user_id, self.employee)

    def test_a_document_that_is_gone_stops_nothing(self):
        lead = self._lead()
        lead_id = lead.id
        lead.unlink()

        invitations = self.env["crm.survey.invitation"]._decide(
            [
                {
                    "survey_id": self.satisfaction.id,
                    "partner_id": self.customer.id,
                    "res_model": model,
                    "res_id": lead_id,
                }
                for model in ("crm.lead", "no.such.model")
            ]
        )

        self.assertEqual(invitations.partner_id, self.customer)
        self.assertFalse(invitations.user_id)

    def test_the_moment_of_asking_decides_who_was_in_charge(self):
        lead = self._lead()
        invitation = self.invite(
            self.satisfaction, res_model="crm.lead", res_id=lead.id, channel="sms"
        )
        response = self.start(self.satisfaction, invitation_id=invitation.id)
        lead.write({"user_id": self.colleague.id, "team_id": self.other_team.id})

        self.finish(response, {"nps": 8})

        self.assertRecordValues(
            self.fact(response),
            [
                {
                    "invitation_id": invitation.id,
                    "user_id": self.employee.id,
                    "team_id": self.team.id,
                    "res_model": "crm.lead",
                    "res_id": lead.id,
                    "channel": "sms",
                }
            ],
        )

    def test_a_response_about_a_document_needs_no_invitation(self):
        lead = self._lead()

        response = self.start(self.satisfaction, res_model="crm.lead", res_id=lead.id)

        self.assertEqual(response.rated_user_id, self.employee)

    def test_the_invitation_follows_its_response(self):
        invitation = self.invite(self.satisfaction)
        response = self.start(self.satisfaction, invitation_id=invitation.id)

        with freeze_time("2026-03-02 10:00:00"):
            response._mark_in_progress()
        self.assertEqual(invitation.state, "started")
        response._mark_done()

        self.assertEqual(invitation.state, "finished")
        self.assertEqual(invitation.date_started, Datetime.to_datetime("2026-03-02 10:00:00"))

    def test_what_comes_too_late_changes_nothing(self):
        invitation = self.invite(self.satisfaction)
        invitation._move("sent")
        invitation._move("finished")

        moved = invitation._move("opened")

        self.assertFalse(moved)
        self.assertEqual(invitation.state, "finished")
        self.assertFalse(invitation.date_opened)

    def test_not_sent_has_a_reason(self):
        invitation = self.invite(self.satisfaction)
        self.assertEqual(invitation._move("not_sent", reason="opted_out").reason, "opted_out")

        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            self.invite(self.satisfaction)._move("not_sent")
            self.env.flush_all()

    def test_deciding_takes_the_same_statements_for_many(self):
        customers = self.env["res.partner"].create(
            [{"name": f"Customer {number}"} for number in range(200)]
        )
        deals = self.env["crm.lead"].create(
            [{"name": "Deal", "partner_id": customer.id} for customer in customers]
        )

        def count_statements(number):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            invitations = self.env["crm.survey.invitation"]._decide(
                [
                    {"survey_id": self.satisfaction.id, "res_model": deal._name, "res_id": deal.id}
                    for deal in deals[:number]
                ]
            )
            self.env["survey.user_input"].create(
                [
                    {"survey_id": self.satisfaction.id, "invitation_id": invitation.id}
                    for invitation in invitations
                ]
            )
            self.env.flush_all()
            return self.cr.sql_log_count - before

        count_statements(1)

        self.assertLessEqual(count_statements(200), count_statements(2) + 4)

    def test_t14_nobody_writes_invitations(self):
        invitation = self.invite(self.satisfaction)
        for records in (invitation.with_user(self.manager), invitation.sudo()):
            with self.assertRaises(AccessError):
                records.write({"state": "finished"})
            with self.assertRaises(AccessError):
                records.unlink()
            with self.assertRaises(AccessError):
                records.create({"survey_id": self.satisfaction.id})

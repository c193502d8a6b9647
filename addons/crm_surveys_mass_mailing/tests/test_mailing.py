from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Datetime

from odoo.addons.crm_surveys.tests.sending_common import SendingCase

NOW = Datetime.to_datetime("2026-03-02 10:00:00")


@freeze_time(NOW)
class TestMailing(SendingCase):
    """Mailings and surveys share one budget, and the wish to get no mails."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (cls.mailer,) = cls._make_users(
            ("srv_mailer", "Mia Mailer", "mass_mailing.group_mass_mailing_user")
        )
        cls.env["crm.survey.budget"].search([]).active = False
        cls.env["crm.survey.budget"].create({"maximum": 1, "days": 30})
        cls.twin = cls.env["res.partner"].create(
            {"name": "Sara Elsewhere", "email": "Sara@Surveyed.example.com"}
        )
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "Mailed",
                "partner_id": cls.customer.id,
                "email_from": "sara@surveyed.example.com",
            }
        )
        cls.mailing_list = cls.env["mailing.list"].create({"name": "News"})
        cls.member = cls.env["mailing.contact"].create(
            {
                "name": "Sara",
                "email": "sara@surveyed.example.com",
                "list_ids": [Command.link(cls.mailing_list.id)],
            }
        )

    def _mailing(self, **values):
        return self.env["mailing.mailing"].create(
            {
                "subject": "Spring",
                "mailing_model_id": self.env["ir.model"]._get("res.partner").id,
                "mailing_domain": f"[('id', 'in', {[self.customer.id, self.twin.id]})]",
                **values,
            }
        )

    def _trace(self, record, **values):
        """A mail of a mailing has gone to somebody."""
        return self.env["mailing.trace"].create(
            {
                "model": record._name,
                "res_id": record.id,
                "email": "sara@surveyed.example.com",
                "trace_status": "sent",
                "sent_datetime": NOW - timedelta(days=3),
                **values,
            }
        )

    def _ask(self, partner=None, **values):
        survey = self.survey()
        partner = partner or self.customer
        return self.env["crm.survey.invitation"]._invite(
            [{"survey_id": survey.id, "partner_id": partner.id, **values}]
        )

    def test_a_mailing_counts_whomever_it_was_sent_to(self):
        for record in (self.customer, self.twin, self.lead, self.member):
            with self.subTest(model=record._name):
                trace = self._trace(record)

                self.assertEqual(self._ask().reason, "contact_budget")
                trace.unlink()
        self.assertFalse(self._ask().reason)

    def test_a_text_of_a_mailing_counts(self):
        for record in (self.customer, self.lead, self.member):
            with self.subTest(model=record._name):
                trace = self._trace(record, email=False)
                # as the add-on of text messages in mailings does, which need not be there
                self.env.flush_all()
                self.cr.execute(
                    "UPDATE mailing_trace SET trace_type = 'sms' WHERE id = %s", [trace.id]
                )

                self.assertEqual(self._ask().reason, "contact_budget")
                trace.unlink()

    def test_a_mail_to_several_contacts_with_one_address_counts_once(self):
        self.env["crm.survey.budget"].search([]).maximum = 2
        self._trace(self.member)

        self.assertFalse(self._ask().reason)

    def test_what_reached_nobody_does_not_count(self):
        self._trace(self.customer, trace_status="bounce")
        self._trace(self.customer, trace_status="error")
        self._trace(self.customer, trace_status="cancel")
        self._trace(self.customer, is_test_trace=True)
        self._trace(self.customer, sent_datetime=NOW - timedelta(days=31))

        self.assertFalse(self._ask().reason)

    def test_colleagues_share_the_budget_of_their_company(self):
        self.env["crm.survey.budget"].search([]).scope = "company"
        colleague = self.env["res.partner"].create(
            {
                "name": "Cora Surveyed",
                "email": "cora@surveyed.example.com",
                "parent_id": self.company_partner.id,
            }
        )
        self._trace(self.customer)

        self.assertEqual(self._ask(colleague).reason, "company_budget")

    # who wants no mails

    def test_who_has_left_all_lists_gets_no_survey_by_mail(self):
        self.member.subscription_ids.opt_out = True

        self.assertEqual(self._ask().reason, "opted_out")
        self.assertEqual(self._ask(second_channel="sms").channel, "sms")
        self.assertFalse(self._ask(self.other()).reason)

    def other(self):
        return self.env["res.partner"].create(
            {"name": "Otto", "email": "otto@surveyed.example.com"}
        )

    def test_who_stays_on_one_list_is_asked(self):
        other_list = self.env["mailing.list"].create({"name": "Other"})
        self.member.list_ids += other_list
        self.member.subscription_ids[0].opt_out = True
        self._trace(self.member, trace_status="cancel", failure_type="mail_optout")

        self.assertFalse(self._ask().reason)

    def test_whose_last_mailing_was_stopped_by_his_wish_is_not_asked(self):
        self.member.unlink()
        self._trace(self.lead, trace_status="cancel", failure_type="mail_optout")
        self.assertEqual(self._ask().reason, "opted_out")

        self._trace(self.lead, sent_datetime=NOW - timedelta(days=60))

        self.assertFalse(self._ask().reason)

    def test_a_wish_that_comes_before_the_mail_stops_it(self):
        invitation = self.invite(self.satisfaction)
        self.member.subscription_ids.opt_out = True

        self.run_job()

        self.assertEqual((invitation.state, invitation.reason), ("not_sent", "opted_out"))

    # the mailing's own side

    def test_a_mailing_tells_whom_it_would_tire(self):
        mailing = self._mailing(mailing_domain=f"[('id', 'in', {self.customer.ids})]")
        self.mailer.group_ids += self.env.ref("crm_surveys.group_manager")
        action = mailing.with_user(self.mailer).action_check_survey_budget()
        self.assertIn("0 of 1", action["params"]["message"])
        self._ask()

        action = mailing.with_user(self.mailer).action_check_survey_budget()

        self.assertEqual(action["domain"], [("id", "in", self.customer.ids)])
        self.assertIn("1 of 1", action["name"])

    def _mailing_to_five(self):
        others = self.env["res.partner"].create(
            [
                {"name": f"Other {number}", "email": f"o{number}@mailed.example.com"}
                for number in "123"
            ]
        )
        ids = (self.customer | self.twin | others).ids
        return self._mailing(mailing_domain=f"[('id', 'in', {ids})]")

    def test_t21_who_sees_no_invitations_learns_how_many_and_not_who(self):
        mailing = self._mailing_to_five()
        self.mailer.group_ids += self.env.ref("crm_surveys.group_user")
        action = mailing.with_user(self.mailer).action_check_survey_budget()
        self.assertIn("0 of 5", action["params"]["message"])
        self._ask()

        action = mailing.with_user(self.mailer).action_check_survey_budget()

        self.assertEqual(action["tag"], "display_notification")
        self.assertIn("2 of 5", action["params"]["message"])

    def test_t21_a_leader_does_not_learn_who_was_asked_about_himself(self):
        self.mailer.group_ids += self.env.ref("crm_surveys.group_leader")
        self._ask()

        action = self._mailing_to_five().with_user(self.mailer).action_check_survey_budget()

        self.assertEqual(action["tag"], "display_notification")

    def test_t21_a_mailing_to_few_tells_nothing_of_them(self):
        self._ask()
        mailing = self._mailing(mailing_domain=f"[('id', 'in', {self.customer.ids})]")

        with self.assertRaisesRegex(UserError, "fewer than 5"):
            mailing.with_user(self.mailer).action_check_survey_budget()

    def test_members_of_lists_are_known_by_their_address(self):
        mailing = self._mailing(
            mailing_model_id=self.env["ir.model"]._get("mailing.list").id,
            contact_list_ids=[Command.set(self.mailing_list.ids)],
            mailing_domain=f"[('list_ids', 'in', {self.mailing_list.ids})]",
        )
        self._ask()

        action = mailing.action_check_survey_budget()

        self.assertIn(self.customer.id, action["domain"][0][2])

    def test_t14_only_mailers_ask_whom_a_mailing_tires(self):
        mailing = self._mailing()
        for role in ("employee", "outsider", "customer_user"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                mailing.with_user(getattr(self, role)).action_check_survey_budget()

    def test_t15_limits_of_another_company_are_not_ours(self):
        other = self.env["res.company"].create({"name": "Other Mailing Company"})
        self.env["crm.survey.budget"].search([]).company_id = other
        self._ask()

        action = self._mailing().action_check_survey_budget()

        self.assertIn("0 of 2", action["params"]["message"])

from datetime import timedelta

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.fields import Datetime
from odoo.tools import mute_logger

from .trigger_common import TriggerCase

NOW = Datetime.to_datetime("2026-03-02 10:00:00")


@freeze_time("2026-03-02 10:00:00")
class TestBudget(TriggerCase):
    """One budget over all surveys; everybody who is not asked has a row that says why."""

    def _limit(self, **values):
        return self.env["crm.survey.budget"].create({"maximum": 1, "days": 30, **values})

    def _ask(self, *partners, survey=None, **values):
        survey = survey or self.survey()
        return self.env["crm.survey.invitation"]._invite(
            [{"survey_id": survey.id, "partner_id": partner.id, **values} for partner in partners]
        )

    def test_a_contact_is_asked_within_the_budget_of_all_surveys(self):
        self._limit()

        first, second = self._ask(self.customer), self._ask(self.customer)
        with freeze_time(NOW + timedelta(days=30)):
            third = self._ask(self.customer)

        self.assertEqual(
            [first.state, second.state, third.state], ["decided", "not_sent", "decided"]
        )
        self.assertEqual(second.reason, "contact_budget")

    def test_colleagues_share_the_budget_of_their_company(self):
        self._limit(scope="company", maximum=2)
        colleagues = self.contacts(3)
        colleagues.parent_id = self.company_partner

        asked = self._ask(*colleagues)

        self.assertEqual(asked.mapped("reason"), [False, False, "outranked"])
        self.assertEqual(self._ask(self.customer).reason, "company_budget")

    def test_a_channel_may_have_its_own_limit(self):
        self._limit(channel="sms")
        self.customer.phone = "+49 30 654321"

        reasons = [
            self._ask(self.customer, channel=channel).reason for channel in ("sms", "mail", "sms")
        ]

        self.assertEqual(reasons, [False, False, "contact_budget"])

    def test_limits_of_another_company_are_not_ours(self):
        other = self.env["res.company"].create({"name": "Other Asking Company"})
        self._limit(maximum=0, company_id=other.id)

        self.assertFalse(self._ask(self.customer).reason)

    def test_what_reached_nobody_does_not_count(self):
        self._limit()
        self._ask(self.customer)._move("failed")

        self.assertFalse(self._ask(self.customer).reason)

    def test_what_failed_for_good_does_not_count_when_its_days_are_over(self):
        self._limit()
        failed = self._ask(self.customer)
        failed._move("failed")
        failed._move("expired")

        self.assertFalse(self._ask(self.customer).reason)

    def test_what_is_tried_again_counts(self):
        self._limit()
        survey = self.survey()
        failed = self._ask(self.customer, survey=survey)
        failed._move("failed", date_retry=NOW + timedelta(hours=1))

        self.assertEqual(self._ask(self.customer).reason, "contact_budget")
        self.assertEqual(self._ask(self.customer, survey=survey).reason, "asked")

    def test_the_most_valuable_of_a_batch_wins(self):
        self._limit()
        cheap, dear = self.survey(), self.survey()

        asked = self.env["crm.survey.invitation"]._invite(
            [
                {"survey_id": survey.id, "partner_id": self.customer.id, "value": value}
                for survey, value in ((cheap, 1), (dear, 9))
            ]
        )

        self.assertEqual(asked.mapped("reason"), ["outranked", False])

    def test_a_waiting_one_gives_way_to_a_more_valuable_one(self):
        self._limit()
        waiting = self._ask(self.customer, value=5, trigger_id=self.trigger().id)

        dear = self._ask(self.customer, value=50)

        self.assertEqual((waiting.state, waiting.reason), ("not_sent", "outranked"))
        self.assertEqual(dear.state, "decided")

    def test_what_is_sent_does_not_give_way(self):
        self._limit()
        self._ask(self.customer, value=5, trigger_id=self.trigger().id)._move("sent")

        self.assertEqual(self._ask(self.customer, value=50).reason, "contact_budget")

    def test_two_contacts_with_one_address_are_one_person(self):
        self._limit()
        twin = self.env["res.partner"].create({"name": "Twin", "email": self.customer.email})

        asked = self._ask(self.customer, twin)
        later = self._ask(twin)

        self.assertEqual(asked.mapped("reason"), [False, "duplicate"])
        self.assertEqual(later.reason, "contact_budget")

    def test_each_obstacle_has_its_reason(self):
        contact = self.contacts(1)
        contact.phone = "+49 30 111222"
        cases = {
            "opted_out": lambda: contact.write({"has_survey_opt_out": True}),
            "blacklisted": lambda: self.env["mail.blacklist"]._add(contact.email_normalized),
            "no_address": lambda: contact.write({"email": False}),
        }
        for reason, deed in cases.items():
            with self.subTest(reason=reason), self.cr.savepoint() as savepoint:
                deed()
                self.assertEqual(self._ask(contact).reason, reason)
                savepoint.rollback()
                self.env.invalidate_all()
        self.env["phone.blacklist"].add(contact.phone_sanitized)
        self.assertEqual(self._ask(contact, channel="sms").reason, "blacklisted")
        self.assertEqual(self._ask(self.employee.partner_id).reason, "not_a_customer")

    def test_a_refusal_holds_for_every_contact_with_that_address(self):
        twin = self.env["res.partner"].create({"name": "Twin", "email": self.customer.email})
        self.customer.has_survey_opt_out = True

        self.assertEqual(self._ask(twin).reason, "opted_out")

    def test_a_closed_survey_asks_nobody(self):
        survey = self.survey()
        survey.active = False

        self.assertEqual(self._ask(self.customer, survey=survey).reason, "survey_closed")

    def test_who_is_being_asked_is_not_asked_the_same_again(self):
        survey = self.survey()
        self._ask(self.customer, survey=survey)

        self.assertEqual(self._ask(self.customer, survey=survey).reason, "asked")

    def test_who_has_answered_about_a_document_is_not_asked_about_it_again(self):
        survey, deal = self.survey(), self.deal()
        about = {"res_model": "crm.lead", "res_id": deal.id}
        self.respond(survey, answers={"nps": 9}, **about)

        self.assertEqual(self._ask(self.customer, survey=survey, **about).reason, "answered")
        self.assertFalse(self._ask(self.customer, survey=survey).reason)

    def test_everybody_has_a_row(self):
        partners = self.contacts(5)
        partners[0].email = False
        partners[1].has_survey_opt_out = True

        asked = self._ask(*partners)

        self.assertEqual(asked.partner_id, partners)
        self.assertEqual(asked.mapped("state"), ["not_sent"] * 2 + ["decided"] * 3)
        self.assertEqual(asked[0].date_not_sent, NOW)

    def test_deciding_takes_the_same_statements_for_a_thousand(self):
        self._limit(maximum=2)
        self._limit(scope="company", maximum=3)
        partners, survey = self.contacts(1000), self.survey()

        def count(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._ask(*some, survey=survey)
            self.env.flush_all()
            return self.cr.sql_log_count - before

        count(partners[:1])
        few = count(partners[1:10])

        # rows are inserted, and partners read, by so many a statement
        self.assertLessEqual(count(partners[10:]), few + 30)

    def test_limits_are_sane(self):
        for vals in ({"maximum": -1}, {"days": 0}):
            with (
                self.subTest(vals=vals),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.cr.savepoint(),
            ):
                self._limit(**vals)

    def test_t14_only_managers_set_limits_and_nobody_writes_turns(self):
        limit = self._limit()
        self._ask(self.customer)
        turn = self.env["crm.survey.budget.turn"].search([], limit=1)

        for role in (self.leader, self.employee, self.outsider):
            with self.assertRaises(AccessError):
                limit.with_user(role).write({"maximum": 99})
        limit.with_user(self.manager).write({"maximum": 2})
        self.assertTrue(turn)
        with self.assertRaises(AccessError):
            turn.sudo().unlink()

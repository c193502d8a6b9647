from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tools import mute_logger

from .test_contact import NOW, ContactCase

NORM = {"name": "Key accounts", "least": 2, "most": 3, "period_amount": 2, "period_unit": "weeks"}


@freeze_time(NOW)
class TestContactNorm(ContactCase):
    """Both bounds hold: nobody is forgotten, nobody is bothered, and one is told before."""

    def state(self, partner=None):
        self.env.invalidate_all()
        return (partner or self.customer).contact_state

    def found(self, state):
        self.env.invalidate_all()
        partners = self.env["res.partner"].with_user(self.salesman)
        return self.customer in partners.search([("contact_state", "=", state)]).with_env(self.env)

    def judge(self):
        with self.enter_registry_test_mode():
            self.env.ref(
                "crm_standards.crm_standard_contact_norm_cron_judge"
            ).method_direct_trigger()
        self.env.invalidate_all()
        return self.env["crm.standard.norm.breach"].search(
            [("partner_id", "=", self.customer.id)], order="id"
        )

    def test_state_follows_the_number_of_contacts_and_the_search_agrees(self):
        self.regulation([NORM])

        for count, state in enumerate(("too_few", "too_few", "good", "full", "too_many")):
            with self.subTest(count=count):
                if count:
                    self.fact(days_ago=count)
                self.assertEqual(self.state(), state)
                for other in ("too_few", "good", "full", "too_many"):
                    self.assertEqual(self.found(other), other == state, other)

    def test_a_period_of_one_month_is_said_as_people_say_it(self):
        values = {"name": "Others", "most": 4, "period_amount": 1, "period_unit": "months"}
        norm = self.regulation([values]).contact_norm_ids

        self.assertEqual(norm.requirement, "at most 4 contacts in a month")
        norm.period_amount = 2
        self.assertEqual(norm.requirement, "at most 4 contacts in 2 months")

    def test_old_contacts_do_not_count(self):
        self.regulation([NORM])
        self.fact(days_ago=15)
        self.fact(days_ago=16)

        self.assertEqual(self.state(), "too_few")

    def test_answers_count_as_contacts_but_bother_nobody(self):
        self.regulation([NORM])
        for days in (9, 7, 5, 3):
            self.fact(days_ago=days, direction="in", channel="email")
            self.fact(days_ago=days - 1, channel="email")

        self.assertEqual(self.state(), "good")

    def test_what_the_customer_writes_counts_if_the_norm_says_so(self):
        standard = self.regulation([NORM])
        self.fact(days_ago=3, direction="in")
        self.fact(days_ago=2, direction="in")
        self.assertEqual(self.state(), "too_few")

        standard.contact_norm_ids.has_incoming = True

        self.assertEqual(self.state(), "good")

    def test_channels_left_out_do_not_count(self):
        self.regulation([{**NORM, "is_call_counted": False}])
        self.fact(days_ago=3, channel="call")
        self.fact(days_ago=2, channel="call")

        self.assertEqual(self.state(), "too_few")

    def test_first_norm_whose_class_fits_is_the_customers(self):
        tag = self.env["res.partner.category"].create({"name": "Key"})
        self.regulation(
            [
                {**NORM, "category_ids": [Command.set(tag.ids)]},
                {**NORM, "name": "Others", "sequence": 20, "least": 0},
            ]
        )
        self.assertEqual(self.customer.contact_norm_id.name, "Others")
        self.assertFalse(self.found("too_few"))

        self.customer.category_id = tag

        self.assertEqual(self.state(), "too_few")
        self.assertTrue(self.found("too_few"))

    def test_new_customer_is_not_late_yet(self):
        self.regulation([NORM])
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = %s WHERE id = %s",
            (NOW - timedelta(days=3), self.customer.id),
        )

        self.assertEqual(self.state(), "good")
        self.assertFalse(self.found("too_few"))

    def test_condition_on_the_verdict_itself_is_refused(self):
        for condition in ("[('contact_state', '=', 'good')]", "[('entry_gap_ids', '=', False)]"):
            with self.assertRaisesRegex(ValidationError, "themselves find out"):
                self.regulation([{**NORM, "domain": condition}])

    def test_own_company_is_no_customer(self):
        self.regulation([NORM])

        self.assertFalse(self.env.company.partner_id.contact_norm_id)

    def test_draft_says_nothing(self):
        self.regulation([NORM]).action_back_to_draft()

        self.assertFalse(self.state())
        self.assertFalse(self.found("too_few"))

    def test_register_names_the_silent_customer_once_in_a_period(self):
        self.customer.user_id = self.colleague
        self.regulation([NORM])

        first = self.judge()
        second = self.judge()

        self.assertRecordValues(
            second,
            [
                {
                    "kind": "too_few",
                    "name": "Key accounts",
                    "user_id": self.colleague.id,
                    "contact_count": 0,
                }
            ],
        )
        self.assertEqual(first, second)
        with freeze_time(NOW + timedelta(days=1)):  # another day of the same period
            self.assertEqual(self.judge(), first)
        with freeze_time(NOW + timedelta(days=15)):
            self.assertEqual(len(self.judge()), 2)

    def test_register_names_who_made_one_contact_too_many(self):
        self.regulation([NORM])
        for days in (4, 3, 2):
            self.fact(days_ago=days)
        self.fact(days_ago=1, user_id=self.colleague.id)

        self.assertRecordValues(
            self.judge(), [{"kind": "too_many", "user_id": self.colleague.id, "contact_count": 4}]
        )

    def test_advice_is_not_registered(self):
        self.regulation([{**NORM, "strength": "advise"}])

        self.assertFalse(self.judge())

    def test_norm_that_fails_stops_no_other(self):
        self.regulation([{**NORM, "name": "Broken", "domain": "[('name', '=', 'x')]"}, NORM])
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_standard_contact_norm SET domain = '[(' WHERE name->>'en_US' = 'Broken'"
        )
        self.env.invalidate_all()

        breaches = self.judge()

        self.assertEqual(breaches.mapped("name"), ["Key accounts"])
        problems = self.env["crm.standard.health"].with_user(self.controller)._find_problems()
        self.assertIn("Broken", " ".join(problem.text for problem in problems))

    def test_norm_without_bounds_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "say how many contacts"):
            self.regulation([{**NORM, "least": 0, "most": 0}])
        with self.assertRaisesRegex(ValidationError, "more than the most"):
            self.regulation([{**NORM, "least": 4}])

    # ---- access ---------------------------------------------------------------------------

    def test_t15_norm_of_another_company_is_none_of_ours(self):
        other = self.env["res.company"].create({"name": "Other company"})
        self.regulation([NORM], company_id=other.id)

        self.assertFalse(self.customer.with_user(self.salesman).contact_state)

    def test_t15_norm_of_a_company_counts_its_own_contacts(self):
        other = self.env["res.company"].create({"name": "Other company"})
        self.regulation([NORM], company_id=self.env.company.id)
        for days in (1, 2, 3):
            self.fact(days_ago=days, company_id=other.id)
        self.fact(days_ago=1, company_id=self.env.company.id)

        self.assertEqual(self.customer.contact_held_count, 1)

    def test_glance_shows_the_weeks_and_the_norm(self):
        self.regulation([NORM])
        for days in (1, 2, 30):
            self.fact(days_ago=days)
        self.env.invalidate_all()

        glance = self.customer.with_user(self.salesman).contact_glance

        self.assertEqual(glance["weeks"][-1], 2)
        self.assertEqual(sum(glance["weeks"]), 3)
        self.assertEqual((glance["state"], glance["count"], glance["days"]), ("good", 2, 1))

    def test_employee_without_our_rights_sees_no_glance(self):
        employee = self._make_users(("std_nobody", "Nora Nobody", "base.group_user"))

        with self.assertRaises(AccessError), mute_logger("odoo.models"):
            self.customer.with_user(employee).read(["contact_glance"])

    def test_search_of_the_silent_costs_a_constant_number_of_statements(self):
        self.regulation([NORM])
        partners = self.env["res.partner"].with_user(self.salesman)
        partners.search_count([("contact_state", "=", "too_few")])
        self.env["res.partner"].create([{"name": f"C{n}"} for n in range(50)])
        self.env.flush_all()

        with self.assertQueryCount(6):
            partners.search_count([("contact_state", "=", "too_few")])

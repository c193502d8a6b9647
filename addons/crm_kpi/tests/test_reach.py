from datetime import date
from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain

from .common import FIRST, LAST, NOON, KpiCase


class ReachCase(KpiCase):
    """A measure of the manager, on any document."""

    def define(self, user=None, model="crm.lead", **values):
        """Define a measure as a user would, by default a manager of KPI."""
        return (
            self.env["crm.kpi.measure"]
            .with_user(user or self.manager)
            .create(
                {
                    "name": "Reaching",
                    "code": "reaching",
                    "model_id": self.env["ir.model"]._get_id(model),
                    **values,
                }
            )
        )

    def refuse(self, words, **values):
        with self.assertRaisesRegex(ValidationError, words), self.env.cr.savepoint():
            self.define(**values)


class TestReach(ReachCase):
    """Threats T7, T15, T21: what a figure may tell, and to whom."""

    def test_t21_who_reads_only_own_documents_does_not_have_all_of_them_counted(self):
        self.manager.group_ids = [
            Command.unlink(self.env.ref("sales_team.group_sale_salesman_all_leads").id),
            Command.link(self.env.ref("sales_team.group_sale_salesman").id),
        ]

        self.refuse("only a part of")

    def test_t15_a_field_not_everybody_may_read_is_no_figure(self):
        field = self.env["crm.lead"]._fields["expected_revenue"]
        self.manager.group_ids = [Command.link(self.env.ref("base.group_system").id)]

        with patch.object(field, "groups", "base.group_system"):
            for values in (
                {"aggregate": "sum", "value_field": "expected_revenue"},
                {"domain": "[('expected_revenue', '>', 1000)]"},
                {"domain": "[('partner_id.opportunity_ids.expected_revenue', '>', 1000)]"},
            ):
                with self.subTest(values):
                    self.refuse("not for everybody", **values)

    def test_t15_a_field_that_everybody_may_read_is_counted_whatever_group_it_names(self):
        field = self.env["crm.lead"]._fields["expected_revenue"]

        with patch.object(field, "groups", "base.group_user"):
            measure = self.define(aggregate="sum", value_field="expected_revenue")

        self.assertEqual(measure.state, "waiting")

    def test_t21_documents_behind_a_link_are_not_reached_by_who_may_not_read_them(self):
        self.refuse(
            "may not read",
            model="res.partner",
            date_field="create_date",
            domain="[('user_ids.log_ids.create_date', '!=', False)]",
        )

    def test_t21_nobody_counts_by_what_is_written_in_messages(self):
        for model, domain in (
            ("mail.message", "[('body', 'ilike', 'salary')]"),
            ("mail.message", "[('subject', 'ilike', 'salary')]"),
            ("mail.message", "[('res_id', '=', 7)]"),
            ("mail.activity", "[('note', 'ilike', 'illness')]"),
            ("crm.lead", "[('message_ids.body', 'ilike', 'salary')]"),
            ("crm.lead", "[('message_ids', 'any', [('body', 'ilike', 'salary')])]"),
            ("crm.lead", "[('message_ids', 'ilike', 'salary')]"),
            ("crm.lead", "[('activity_ids.summary', '=', 'Dismissal')]"),
        ):
            with self.subTest(model=model, domain=domain):
                self.refuse(
                    "not for everybody", model=model, domain=domain, actor_path="create_uid"
                )

    def test_how_many_messages_and_activities_there_are_is_counted(self):
        self.define(
            model="mail.message",
            date_field="date",
            actor_path="create_uid",
            domain="[('model', '=', 'crm.lead'), ('message_type', '=', 'comment')]",
        )

        measure = self.define(code="idle", domain="[('activity_ids', '=', False)]")

        self.assertEqual(measure.state, "waiting")

    def test_t21_the_job_refuses_by_name_what_was_written_past_the_check(self):
        model_id = self.env["ir.model"]._get_id("mail.message")
        measure = self.measure(model_id=model_id, actor_path="create_uid")
        self.stamp(measure, NOON, domain="[('body', 'ilike', 'salary')]")

        self.refresh(measure)

        self.assertEqual(measure.state, "broken")
        self.assertIn("body", measure.problem)

    def test_what_must_not_be_counted_is_left_out_whatever_the_condition_says(self):
        self.lead(self.employee, priority="1")
        self.lead(self.employee)
        measure = self.measure(domain="['|', ('priority', '=', '1'), ('priority', '!=', '1')]")

        with patch.object(
            type(measure), "_get_counted_domain", lambda _self: Domain("priority", "=", "1")
        ):
            self.refresh(measure)

        self.assertEqual(self.values(measure), {self.employee.id: 1})


class TestFew(ReachCase):
    """Threat T16: the figure of few documents is told by no door."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        guard = type(cls.env["crm.kpi.measure"])
        cls.startClassPatcher(
            patch.object(guard, "_needs_minimum", lambda measure: measure.aggregate == "avg")
        )
        cls.startClassPatcher(patch.object(guard, "_get_minimum", lambda _measure: 3))
        cls.average = cls.measure("average", aggregate="avg", value_field="expected_revenue")
        cls.total = cls.measure("total", aggregate="sum", value_field="expected_revenue")

    def setUp(self):
        super().setUp()
        for amount in (10, 20):
            self.lead(self.employee, amount=amount)
        for amount in (10, 20, 60):
            self.lead(self.colleague, amount=amount)
        self.refresh(self.average, self.total)

    def test_t16_there_is_no_value_of_few(self):
        self.assertEqual(
            self.values(self.average), {self.employee.id: None, self.colleague.id: 30.0}
        )
        self.assertEqual(self.values(self.total), {self.employee.id: 30, self.colleague.id: 90})

    def test_t16_the_company_counts_all_of_them(self):
        facts = self.env["crm.kpi.fact"]

        self.assertEqual(facts._get_values(self.average, FIRST, LAST), {self.average: {(): 24.0}})

    def test_t16_days_are_no_way_round(self):
        day = date(2026, 3, 10)
        facts = self.env["crm.kpi.fact"].with_user(self.employee)

        found = facts._get_values(self.average, day, day, ("user_id",))

        self.assertEqual(found, {self.average: {(self.employee.id,): None}})

    def test_t16_facts_are_read_by_nobody_one_by_one(self):
        for user in (self.employee, self.leader, self.manager):
            facts = self.env["crm.kpi.fact"].with_user(user)
            asked = [("measure_id", "=", self.average.id)]
            with self.subTest(user=user.name):
                self.assertFalse(facts.search_read(asked))
                self.assertFalse(facts.formatted_read_group(asked, ["date:day"], ["value_sum:sum"]))
                self.assertEqual(facts.search_count(asked), 0)

    def test_t1_whose_figures_one_sees_is_the_same_with_a_minimum(self):
        seen = {
            self.employee: {self.employee.id},
            self.colleague: {self.colleague.id},
            self.leader: {self.employee.id},
            self.manager: {self.employee.id, self.colleague.id},
            self.outsider: set(),
        }
        for user, people in seen.items():
            facts = self.env["crm.kpi.fact"].with_user(user)
            for measure in (self.average, self.total):
                with self.subTest(user=user.name, measure=measure.code):
                    if user == self.outsider and measure == self.total:
                        continue  # refused: he has no group of KPI
                    found = facts._get_values(measure.sudo(), FIRST, LAST, ("user_id",))
                    self.assertEqual({key for (key,) in found[measure]}, people)

    def test_t16_a_score_has_no_line_of_few(self):
        indicator = self.indicator("judged", measure_id=self.average.id)

        values = indicator._get_values(FIRST, LAST, ("user_id",))[indicator]

        self.assertIsNone(values[self.employee.id,])
        self.assertEqual(values[self.colleague.id,], 30.0)

    def test_t16_what_few_gave_is_not_kept_when_a_period_is_closed(self):
        card = self.env["crm.kpi.card"].create(
            {"name": "Few", "user_ids": [Command.set((self.employee | self.colleague).ids)]}
        )

        found = card._find_tallies(
            {"average": self.average}, FIRST, LAST, [self.employee, self.colleague]
        )

        self.assertIsNone(found[card._get_key(self.employee)]["average"])
        self.assertEqual(found[card._get_key(self.colleague)]["average"].total, 90)

    def test_t4_nobody_takes_the_minimum_away(self):
        with self.assertRaisesRegex(UserError, "by the job only"):
            self.average.with_user(self.manager).write({"has_minimum": False})

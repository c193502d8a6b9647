from datetime import date
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.fields import Command

from odoo.addons.crm_complaints.tests.common import ComplaintsCase
from odoo.addons.crm_kpi.tests.common import KpiCase


class TestMeasures(KpiCase):
    """Complaints as measures."""

    def test_all_that_is_brought_can_be_counted(self):
        self.assert_countable("crm_complaints_kpi")


class TestSecrecy(ComplaintsCase):
    """Threat T21: no figure gives a hint of what is confidential."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager.group_ids = [
            Command.link(cls.env.ref("crm_kpi.group_manager").id),
            Command.link(cls.env.ref("sales_team.group_sale_salesman_all_leads").id),
        ]
        cls.open_one = cls.complaint()
        cls.secret = cls.complaint(is_confidential=True)

    def define(self, model="crm.complaint", **values):
        """Define a measure as somebody who manages complaints and figures does."""
        return (
            self.env["crm.kpi.measure"]
            .with_user(self.manager)
            .create(
                {
                    "name": "Asked",
                    "code": "asked",
                    "model_id": self.env["ir.model"]._get_id(model),
                    "actor_path": "",
                    **values,
                }
            )
        )

    def count(self, measure):
        """Return what a measure counts in all, by whoever it was."""
        self.env["crm.kpi.engine"]._rebuild(measure)
        self.assertEqual(measure.state, "ready", measure.problem)
        found = self.env["crm.kpi.fact"]._get_values(measure, date(2000, 1, 1), date(2100, 1, 1))
        return found[measure].get((), 0)

    def test_confidential_complaints_are_left_out(self):
        measure = self.env.ref("crm_complaints_kpi.crm_kpi_measure_complaints")
        others = self.complaint().search_count([("is_confidential", "=", False)])

        self.assertEqual(self.count(measure), others)

    def test_t21_they_are_left_out_whatever_the_condition_says(self):
        ids = (self.open_one | self.secret).ids

        self.assertEqual(self.count(self.define(domain=f"[('id', 'in', {ids})]")), 1)

    def test_t21_so_are_their_parts(self):
        for complaint in (self.open_one, self.secret):
            self.env["crm.complaint.cost"].create(
                {"complaint_id": complaint.id, "name": "Taxi", "amount": 10}
            )
        ids = (self.open_one | self.secret).ids

        measure = self.define("crm.complaint.cost", domain=f"[('complaint_id', 'in', {ids})]")

        self.assertEqual(self.count(measure), 1)

    def test_t21_so_are_activities_messages_and_deadlines_about_them(self):
        for complaint in (self.open_one, self.secret):
            complaint.activity_schedule("mail.mail_activity_data_todo", user_id=self.clerk.id)
            complaint.message_post(body="Called back", message_type="comment")
        for model, name in (
            ("mail.activity", "res_model"),
            ("mail.message", "model"),
            ("crm.deadline.clock", "res_model"),
        ):
            about = self.env[model].search([(name, "=", "crm.complaint")])
            open_ones = about.filtered(lambda one: one.res_id != self.secret.id)
            self.assertTrue(open_ones < about)
            measure = self.define(
                model, code=model.replace(".", "_"), domain=f"[('{name}', '=', 'crm.complaint')]"
            )
            with self.subTest(model):
                self.assertEqual(self.count(measure), len(open_ones))

    def test_t21_complaints_are_reached_from_nowhere_else(self):
        domain = "[('complaint_ids.severity', '!=', False)]"
        with (
            self.assertRaisesRegex(ValidationError, "not for everybody"),
            self.env.cr.savepoint(),
        ):
            self.define("crm.lead", domain=domain)

        with (
            patch.object(self.env["crm.lead"]._fields["complaint_ids"], "groups", None),
            self.assertRaisesRegex(ValidationError, "some complaints are confidential"),
        ):
            self.define("crm.lead", domain=domain)

    def test_t21_nothing_is_counted_by_whom_a_complaint_is_about(self):
        domain = f"[('about_user_ids', 'in', {self.clerk.ids})]"

        with self.assertRaisesRegex(ValidationError, "whom a complaint is about"):
            self.define(domain=domain)

    def test_t21_a_clerk_of_one_team_does_not_have_all_counted(self):
        self.clerk.group_ids = [Command.link(self.env.ref("crm_kpi.group_manager").id)]

        with self.assertRaisesRegex(ValidationError, "only a part"):
            self.define().with_user(self.clerk).write({"domain": "[('id', '>', 0)]"})

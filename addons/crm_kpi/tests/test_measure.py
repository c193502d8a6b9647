from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from .common import KpiCase


class TestMeasure(KpiCase):
    """Measures are checked when they are saved, and break by name."""

    def test_t4_no_context_says_that_a_measure_is_counted(self):
        sent = {"default_state": "ready", "default_date_counted": "2026-01-01 10:00:00"}

        measure = self.measure("told").with_context(**sent).copy()

        self.assertRecordValues(measure, [{"state": "waiting", "date_counted": False}])

    def test_what_cannot_be_counted_is_refused_by_name(self):
        cases = {
            "no field nowhere": {"date_field": "nowhere"},
            "name is of the wrong kind": {"date_field": "name"},
            "team_id is of the wrong kind": {"actor_path": "team_id"},
            "choose a field for Value": {"aggregate": "sum"},
            "is not stored": {"aggregate": "sum", "value_field": "activity_calendar_event_id"},
            "does not lead": {"actor_path": "name.user_id"},
            "cannot be read": {"domain": "[('nowhere', '=', 1)]"},
            "condition": {"domain": "__import__('os')"},
        }
        for words, values in cases.items():
            with (
                self.subTest(words=words),
                self.assertRaisesRegex(ValidationError, words),
                self.env.cr.savepoint(),
            ):
                self.measure("wrong", **values)

    def test_codes_are_words_of_formulas(self):
        for code in ("Won", "won count", "min", "1st", "a", "won-count"):
            with (
                self.subTest(code=code),
                self.assertRaises(ValidationError),
                self.env.cr.savepoint(),
            ):
                self.measure(code)

    def test_t7_nobody_measures_what_he_may_not_read(self):
        blind = self.manager.copy(
            {
                "login": "kpi_blind",
                "group_ids": [Command.set(self.env.ref("crm_kpi.group_manager").ids)],
            }
        )

        with self.assertRaisesRegex(ValidationError, "may not read"):
            self.env["crm.kpi.measure"].with_user(blind).create(
                {
                    "name": "Blind",
                    "code": "blind",
                    "model_id": self.env["ir.model"]._get_id("crm.lead"),
                }
            )

    def test_the_preview_shows_what_the_user_may_see(self):
        self.lead(self.employee, name="Seen in the preview")
        measure = self.measure()

        self.assertIn("Seen in the preview", measure.with_user(self.manager).preview)

    def test_a_broken_measure_has_no_value_and_others_count(self):
        broken, sound = self.measure("breaks"), self.measure("holds")
        self.lead(self.employee)
        self.refresh(broken, sound)
        self.stamp(broken, self.clock, actor_path="gone_id")

        self.refresh(broken, sound)

        self.assertEqual(broken.state, "broken")
        self.assertIn("gone_id", broken.problem)
        self.assertIsNone(self.values(broken))
        self.assertEqual(self.values(sound), {self.employee.id: 1})

    def test_a_model_that_is_gone_leaves_its_name(self):
        measure = self.measure()
        self.stamp(measure, self.clock, model_id=None, model_name="gone.model")

        self.refresh(measure)

        self.assertEqual(measure.state, "broken")
        self.assertIn("gone.model", measure.problem)

    def test_what_was_counted_is_noted_by_the_job_only(self):
        measure = self.measure()

        for values in ({"state": "ready"}, {"problem": "x"}, {"date_counted": False}):
            with self.subTest(values=values), self.assertRaises(UserError):
                measure.write(values)

    def test_a_change_of_meaning_counts_anew(self):
        measure = self.measure()
        self.lead(self.employee, priority="1")
        self.lead(self.employee)
        self.refresh(measure)

        measure.domain = [("priority", "=", "1")]
        self.assertEqual(measure.state, "waiting")
        self.refresh(measure)

        self.assertEqual(self.values(measure), {self.employee.id: 1})

    def test_measures_that_come_with_the_add_on_can_be_counted(self):
        measures = self.env["crm.kpi.measure"].with_context(active_test=False).search([])
        measures.action_unarchive()

        self.refresh(measures)

        self.assertEqual(set(measures.mapped("state")), {"ready"}, measures.mapped("problem"))

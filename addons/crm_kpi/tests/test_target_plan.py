import base64
import io
from datetime import date, datetime

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form

from ..models.plan import crm_kpi_target_import
from .common import KpiCase


class TestTargetPlan(KpiCase):
    """Targets in number: spread, copied, read from a table."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worth = cls.measure("worth", aggregate="sum", value_field="expected_revenue")
        cls.sold = cls.indicator("sold", measure_id=cls.worth.id)

    def year(self, **values):
        return self.target(
            self.sold,
            self.employee,
            **{"period": "year", "target": 1200, "date_from": date(2026, 5, 5), **values},
        )

    def spread(self, target, **values):
        return (
            self.env["crm.kpi.target.spread"]
            .with_user(self.manager)
            .create({"target_id": target.id, **values})
        )

    def drafts(self, action):
        return self.env["crm.kpi.target"].search(action["domain"], order="date_from")

    # ---- spread -------------------------------------------------------------------------------

    def test_months_add_up_to_the_year(self):
        target = self.year(target=1000, minimum=500)

        drafts = self.drafts(self.spread(target, way="even").action_spread())

        self.assertEqual((len(drafts), set(drafts.mapped("state"))), (12, {"draft"}))
        self.assertEqual(sum(drafts.mapped("target")), 1000)
        self.assertEqual(sum(drafts.mapped("minimum")), 500)
        self.assertEqual(drafts.user_id, self.employee)
        self.assertEqual(drafts[0].date_from, date(2026, 1, 1))

    def test_the_season_of_past_years_is_followed(self):
        self.lead(self.colleague, at=datetime(2024, 1, 10, 12), amount=300)
        self.lead(self.colleague, at=datetime(2024, 7, 10, 12), amount=100)
        self.lead(self.colleague, at=datetime(2025, 1, 10, 12), amount=30)
        self.lead(self.colleague, at=datetime(2025, 7, 10, 12), amount=30)
        self.rebuild(self.worth)

        wizard = self.spread(self.year())

        # (75 % + 50 %) / 2 in January, the rest in July
        self.assertEqual(wizard.way, "season")
        months = {line.date_from.month: line.target for line in wizard.line_ids if line.target}
        self.assertEqual(months, {1: 750, 7: 450})
        self.assertFalse(wizard.is_unknown)

    def test_months_before_anything_was_done_are_usual_ones(self):
        self.lead(self.colleague, at=datetime(2025, 7, 10, 12), amount=600)
        self.lead(self.colleague, at=datetime(2025, 9, 10, 12), amount=600)
        self.rebuild(self.worth)

        months = {line.date_from.month: line.target for line in self.spread(self.year()).line_ids}

        # July to December are known, and half of the year; in August nothing was done
        self.assertEqual((months[1], months[7], months[8], months[9]), (100, 300, 0, 300))

    def test_without_a_past_it_is_said_and_spread_evenly(self):
        wizard = self.spread(self.year())

        self.assertTrue(wizard.is_unknown)
        self.assertEqual(set(wizard.line_ids.mapped("target")), {100})

    def test_shares_and_means_are_asked_the_same_every_month(self):
        mean = self.indicator("mean", formula="worth / worth", unit="percent")
        target = self.target(mean, self.employee, period="quarter", target=40)

        wizard = self.spread(target)

        self.assertEqual(wizard.way, "same")
        self.assertEqual(wizard.line_ids.mapped("target"), [40, 40, 40])

    def test_months_by_working_time(self):
        wizard = self.spread(self.year(target=100000), way="hours")

        months = wizard.line_ids.mapped("target")
        self.assertEqual(sum(months), 100000)
        # 20 working days in February, 22 in January of 2026
        self.assertLess(months[1], months[0])

    def test_a_month_in_force_gets_a_new_version(self):
        month = self.target(self.sold, self.employee, target=7)

        drafts = self.drafts(self.spread(self.year(), way="even").action_spread())

        march = drafts.filtered(lambda draft: draft.date_from.month == 3)
        self.assertEqual((march.replaces_id, march.version, march.target), (month, 2, 100))

    def test_spreading_twice_changes_the_drafts(self):
        wizard = self.spread(self.year(), way="even")
        drafts = self.drafts(wizard.action_spread())

        wizard.line_ids[0].target = 55
        again = self.drafts(wizard.action_spread())

        self.assertEqual((again, again[0].target), (drafts, 55))

    def test_the_form_shows_the_months_before_anything_is_drafted(self):
        target = self.year()
        model = self.env["crm.kpi.target.spread"].with_user(self.manager)

        with Form(model.with_context(default_target_id=target.id)) as form:
            form.way = "even"
            self.assertEqual(len(form.line_ids), 12)

    def test_a_team_sees_what_is_asked_of_its_people(self):
        self.target(self.sold, self.employee, target=700)
        self.target(self.sold, self.colleague, target=400)
        team = self.target(self.sold, team_id=self.team.id, target=1000)
        whole = self.target(self.sold, target=1000)

        self.assertEqual((team.people_total, whole.people_total), (700, 1100))

    # ---- copy ---------------------------------------------------------------------------------

    def copy(self, user=None, **values):
        return (
            self.env["crm.kpi.target.copy"]
            .with_user(user or self.manager)
            .create({"date_source": date(2026, 3, 5), "date_target": date(2026, 4, 9), **values})
        )

    def test_targets_are_copied_and_raised(self):
        self.target(self.sold, self.employee, target=1000, minimum=100)
        self.target(self.sold, self.colleague, target=500)

        drafts = self.drafts(self.copy(percent=10).action_copy())

        self.assertEqual(sorted(round(d.target, 6) for d in drafts), [550, 1100])
        self.assertEqual(set(drafts.mapped("date_from")), {date(2026, 4, 1)})
        self.assertEqual(set(drafts.mapped("state")), {"draft"})

    def test_only_those_asked_for_are_copied(self):
        self.target(self.sold, self.employee, target=1000)
        self.target(self.sold, self.colleague, target=500)

        wizard = self.copy(user_ids=[Command.set(self.colleague.ids)])

        self.assertEqual(wizard.count, 1)
        self.assertEqual(self.drafts(wizard.action_copy()).user_id, self.colleague)

    def test_nothing_is_copied_onto_itself(self):
        self.target(self.sold, self.employee, target=1000)

        with self.assertRaises(UserError):
            self.copy(date_target=date(2026, 3, 20)).action_copy()

    # ---- a table ------------------------------------------------------------------------------

    def table(self, *rows):
        book = openpyxl.Workbook()
        for row in [["head"], *rows]:
            book.active.append(row)
        buffer = io.BytesIO()
        book.save(buffer)
        return (
            self.env["crm.kpi.target.import"]
            .with_user(self.manager)
            .create({"file": base64.b64encode(buffer.getvalue())})
        )

    def test_a_table_becomes_drafts(self):
        wizard = self.table(
            ["sold", "kpi_employee", None, date(2026, 3, 9), "month", 100, "1 000,50", 2000],
            [],
            ["Indicator sold", None, "Measured Team", "09.03.2026", None, None, 5000],
        )
        self.assertTrue(wizard.is_sound, wizard.report)

        drafts = self.drafts(wizard.action_import())

        found = {(d.user_id, d.team_id): (d.target, d.has_stretch) for d in drafts}
        nobody, no_team = self.env["res.users"], self.env["crm.team"]
        self.assertEqual(
            found,
            {(self.employee, no_team): (1000.5, True), (nobody, self.team): (5000, False)},
        )

    def test_what_is_wrong_is_told_by_row_and_nothing_is_drafted(self):
        wizard = self.table(
            ["sold", "kpi_employee", None, "2026-03-01", None, None, 1000],
            ["sold", "nobody", None, "2026-03-01", None, None, 1000],
            ["sold", "kpi_colleague", None, "soon", None, None, 1000],
            ["sold", "kpi_leader", None, "2026-03-01", None, 2000, 1000],
        )

        for words in ("Row 3", "nobody", "Row 4", "soon", "Row 5", "have to rise"):
            self.assertIn(words, wizard.report)
        with self.assertRaises(UserError):
            wizard.action_import()

    def test_two_rows_for_one_target_are_refused(self):
        row = ["sold", "kpi_employee", None, "2026-03-01", None, None, 1000]

        self.assertFalse(self.table(row, [*row[:6], 900]).is_sound)

    def test_a_table_that_is_too_long_is_refused_and_not_cut(self):
        self.patch(crm_kpi_target_import, "MOST_ROWS", 2)
        rows = [
            ["sold", login, None, "2026-03-01", None, None, 1000]
            for login in ("kpi_employee", "kpi_colleague", "kpi_leader")
        ]

        long, fitting = self.table(*rows), self.table(*rows[:2], [None], [" "])

        self.assertIn("more than 2 rows", long.report)
        self.assertFalse(long.is_sound)
        self.assertTrue(fitting.is_sound, fitting.report)

    def test_among_equal_names_nobody_guesses(self):
        self._make_team("Measured Team")
        self.indicator("sold_too", measure_id=self.worth.id, name="Indicator sold")

        by_name = self.table(["Indicator sold", "kpi_employee", None, "2026-03-01", None, None, 9])
        by_code = self.table(["sold", "kpi_employee", None, "2026-03-01", None, None, 9])
        team = self.table(["sold", None, "Measured Team", "2026-03-01", None, None, 9])

        self.assertIn("several are called “Indicator sold”", by_name.report)
        self.assertTrue(by_code.is_sound, by_code.report)
        self.assertIn("several are called “Measured Team”", team.report)

    def test_t14_any_other_file_is_told_so(self):
        for content in (b"no table", b"PK\x03\x04 neither"):
            with self.subTest(content=content):
                wizard = self.env["crm.kpi.target.import"].create(
                    {"file": base64.b64encode(content)}
                )
                self.assertIn("no XLSX file", wizard.report)

    def test_the_template_has_a_row_for_everybody_and_can_be_read(self):
        card = self.env["crm.kpi.card"].create(
            {
                "name": "Judged",
                "user_ids": [Command.set((self.employee | self.colleague).ids)],
                "line_ids": [Command.create({"indicator_id": self.sold.id})],
            }
        )
        wizard = self.env["crm.kpi.target.import"].create({"card_id": card.id})

        page = openpyxl.load_workbook(io.BytesIO(wizard._make_template())).active

        rows = list(page.iter_rows(min_row=2, values_only=True))
        self.assertEqual({row[1] for row in rows}, {"kpi_employee", "kpi_colleague"})

    def test_t1_only_managers_plan(self):
        target = self.year()
        for user in (self.employee, self.leader):
            with self.subTest(user=user.name):
                with self.assertRaises(AccessError):
                    target.with_user(user).action_open_spread()
                with self.assertRaises(AccessError):
                    self.copy(user)

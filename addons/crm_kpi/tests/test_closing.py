from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import SQL, mute_logger

from ..logic.period import period_of
from .common import KpiCase

DAY = date(2026, 3, 15)
APRIL = datetime(2026, 4, 2, 9)


class ClosingCase(KpiCase):
    """A card with one indicator by sum and one by formula, and two employees."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worth = cls.measure("worth", aggregate="sum", value_field="expected_revenue")
        cls.number = cls.measure("leads")
        cls.sold = cls.indicator("sold", measure_id=cls.worth.id)
        cls.mean = cls.indicator("mean", formula="worth / leads")
        cls.card = cls.env["crm.kpi.card"].create(
            {
                "name": "Closed Monthly",
                "user_ids": [Command.set((cls.employee | cls.colleague).ids)],
                "team_ids": [Command.set(cls.team.ids)],
                "is_for_company": True,
                "line_ids": [
                    Command.create({"indicator_id": cls.sold.id, "weight": 3}),
                    Command.create({"indicator_id": cls.mean.id, "weight": 1}),
                ],
                "rung_ids": [Command.create({"score": 50, "amount": 100})],
            }
        )
        cls.target(cls.sold, cls.employee, target=1000)
        cls.target(cls.mean, cls.employee, target=400)

    def setUp(self):
        super().setUp()
        clock = freeze_time(APRIL)
        clock.start()
        self.addCleanup(clock.stop)

    def close(self):
        self.at(max(self.clock, APRIL))
        return self.card.with_user(self.manager)._close(period_of(DAY, "month")).sudo()

    def result(self, closing, user=None):
        return closing.result_ids.filtered(lambda r: r.user_id == (user or self.employee))


class TestClosing(ClosingCase):
    """A closed period stays as it was, and what comes later is told beside it."""

    def test_of_whom_and_when_it_is_is_told_in_words(self):
        closing = self.close()

        self.assertEqual(closing.display_name, "Closed Monthly, March 2026")
        self.assertEqual(
            set(closing.result_ids.mapped("display_name")),
            {
                f"{whose.name}, March 2026"
                for whose in (self.employee, self.colleague, self.team, self.company)
            },
        )

    def test_a_closed_result_is_the_score_that_was_drawn(self):
        self.lead(self.employee, amount=500)
        self.refresh()
        drawn = self.card._get_scores(DAY)[self.employee]

        result = self.result(self.close())

        self.assertEqual((result.score, result.bonus, result.zone), (67.5, 100, "red"))
        self.assertEqual(self.card._get_scores(DAY)[self.employee], drawn)
        self.assertEqual(result.team_id, self.team)

    def test_who_has_no_score_lowers_no_mean(self):
        self.lead(self.employee, amount=500)
        closing = self.close()

        found = self.env["crm.kpi.result"]._read_group(
            [("closing_id", "=", closing.id), ("user_id", "!=", False)],
            [],
            ["score:avg", "score:min", "__count"],
        )

        self.assertEqual(found, [(67.5, 67.5, 2)])

    def test_late_data_leaves_the_result_and_makes_a_restatement(self):
        self.lead(self.employee, amount=500)
        closing = self.close()
        frozen = self.result(closing).read()

        self.lead(self.employee, at=datetime(2026, 3, 20, 12), amount=500)
        self.rebuild(self.worth, self.number)
        closing._restate()

        late = self.result(closing).restatement_ids
        self.env.invalidate_all()
        self.assertEqual((late.score, late.reason, late.score_change), (105, "late", 37.5))
        fields = set(frozen[0]) - {"restatement_ids", "is_restated"}
        now = self.result(closing).read(sorted(fields))[0]
        self.assertEqual(now, {name: frozen[0][name] for name in fields})
        self.assertEqual(self.card._get_scores(DAY)[self.employee].score, 67.5)
        self.assertTrue(closing.is_intact)

    def test_a_restatement_is_made_once(self):
        closing = self.close()
        self.lead(self.employee, amount=500)
        self.rebuild(self.worth, self.number)
        closing._restate()
        made = len(closing.restatement_ids)
        closing._restate()

        # the employee, the team and the company
        self.assertEqual((made, len(closing.restatement_ids)), (3, 3))
        self.assertFalse(closing._find_outdated() & closing)

    def test_changed_rules_do_not_judge_what_is_closed(self):
        self.lead(self.employee, amount=500)
        closing = self.close()

        self.card.line_ids[0].weight = 100
        self.mean.formula = "worth * 0"
        self.lead(self.employee, amount=100)
        self.rebuild(self.worth, self.number)
        closing._restate()

        late = self.result(closing).restatement_ids
        # 600 of 1000 in 3 parts, 300 of 400 in one
        self.assertAlmostEqual(late.score, 63.75)

    def test_a_measure_that_counts_otherwise_is_the_reason_told(self):
        self.lead(self.employee, amount=500)
        closing = self.close()

        self.worth.domain = "[('expected_revenue', '>', 1000)]"
        self.rebuild(self.worth)
        closing._restate()

        self.assertEqual(self.result(closing).restatement_ids.reason, "definition")

    def test_each_restatement_tells_its_own_reason(self):
        closing = self.close()
        self.env["crm.kpi.adjustment"].with_user(self.manager)._enter(
            self.card, self.sold, self.employee, DAY, 100, "Forgotten"
        )
        closing._restate()
        self.lead(self.employee, amount=500)
        self.rebuild(self.worth, self.number)
        closing._restate()

        reasons = self.result(closing).restatement_ids.sorted("id").mapped("reason")
        self.assertEqual(reasons, ["adjusted", "late"])

    def test_what_is_changed_behind_odoo_is_found_out(self):
        self.lead(self.employee, amount=500)
        closing = self.close()
        self.assertTrue(closing.is_intact)
        result = self.result(closing)
        changes = [
            ("crm_kpi_result", "score", 99, result.id),
            ("crm_kpi_result", "bonus", 999, result.id),
            ("crm_kpi_result_line", "value", 1, result.line_ids[0].id),
            ("crm_kpi_closing", "user_id", self.employee.id, closing.id),
        ]
        fact = self.env["crm.kpi.fact"].search([("measure_id", "=", self.worth.id)], limit=1)
        changes.append(("crm_kpi_fact", "value_sum", 999, fact.id))

        for table, column, value, number in changes:
            with self.subTest(table=table, column=column), self.env.cr.savepoint() as savepoint:
                self.env.execute_query(
                    SQL(
                        "UPDATE %s SET %s = %s WHERE id = %s RETURNING id",
                        SQL.identifier(table),
                        SQL.identifier(column),
                        value,
                        number,
                    )
                )
                self.env.invalidate_all()
                self.assertEqual(len(closing._find_tampering()), 1)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_a_period_is_closed_once_and_only_when_it_is_over(self):
        self.close()

        with self.assertRaisesRegex(UserError, "closed already"):
            self.close()
        with self.assertRaisesRegex(UserError, "not over yet"):
            self.card.with_user(self.manager)._close(period_of(date(2026, 4, 1), "month"))

    def test_a_broken_measure_is_named_and_nothing_is_closed(self):
        self.refresh()
        self.worth._set_found(state="broken", problem="gone")

        with self.assertRaisesRegex(UserError, "Test of worth"):
            self.close()

    def test_who_has_left_is_judged_while_something_was_asked_of_him(self):
        self.lead(self.employee, amount=500)
        self.refresh()
        (self.employee | self.colleague).active = False

        results = self.close().result_ids

        self.assertEqual(self.result(results.closing_id).score, 67.5)
        self.assertFalse(results.filtered(lambda r: r.user_id == self.colleague))

    def test_closings_follow_each_other(self):
        self.close()

        self.assertEqual(self.card._get_next_period(), period_of(date(2026, 4, 1), "month"))

    def test_statements_of_closing_do_not_grow_with_people(self):
        self.refresh()
        people = self._make_users(
            *((f"kpi_closed_{n}", f"Closed {n}", "crm_kpi.group_user") for n in range(10))
        )
        crowd = self.card.copy({"user_ids": [Command.set((people | self.employee).ids)]})
        counts = []
        for card in (self.card, crowd):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            card._close(period_of(DAY, "month"))
            counts.append(self.env.cr.sql_log_count - before)

        self.assertEqual(len(crowd.closing_ids.result_ids), 13)
        self.assertLessEqual(counts[1], counts[0])

    def test_t1_who_sees_which_result(self):
        self.lead(self.employee, amount=500)
        results = self.close().result_ids
        own, other = (
            self.result(results.closing_id),
            self.result(results.closing_id, self.colleague),
        )
        team = results.filtered(lambda r: not r.user_id and r.team_id)
        seen = {
            self.employee: own,
            self.colleague: other,
            self.leader: own | team,
            self.manager: results,
        }

        for user, found in seen.items():
            with self.subTest(user=user.name):
                self.assertEqual(self.env["crm.kpi.result"].with_user(user).search([]), found)
                lines = self.env["crm.kpi.result.line"].with_user(user).search([])
                self.assertEqual(lines.result_id, found)

    def test_t14_only_managers_close(self):
        for user in (self.employee, self.leader):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self.card.with_user(user).action_close()

    def test_t18_the_job_closes_what_is_over_and_says_what_hinders(self):
        self.company.kpi_close_after = 1
        job = self.env.ref("crm_kpi.crm_kpi_close_cron")
        self.refresh()
        self.worth._set_found(state="broken", problem="gone")
        self.at(APRIL)

        with mute_logger("odoo.sql_db"), self.enter_registry_test_mode():
            job.method_direct_trigger()
        self.assertIn("Test of worth", self.card.close_problem)
        self.worth._set_found(state="ready", problem=False)
        with mute_logger("odoo.sql_db"), self.enter_registry_test_mode():
            job.method_direct_trigger()
            job.method_direct_trigger()

        self.assertEqual(self.card.closing_ids.date_to, date(2026, 3, 31))
        self.assertFalse(self.card.close_problem)

    def test_nothing_is_closed_before_its_time(self):
        self.company.kpi_close_after = 2
        self.assertFalse(self.card._is_to_be_closed())

        with freeze_time("2026-04-03 09:00:00"):
            self.assertTrue(self.card._is_to_be_closed())

    def test_an_adjustment_counts_and_says_who_and_why(self):
        self.lead(self.employee, amount=500)
        self.refresh()

        adjustment = self.env["crm.kpi.adjustment"].with_user(self.manager)
        adjustment._enter(self.card, self.sold, self.employee, DAY, 100, "Entered by mistake")

        self.assertEqual(self.card._get_scores(DAY)[self.employee].lines[0].value, 600)

    def test_an_adjustment_after_closing_is_a_restatement(self):
        self.lead(self.employee, amount=500)
        closing = self.close()

        self.env["crm.kpi.adjustment"].with_user(self.manager)._enter(
            self.card, self.sold, self.employee, DAY, 100, "Entered by mistake"
        )
        self.assertEqual(closing._find_outdated(), closing)
        closing._restate()

        late = self.result(closing).restatement_ids
        self.assertEqual((late.reason, late.score), ("adjusted", 75))

    def test_nobody_adjusts_himself(self):
        self.card.user_ids |= self.manager
        adjustment = self.env["crm.kpi.adjustment"]
        for user, subject in ((self.manager, self.manager), (self.leader, self.employee)):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                adjustment.with_user(user)._enter(self.card, self.sold, subject, DAY, 1, "Mine")

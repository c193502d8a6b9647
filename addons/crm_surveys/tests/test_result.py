from datetime import datetime, timedelta
from random import Random

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..logic import metrics
from .result_common import TODAY, ResultCase


@freeze_time(TODAY)
class TestResult(ResultCase):
    """Figures of the results page, and who sees which."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["survey.survey"].search([("survey_type", "=", "crm_satisfaction")]).active = False
        cls.asked = cls.survey(("nps", "csat", "ces", "driver", "text"))
        cls.own = {"rated_user_id": cls.employee.id, "rated_team_id": cls.team.id}
        cls.other = {"rated_user_id": cls.colleague.id, "rated_team_id": cls.other_team.id}

    def of(self, user=None, **filters):
        return self.results(user, survey=self.asked.id, **filters)

    def test_figures_are_those_of_the_rule_on_random_answers(self):
        random = Random(9)
        answers = [
            {
                "nps": random.randint(0, 10),
                "csat": random.randint(1, 5),
                "ces": random.randint(1, 7),
            }
            for _one in range(60)
        ]
        self.answer(self.asked, answers, **self.own)

        points = [metrics.nps_points(one["nps"]) for one in answers]
        expected = {
            "nps": metrics.nps(points.count(100), points.count(0), points.count(-100)),
            "csat": metrics.csat(sum(one["csat"] >= 4 for one in answers), 60),
            "ces": metrics.ces(sum(one["ces"] >= metrics.EASY for one in answers), 60),
        }
        for metric, figure in expected.items():
            with self.subTest(metric=metric):
                total = self.of(metric=metric)["total"]
                self.assertEqual(
                    (total["value"], total["low"], total["high"], total["count"]),
                    (round(figure.value, 1), round(figure.low, 1), round(figure.high, 1), 60),
                )

    def test_too_few_answers_have_a_count_and_no_figure(self):
        self.answer(self.asked, [{"nps": 9}] * 9)

        total = self.of()["total"]

        self.assertEqual((total["value"], total["low"], total["count"]), (None, None, 9))

    def test_skipped_answers_do_not_count(self):
        self.answer(self.asked, [{"nps": 9}] * 10 + [{"nps": None}] * 5)

        self.assertEqual(self.of()["total"]["count"], 10)

    def test_each_month_has_its_figure_in_the_time_of_the_viewer(self):
        self.answer(self.asked, [{"nps": 9}] * 10, day="2026-01-15")
        late = self.answer(self.asked, [{"nps": 0}] * 12, day="2026-02-28")
        # 23:30 in UTC is March already further east
        late.env.cr.execute(
            "UPDATE crm_survey_fact SET date = '2026-02-28 23:30:00' WHERE user_input_id = ANY(%s)",
            [late.ids],
        )
        self.manager.tz = "Asia/Tokyo"

        trend = [(one["month"], one["value"], one["count"]) for one in self.of()["trend"]]

        self.assertEqual(trend, [("2026-01-01", 100, 10), ("2026-03-01", -100, 12)])

    def test_tables_show_each_value_of_a_dimension(self):
        vip = self.env["res.partner.category"].create({"name": "Very Important"})
        self.company_partner.category_id = [Command.link(vip.id)]
        trigger = self.env["crm.survey.trigger"].create(
            {
                "name": "After the First Call",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "survey_id": self.asked.id,
                "goal_domain": "[('won_status', '=', 'won')]",
            }
        )
        moment = {"product_id": self.product.id, "res_model": "crm.lead", "channel": "sms"}
        moment["trigger_id"] = trigger.id
        self.answer(self.asked, [{"nps": 10}] * 10, **self.own, **moment)
        self.answer(self.asked, [{"nps": 0}] * 10, **self.other)

        results = self.of()

        expected = {
            "user": {self.employee.id: 100, self.colleague.id: -100},
            "team": {self.team.id: 100, self.other_team.id: -100},
            "product": {self.product.id: 100},
            "document": {"crm.lead": 100},
            "trigger": {trigger.id: 100},
            "channel": {"sms": 100, "link": -100},
            # the tag is on the company, the answers are of its contact
            "tag": {vip.id: 0},
        }
        for name, values in expected.items():
            with self.subTest(dimension=name):
                table = self.table(results, name)
                self.assertEqual({key: row["value"] for key, row in table.items()}, values)
        self.assertEqual(self.table(results, "user")[self.employee.id]["name"], "Emil Employee")

    def test_a_filter_narrows_everything(self):
        self.answer(self.asked, [{"nps": 10, "driver": 5}] * 10, **self.own)
        self.answer(self.asked, [{"nps": 0, "driver": 1}] * 11, **self.other)
        vip = self.env["res.partner.category"].create({"name": "Very Important"})
        self.customer.category_id = [Command.link(vip.id)]

        for filters, count in (
            ({"user": self.employee.id}, 10),
            ({"team": self.other_team.id}, 11),
            ({"channel": "link"}, 21),
            ({"channel": "phone"}, 0),
            ({"tag": vip.id}, 21),
            ({"days": 30}, 21),
            ({"start": "2026-01-01", "end": "2026-03-19"}, 0),
            ({"start": "2026-03-20", "end": "2026-03-20"}, 21),
        ):
            with self.subTest(filters=filters):
                results = self.of(**filters)
                self.assertEqual(results["total"]["count"], count)
                drivers = {driver["count"] for driver in results["drivers"]}
                self.assertEqual(drivers, {count} if count else set())

    def test_an_empty_filter_shows_nothing_and_not_everybody(self):
        self.answer(self.asked, [{"nps": 10}] * 10)

        results = self.of(user=self.interviewer)

        self.assertEqual(results["total"]["count"], 0)
        self.assertEqual((results["trend"], results["tables"]), ([], []))

    def test_a_period_is_compared_with_the_one_before(self):
        self.answer(self.asked, [{"nps": 10}] * 40, day="2026-02-20", **self.own)
        self.answer(self.asked, [{"nps": 0}] * 40, day="2026-03-20", **self.own)

        results = self.of(days=30, comparison="previous")

        self.assertEqual(results["total"]["before"]["value"], 100)
        self.assertEqual(results["total"]["change"], "worse")
        row = self.table(results, "user")[self.employee.id]
        self.assertEqual(
            (row["before"]["value"], row["value"], row["change"]), (100, -100, "worse")
        )
        self.assertIsNone(self.of(days=30, comparison="none")["total"]["change"])

    def test_a_wave_is_compared_with_another_survey(self):
        wave = self.survey()
        self.answer(wave, [{"nps": 0}] * 20, day="2025-03-20")
        self.answer(self.asked, [{"nps": 10}] * 20)

        total = self.of(comparison="wave", wave=wave.id)["total"]

        self.assertEqual((total["before"]["value"], total["change"]), (-100, "better"))

    def test_drivers_to_be_improved_come_first(self):
        self.question(self.asked, "driver", title="Were we polite?", sequence=9)
        speed, manners = self.asked.question_ids.filtered(lambda one: one.role == "driver")
        random = Random(3)
        for good in [True, False] * 20:
            response = self.start(self.asked)
            answers = {
                "nps": 10 if good else 2,
                speed: 4 if good else 1,
                manners: random.randint(3, 5),
            }
            self.finish(response, answers)

        drivers = self.of()["drivers"]

        self.assertEqual(drivers[0]["id"], speed.id)
        self.assertEqual(drivers[0]["advice"], "improve")
        self.assertEqual(drivers[0]["mean"], 37.5)
        self.assertGreater(drivers[0]["correlation"], 0.99)

    def test_the_funnel_shows_how_far_customers_got(self):
        self.invite(self.asked)._move("sent")
        self.invite(self.asked)._move("finished")
        self.invite(self.asked)._move("not_sent", reason="opted_out")

        funnel = self.of()["funnel"]

        steps = {step["id"]: step["count"] for step in funnel["steps"]}
        self.assertEqual(steps, {"decided": 3, "sent": 2, "opened": 1, "started": 1, "finished": 1})
        self.assertEqual(
            [(one["id"], one["count"]) for one in funnel["reasons"]], [("opted_out", 1)]
        )

    def test_t1_everybody_sees_figures_of_what_he_may_read(self):
        self.answer(self.asked, [{"nps": 10, "driver": 5}] * 10, **self.own)
        self.answer(self.asked, [{"nps": 0, "driver": 1}] * 11, **self.other)
        self.answer(self.asked, [{"nps": 8, "driver": 1}] * 12)

        for role, count in (
            ("employee", 10),
            ("colleague", 11),
            ("leader", 10),
            ("interviewer", 0),
            ("manager", 33),
        ):
            with self.subTest(role=role):
                results = self.of(user=getattr(self, role))
                self.assertEqual(results["total"]["count"], count)
                self.assertEqual(sum(driver["count"] for driver in results["drivers"]), count)
                users = self.table(results, "user")
                self.assertEqual(sum(row["count"] for row in users.values()), min(count, 21))

    def test_t21_options_name_only_what_one_may_read(self):
        self.answer(self.asked, [{"nps": 10}], **self.own)
        self.answer(self.asked, [{"nps": 0}], **self.other)

        dimensions = self.of(user=self.employee)["options"]["dimensions"]

        values = {one["name"]: [value["id"] for value in one["values"]] for one in dimensions}
        self.assertEqual(values["user"], [self.employee.id])
        self.assertEqual(values["team"], [self.team.id])

    def test_t21_an_employee_does_not_learn_who_is_asked(self):
        self.invite(self.asked, user_id=self.employee.id)

        self.assertIsNone(self.of(user=self.employee)["funnel"])
        self.assertEqual(self.of(user=self.leader)["funnel"]["steps"][0]["count"], 0)

    def test_t14_people_without_our_groups_get_nothing(self):
        for role in ("outsider", "customer_user"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.of(user=getattr(self, role))

    def test_t15_results_of_other_companies_do_not_count(self):
        other = self.env["res.company"].create({"name": "Other Results Company"})
        self.answer(self.asked, [{"nps": 10}] * 10, company_id=other.id)

        self.assertEqual(self.of()["total"]["count"], 0)

    def test_t5_garbage_is_refused_in_plain_words(self):
        for garbage in (
            [],
            "nps",
            7,
            {"metric": "revenue"},
            {"metric": ["nps"]},
            {"days": 7},
            {"days": "30"},
            {"days": True},
            {"start": "2026-01-01"},
            {"start": "2026-02-30", "end": "2026-03-01"},
            {"start": "2026-03-02", "end": "2026-03-01"},
            {"start": 1, "end": 2},
            {"start": "0001-01-01", "end": "9999-12-31"},
            {"user": "1 OR 1=1"},
            {"user": 0},
            {"user": [1, 2]},
            {"user": -1},
            {"user": 2**63},
            {"channel": 3},
            {"channel": "\x00"},
            {"tag": 1.5},
            {"password": 1},
            {"comparison": "never"},
        ):
            with self.subTest(garbage=garbage), self.assertRaises(UserError):
                self.env["crm.survey.result"].with_user(self.manager).get_results(garbage)

    def test_statements_do_not_grow_with_the_answers(self):
        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.of()
            return self.env.cr.sql_log_count - before

        self.answer(self.asked, [{"nps": 10, "driver": 3}] * 12, **self.own)
        few = count()
        for number in range(5):
            day = datetime(2026, 3, 1) - timedelta(days=30 * number)
            self.answer(self.asked, [{"nps": 1}] * 20, day=day.date().isoformat(), **self.other)

        self.assertLessEqual(count(), few)

from random import Random

from odoo.exceptions import AccessError, UserError

from ..logic import metrics
from .common import SCALES, SurveysCase

ROLES = ("nps", "csat", "ces", "driver")


class TestFact(SurveysCase):
    """One row per finished response."""

    def test_a_finished_response_has_a_fact(self):
        survey = self.survey(("nps", "csat", "ces", "driver"))

        response = self.respond(
            survey,
            answers={"nps": 9, "csat": 4, "ces": 3, "driver": 2},
            rated_user_id=self.employee.id,
            rated_team_id=self.team.id,
            product_id=self.product.id,
        )

        fact = self.fact(response)
        self.assertRecordValues(
            fact,
            [
                {
                    "survey_id": survey.id,
                    "partner_id": self.customer.id,
                    "commercial_partner_id": self.company_partner.id,
                    "user_id": self.employee.id,
                    "team_id": self.team.id,
                    "product_id": self.product.id,
                    "company_id": self.env.company.id,
                    "channel": "link",
                    "mode": "self",
                    "nps_value": 9,
                    "nps_points": 100,
                    "csat_value": 75,
                    "csat_points": 100,
                    "ces_value": 3,
                    "ces_points": 0,
                }
            ],
        )
        self.assertEqual(fact.score_ids.mapped("value"), [25])
        self.assertEqual(fact.date, response.end_datetime)

    def test_what_nobody_asked_is_empty(self):
        response = self.respond(self.survey(("csat",)), answers={"csat": 1})

        fact = self.fact(response)
        self.assertEqual((fact.has_nps, fact.has_csat, fact.has_ces), (False, True, False))
        # the mean over all facts leaves it out
        means = fact._read_group(
            [("id", "in", fact.ids)], [], ["nps_points:avg", "csat_points:avg"]
        )[0]
        self.assertEqual((means[0] or None, means[1]), (None, 0))

    def test_a_skipped_question_is_empty(self):
        response = self.respond(self.survey(), answers={"nps": None, "driver": None})

        fact = self.fact(response)
        self.assertTrue(fact)
        self.assertFalse(fact.has_nps)
        self.assertFalse(fact.score_ids)

    def test_the_worst_answer_is_not_an_empty_one(self):
        response = self.respond(self.survey(), answers={"nps": 0})

        self.assertRecordValues(
            self.fact(response), [{"has_nps": True, "nps_value": 0, "nps_points": -100}]
        )

    def test_tests_and_surveys_of_other_types_have_no_facts(self):
        tried = self.respond(self.survey(), answers={"nps": 3}, test_entry=True)
        other = self.survey((), survey_type="custom")
        asked = self.respond(other, answers={self.question(other): "Fine"})

        self.assertFalse(self.fact(tried | asked))

    def test_responses_older_than_our_type_do_not_count(self):
        survey = self.survey((), survey_type="custom")
        response = self.respond(survey, answers={self.question(survey): "Fine"})
        survey.survey_type = "crm_satisfaction"

        new = survey._rebuild_facts()

        self.assertFalse(new | self.fact(response))
        self.assertEqual(survey.company_id, self.env.company)

    def test_finishing_twice_gives_one_fact(self):
        response = self.respond(self.survey(), answers={"nps": 3})
        ended = response.end_datetime

        response._mark_done()

        self.assertEqual(len(self.fact(response)), 1)
        self.assertEqual(response.end_datetime, ended)

    def test_a_rebuild_gives_the_same_rows(self):
        survey = self.survey(ROLES)
        random = Random(2026)
        responses = self.env["survey.user_input"]
        expected = []
        for _index in range(25):
            answers = {
                role: random.choice([None, *range(low, high + 1)])
                for role, (low, high) in SCALES.items()
            }
            user = random.choice([self.employee, self.colleague])
            responses |= self.respond(survey, answers=answers, rated_user_id=user.id)
            expected.append(self._expect(answers))
        facts = self.fact(responses).sorted(lambda fact: fact.user_input_id.id)
        before = self._dump(facts)

        new = survey._rebuild_facts()

        self.assertFalse(new)
        self.assertEqual(self._dump(facts), before)
        self.assertEqual([self._measured(fact) for fact in facts], expected)

    def test_a_rebuild_mends_what_was_lost_or_spoiled(self):
        survey = self.survey(ROLES)
        answers = {"nps": 2, "csat": 3, "ces": 4, "driver": 5}
        facts = self.fact(
            self.respond(survey, answers=answers) | self.respond(survey, answers=answers)
        ).sorted()
        before = self._dump(facts)
        facts[0]._sealed_write({"nps_points": 100, "user_id": self.manager.id})
        facts[1].score_ids._sealed_unlink()
        self.env.flush_all()

        survey._rebuild_facts()

        self.assertEqual(self._dump(facts), before)

    def _dump(self, facts):
        self.env.invalidate_all()
        names = sorted(set(facts._fields) - {"write_date", "write_uid", "score_ids"})
        return [
            (
                sorted((score.question_id.id, score.value) for score in fact.score_ids),
                *(fact[name] for name in names),
            )
            for fact in facts
        ]

    def _expect(self, answers):
        """Return what the rules of the logic make of the answers."""
        nps, csat, ces, driver = (answers[role] for role in ROLES)
        percent = csat and metrics.place(csat, *SCALES["csat"])
        return (
            None if nps is None else (nps, metrics.nps_points(nps)),
            None if csat is None else (percent, metrics.csat_points(percent)),
            None if ces is None else (ces, metrics.ces_points(ces)),
            [] if driver is None else [metrics.place(driver, *SCALES["driver"])],
        )

    def _measured(self, fact):
        return (
            (fact.nps_value, fact.nps_points) if fact.has_nps else None,
            (fact.csat_value, fact.csat_points) if fact.has_csat else None,
            (fact.ces_value, fact.ces_points) if fact.has_ces else None,
            fact.score_ids.mapped("value"),
        )

    def test_t19_facts_are_sealed(self):
        fact = self.fact(self.respond(self.survey(), answers={"nps": 3, "driver": 1}))
        for record in (fact, fact.score_ids):
            for door in (record.with_user(self.manager), record.sudo()):
                with self.assertRaises(AccessError):
                    door.write({"create_uid": self.manager.id})
                with self.assertRaises(AccessError):
                    door.unlink()

    def test_t19_answers_behind_a_fact_stay(self):
        response = self.respond(self.survey(), answers={"nps": 3})
        line = response.user_input_line_ids[0]

        for vals in (
            {"rated_user_id": self.colleague.id},
            {"test_entry": True},
            {"state": "in_progress"},
            {"partner_id": False},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                response.write(vals)
        with self.assertRaises(AccessError):
            line.value_scale = 10
        with self.assertRaises(AccessError):
            line.unlink()
        with self.assertRaises(AccessError):
            response._save_lines(line.question_id, "10")
        with self.assertRaises(UserError):
            response.unlink()

from odoo.exceptions import AccessError
from odoo.fields import Command

from .common import SurveysCase

NOTHING, READ, CHANGE = frozenset(), {"read"}, {"read", "write", "create", "unlink"}
DEFINITIONS = ["survey.survey", "survey.question", "survey.question.answer"]
RESPONSES = ["survey.user_input", "survey.user_input.line"]
FACTS = ["crm.survey.fact", "crm.survey.fact.score"]
CALLS = ["crm.survey.call", "crm.survey.call.attempt"]
TOPIC, DROP = "crm.survey.topic", "crm.survey.drop"
CAUSE, WAVE, WIN_BACK = "crm.survey.cause", "crm.survey.wave", "crm.survey.win.back"
RULE, FOLLOWUP, EXCLUSION = "crm.survey.loop.rule", "crm.survey.followup", "crm.survey.exclusion"
#: What is asked for, and drawn anew for whoever asks.
DEEDS = ["crm.survey.exclusion.deed", "crm.survey.summary"]
ANONYMOUS = ["crm.survey.anonymous.result", "crm.survey.anonymous.result.row"]
SECRET = ["crm.survey.ballot", "crm.survey.boxed"]
EMPLOYEE = {
    **dict.fromkeys([*DEFINITIONS, *FACTS, TOPIC, CAUSE, RULE, EXCLUSION], READ),
    FOLLOWUP: {"read", "write"},
    **dict.fromkeys(DEEDS, CHANGE),
}

#: Who may do what with the models, before the record rules narrow it further.
TABLE = {
    "customer_user": {},
    "outsider": {},
    "employee": EMPLOYEE,
    "interviewer": {**EMPLOYEE, **dict.fromkeys(CALLS, READ)},
    "leader": {
        **EMPLOYEE,
        **dict.fromkeys(["crm.survey.invitation", "crm.survey.trigger", "crm.survey.budget"], READ),
        TOPIC: CHANGE - {"unlink"},
        DROP: READ,
        WAVE: READ,
        WIN_BACK: {"read", "write"},
        **dict.fromkeys(ANONYMOUS, READ),
    },
    "manager": {
        **EMPLOYEE,
        **dict.fromkeys([*DEFINITIONS, TOPIC, CAUSE, WAVE, RULE], CHANGE),
        WIN_BACK: {"read", "write"},
        **dict.fromkeys(ANONYMOUS, READ),
        **dict.fromkeys(SECRET, NOTHING),
        **dict.fromkeys([*FACTS, *RESPONSES, "crm.survey.invitation", DROP], READ),
        **dict.fromkeys(["crm.survey.trigger.event", "crm.survey.budget.turn"], READ),
        **dict.fromkeys(CALLS, READ),
        "crm.survey.erasure": READ,
        "crm.survey.privacy": CHANGE - {"unlink"},
        **dict.fromkeys(["crm.survey.trigger", "crm.survey.budget"], CHANGE),
    },
}


class TestAccess(SurveysCase):
    """Threats T1, T15, T21: roles, deeds and outcomes."""

    def test_table_of_roles_and_deeds(self):
        for role, rights in TABLE.items():
            for model in TABLE["manager"]:
                for deed in CHANGE:
                    with self.subTest(role=role, model=model, deed=deed):
                        allowed = self.env[model].with_user(getattr(self, role)).has_access(deed)
                        self.assertEqual(allowed, deed in rights.get(model, ()))

    def _ask(self, survey, user, team):
        """Return the fact of a response about the employee, and its invitation."""
        invitation = self.invite(survey, user_id=user.id, team_id=team.id)
        response = self.respond(
            survey, answers={"nps": 5, "driver": 2}, invitation_id=invitation.id
        )
        return self.fact(response), invitation

    def test_a_leader_opens_a_trigger_without_its_preview(self):
        trigger = self.env.ref("crm_surveys.crm_survey_trigger_won").with_user(self.leader)

        self.assertTrue(
            trigger.web_read({"name": {}, "model_id": {"fields": {"display_name": {}}}})
        )
        with self.assertRaises(AccessError):
            trigger.web_read({"preview": {}})

    def test_t1_who_sees_which_result(self):
        survey = self.survey()
        cases = {
            "of the employee": self._ask(survey, self.employee, self.team),
            "of the colleague": self._ask(survey, self.colleague, self.other_team),
            "of nobody": self._ask(survey, self.env["res.users"], self.env["crm.team"]),
        }
        seen = {
            "employee": [True, False, False],
            "colleague": [False, True, False],
            "leader": [True, False, False],
            "interviewer": [False] * 3,
            "manager": [True] * 3,
            "outsider": [False] * 3,
            "customer_user": [False] * 3,
        }
        for role, answers in seen.items():
            user = getattr(self, role)
            for (case, (fact, _)), sees in zip(cases.items(), answers, strict=True):
                with self.subTest(role=role, case=case):
                    self.assertEqual(fact.with_user(user).has_access("read"), sees)
                    score = fact.score_ids.with_user(user)
                    self.assertEqual(score.has_access("read"), sees)

    def test_t1_who_sees_which_invitation(self):
        survey = self.survey()
        own = self._ask(survey, self.employee, self.team)[1]
        other = self._ask(survey, self.colleague, self.other_team)[1]
        seen = {"employee": (0, 0), "leader": (1, 0), "interviewer": (0, 0), "manager": (1, 1)}
        for role, answers in seen.items():
            for invitation, sees in zip((own, other), answers, strict=True):
                with self.subTest(role=role, invitation=invitation):
                    invitation = invitation.with_user(getattr(self, role))
                    self.assertEqual(invitation.has_access("read"), bool(sees))

    def test_t21_counts_obey_the_rules(self):
        survey = self.survey()
        self._ask(survey, self.employee, self.team)
        self._ask(survey, self.colleague, self.other_team)
        facts = self.env["crm.survey.fact"]
        for role, count in [("employee", 1), ("leader", 1), ("manager", 2)]:
            found = facts.with_user(getattr(self, role)).search_count(
                [("survey_id", "=", survey.id)]
            )
            self.assertEqual(found, count, role)

    def test_t2_tokens_of_responses_are_for_managers_only(self):
        response = self.start(self.survey())

        for role in ("employee", "leader", "interviewer"):
            with self.subTest(role=role):
                self.assertFalse(response.with_user(getattr(self, role)).has_access("read"))

    def test_t15_other_companies_do_not_see_it(self):
        other = self.env["res.company"].create({"name": "Other Surveying Company"})
        self.manager.write({"company_ids": [Command.link(other.id)]})
        survey = self.survey(company_id=other.id)
        response = self.respond(survey, answers={"nps": 1, "driver": 1})
        fact = self.fact(response)

        self.assertEqual(fact.company_id, other)
        for record in (
            survey,
            survey.question_ids[0],
            response,
            response.user_input_line_ids[0],
            fact,
            fact.score_ids,
        ):
            here = record.with_user(self.manager).with_context(
                allowed_company_ids=self.env.company.ids
            )
            there = here.with_context(allowed_company_ids=other.ids)
            with self.subTest(model=record._name):
                self.assertFalse(here.has_access("read"))
                self.assertTrue(there.has_access("read"))

    def test_our_groups_see_no_surveys_of_other_types(self):
        other = self.survey((), survey_type="custom")
        response = self.start(other)

        self.assertFalse(other.with_user(self.manager).has_access("read"))
        self.assertFalse(response.with_user(self.manager).has_access("read"))

    def test_cores_groups_see_no_responses_of_ours(self):
        self.outsider.group_ids = [Command.link(self.env.ref("survey.group_survey_manager").id)]
        response = self.start(self.survey())

        self.assertFalse(response.with_user(self.outsider).has_access("read"))

    def test_an_employee_with_cores_rights_cannot_change_our_responses(self):
        self.employee.group_ids = [Command.link(self.env.ref("survey.group_survey_user").id)]
        response = self.start(self.survey())

        for deed in CHANGE:
            self.assertFalse(response.with_user(self.employee).has_access(deed), deed)

    def test_a_manager_builds_a_survey_without_cores_groups(self):
        surveys = self.env["survey.survey"].with_user(self.manager)

        survey = surveys.create(
            {
                "title": "Built by a Manager",
                "survey_type": "crm_satisfaction",
                "question_and_page_ids": [
                    Command.create({"title": "Recommend?", "question_type": "scale", "role": "nps"})
                ],
            }
        )

        self.assertTrue(survey.has_nps)
        survey.unlink()

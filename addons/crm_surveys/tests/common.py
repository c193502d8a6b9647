from odoo.fields import Command

from odoo.addons.crm_deadline.tests.people import PeopleCase

#: Titles of the questions of ``SurveysCase.survey``, by role.
TITLES = {
    "nps": "Would you recommend us?",
    "csat": "Are you satisfied?",
    "ces": "Was it easy?",
    "driver": "Were we fast?",
    "reason": "Why?",
    "text": "What else?",
}
SCALES = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7), "driver": (1, 5)}


class SurveysCase(PeopleCase):
    """People by role, two teams, a customer, and builders of surveys and responses.

    The employee is of the team that the leader leads; the colleague is of another team; the
    outsider has no group of surveys.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={"lang": "en_US", "tracking_disable": True})
        (
            cls.employee,
            cls.colleague,
            cls.leader,
            cls.interviewer,
            cls.manager,
            cls.outsider,
            cls.customer_user,
        ) = cls._make_users(
            ("srv_employee", "Emil Employee", "crm_surveys.group_user"),
            ("srv_colleague", "Cora Colleague", "crm_surveys.group_user"),
            ("srv_leader", "Lena Leader", "crm_surveys.group_leader"),
            ("srv_interviewer", "Ines Interviewer", "crm_surveys.group_interviewer"),
            ("srv_manager", "Mara Manager", "crm_surveys.group_manager"),
            ("srv_outsider", "Oskar Outsider", "base.group_user"),
            ("srv_customer", "Paul Portal", "base.group_portal"),
        )
        cls.team = cls._make_team("Service Team", cls.employee, user_id=cls.leader.id)
        cls.other_team = cls._make_team("Other Team", cls.colleague)
        cls.company_partner = cls.env["res.partner"].create(
            {"name": "Surveyed Ltd", "is_company": True}
        )
        cls.customer = cls.env["res.partner"].create(
            {
                "name": "Sara Surveyed",
                "parent_id": cls.company_partner.id,
                "email": "sara@surveyed.example.com",
                "phone": "+49 30 654321",
            }
        )
        cls.product = cls.env["product.product"].create({"name": "Surveyed Product"})

    @classmethod
    def survey(cls, roles=("nps", "driver", "text"), **values):
        """Create a survey with one question of each role."""
        survey = cls.env["survey.survey"].create(
            {
                "title": "Test Survey",
                "survey_type": "crm_satisfaction",
                "access_mode": "token",
                **values,
            }
        )
        for sequence, role in enumerate(roles):
            cls.question(survey, role, sequence=sequence)
        return survey

    @classmethod
    def question(cls, survey, role=False, **values):
        """Add a question that fits the role."""
        vals = {"survey_id": survey.id, "title": TITLES.get(role, "Anything?"), "role": role}
        if role in SCALES:
            low, high = SCALES[role]
            vals |= {"question_type": "scale", "scale_min": low, "scale_max": high}
        elif role == "reason":
            choices = [Command.create({"value": value}) for value in ("Price", "Delay")]
            vals |= {"question_type": "simple_choice", "suggested_answer_ids": choices}
        else:
            vals |= {"question_type": "text_box"}
        return cls.env["survey.question"].create({**vals, **values})

    @classmethod
    def start(cls, survey, partner=None, **values):
        """Ask a customer as the sending does, and return the response that is not begun yet."""
        return survey._create_answer(
            partner=partner or cls.customer, check_attempts=False, **values
        )

    @classmethod
    def respond(cls, survey, partner=None, answers=None, **values):
        """Let a customer answer, as the public page does, and return the response.

        ``answers`` are by role or question: a number, a choice, a text, or nothing to skip it.
        Values go to the response, as ``rated_user_id`` or ``invitation_id``.
        """
        response = cls.start(survey, partner, **values)
        cls.finish(response, answers)
        return response

    @classmethod
    def finish(cls, response, answers=None):
        """Answer a response that was begun, and finish it."""
        response._mark_in_progress()
        questions = {question.role: question for question in response.survey_id.question_ids}
        for key, answer in (answers or {}).items():
            question = questions[key] if isinstance(key, str) else key
            if question.question_type == "simple_choice" and answer:
                answer = answer.id
            # the page sends text; a bare 0 would count as skipped
            response._save_lines(question, "" if answer is None else str(answer))
        response._mark_done()
        return response

    @classmethod
    def fact(cls, response):
        """Return the fact of a response."""
        return cls.env["crm.survey.fact"].search([("user_input_id", "in", response.ids)])

    @classmethod
    def invite(cls, survey, **values):
        """Decide to ask the customer."""
        return cls.env["crm.survey.invitation"]._decide(
            [{"survey_id": survey.id, "partner_id": cls.customer.id, **values}]
        )

import re
from unittest.mock import patch

from odoo.addons.base.models.ir_mail_server import IrMail_Server

from .common import SurveysCase
from .sending_common import COMMIT

LINK = re.compile(r"/customer-survey/ballot/([\w-]+)\?lang=\w+")


class AnonymousCase(SurveysCase):
    """An anonymous survey, customers of it, and what the mail server was given."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.secret = cls.survey(
            ("nps", "driver", "reason", "text"), title="Between Us", is_anonymous=True
        )
        cls.customers = cls.env["res.partner"].create(
            [
                {"name": f"Anna {number}", "email": f"anna{number}@unnamed.example.com"}
                for number in range(12)
            ]
        )
        cls.invitations = cls.env["crm.survey.invitation"]
        cls.ballots = cls.env["crm.survey.ballot"]
        cls.boxed = cls.env["crm.survey.boxed"]

    def decide(self, customers, survey=None, **values):
        """Decide to ask these."""
        return self.invitations._decide(
            [
                {"survey_id": (survey or self.secret).id, "partner_id": one.id, **values}
                for one in customers
            ]
        )

    def send(self, failing=()):
        """Run the job that sends; return the mails by address. Some addresses do not take them."""
        mails = {}

        def send_email(_self, message, *_args, **_kwargs):
            address = re.search(r"[\w.]+@[\w.]+", message["To"])[0]
            if address in failing:
                raise ConnectionError("The server is away")
            mails[address] = message.get_body(("html",)).get_content()
            return message["Message-Id"]

        with (
            patch(COMMIT, autospec=True, return_value=60),
            patch.object(IrMail_Server, "send_email", send_email),
        ):
            self.invitations._cron_send_anonymous()
        return mails

    def ask(self, count=6, **values):
        """Ask so many customers, and return their invitations and ballots."""
        asked = self.decide(self.customers[:count], **values)
        mails = self.send()
        return asked, [LINK.search(mails[one.partner_id.email])[1] for one in asked]

    def cast(self, ballot, nps=9, **answers):
        """Answer with a ballot, past the page."""
        questions = {question.role: question for question in self.secret.question_ids}
        said = {
            str(questions[role].id): {"answer": str(answer), "comment": ""}
            for role, answer in {"nps": nps, **answers}.items()
        }
        return self.ballots._find(ballot)._cast(said)

    def pour(self):
        with patch(COMMIT, autospec=True, return_value=60):
            self.boxed._cron_pour()

    def responses(self):
        return self.env["survey.user_input"].search([("survey_id", "=", self.secret.id)])

    def facts(self):
        return self.env["crm.survey.fact"].search([("survey_id", "=", self.secret.id)])

    def fill(self, *known):
        """Let out answers of these (team, employee, NPS), as the job does."""
        self.secret.active = True
        for team, user, nps in known:
            (ballot,) = self.ballots._sealed_create(
                [
                    {
                        "survey_id": self.secret.id,
                        "company_id": self.env.company.id,
                        "team_id": team.id,
                        "user_id": user.id,
                        "digest": self.ballots._get_digest(token := self.ballots._draw()),
                    }
                ]
            )
            self.assertTrue(ballot)
            self.cast(token, nps=nps, text="Quite good")
        self.secret.active = False
        self.pour()

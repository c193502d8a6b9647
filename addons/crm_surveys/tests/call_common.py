from unittest.mock import patch

from .common import SurveysCase
from .sending_common import COMMIT


class CallCase(SurveysCase):
    """Customers who are to be asked by phone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.survey.call"].search([])._close()
        cls.satisfaction = cls.survey(
            title="By Phone?", questions_layout="one_page", call_script="I am {interviewer}."
        )
        cls.second_interviewer = cls._make_users(
            ("srv_interviewer_two", "Ivo Interviewer", "crm_surveys.group_interviewer")
        )

    @classmethod
    def call(cls, **values):
        """Return the queued call of a new invitation by phone."""
        invitation = cls.invite(cls.satisfaction, channel="phone", **values)
        invitation._queue_calls()
        return cls.env["crm.survey.call"].search([("invitation_id", "=", invitation.id)])

    @classmethod
    def take(cls, user=None):
        """Let an interviewer take the next call."""
        calls = cls.env["crm.survey.call"].with_user(user or cls.interviewer)
        card = calls.take_next()
        return calls.browse(card["id"]) if card else calls

    def queue(self):
        with patch(COMMIT, autospec=True, return_value=60):
            self.env["crm.survey.call"]._cron_queue()

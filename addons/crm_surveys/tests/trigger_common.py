from odoo.tests import tagged

from ..models.trigger.crm_survey_trigger_notice import FIRST
from .common import SurveysCase


@tagged("post_install", "-at_install")
class TriggerCase(SurveysCase):
    """Triggers on deals, without the limits and triggers that come with the add-on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.survey.budget"].search([]).active = False
        cls.env["crm.survey.trigger"].search([]).active = False
        cls.satisfaction = cls.survey(invitation_value=20)
        cls.model = cls.env["ir.model"]._get("crm.lead")

    @classmethod
    def trigger(cls, **values):
        """Create a trigger that asks when a deal of test is won, at any hour."""
        days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
        return cls.env["crm.survey.trigger"].create(
            {
                "name": "Won",
                "model_id": cls.model.id,
                "survey_id": cls.satisfaction.id,
                "goal_domain": "[('won_status', '=', 'won')]",
                "domain": "[('name', '=like', 'Trigger%')]",
                "window_start": 0,
                "window_end": 24,
                **{f"is_on_{day}": True for day in days},
                **values,
            }
        )

    @classmethod
    def started(cls, **values):
        trigger = cls.trigger(**values)
        trigger.action_start()
        return trigger

    @classmethod
    def shipped(cls, xml_id):
        """Start a trigger that comes with an add-on, asking at once and at any hour."""
        # sudo: a test of a bridge may be another user's
        trigger = cls.env.ref(xml_id).sudo()
        days = ("saturday", "sunday")
        trigger.write(
            {
                "active": True,
                "survey_id": cls.satisfaction.id,
                "delay": 0,
                **{f"is_on_{day}": True for day in days},
            }
        )
        trigger.action_start()
        return trigger

    @classmethod
    def deal(cls, partner=None, **values):
        return cls.env["crm.lead"].create(
            {
                "name": "Trigger Deal",
                "type": "opportunity",
                "partner_id": (cls.customer if partner is None else partner).id,
                "user_id": cls.employee.id,
                "team_id": cls.team.id,
                **values,
            }
        )

    @classmethod
    def contacts(cls, number):
        return cls.env["res.partner"].create(
            [
                {"name": f"Asked {count}", "email": f"asked{count}@triggers.example.com"}
                for count in range(number)
            ]
        )

    @classmethod
    def won(cls, *args, **values):
        deal = cls.deal(*args, **values)
        deal.action_set_won()
        return deal

    @classmethod
    def run_job(cls, triggers):
        """Do what the job does, without its commits."""
        triggers._notice()
        events = triggers.env["crm.survey.trigger.event"]
        events._claim(FIRST, 1000)._settle()

    @classmethod
    def invitations(cls, triggers):
        return triggers.env["crm.survey.invitation"].search(
            [("trigger_id", "in", triggers.ids)], order="id"
        )

from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from .common import StandardsCase


class HandoverCase(StandardsCase):
    """A salesman with work in his hands: leads, a task, a meeting and a contact."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.team.member"].create({"crm_team_id": cls.team.id, "user_id": cls.colleague.id})
        cls.deal = cls.lead(name="Big Deal", partner_id=cls.customer.id)
        cls.task = cls.deal.sudo().activity_schedule(
            "mail.mail_activity_data_call",
            date_deadline=fields.Date.today() + timedelta(days=3),
            user_id=cls.salesman.id,
        )
        cls.meeting = (
            cls.env["calendar.event"]
            .with_context(no_mail_to_attendees=True, dont_notify=True)
            .create(
                {
                    "name": "Visit",
                    "start": fields.Datetime.now() + timedelta(days=5),
                    "stop": fields.Datetime.now() + timedelta(days=5, hours=1),
                    "user_id": cls.salesman.id,
                    "partner_ids": [Command.set(cls.salesman.partner_id.ids)],
                    "res_model_id": cls.env["ir.model"]._get_id("crm.lead"),
                    "res_id": cls.deal.id,
                }
            )
        )
        cls.customer.user_id = cls.salesman

    @classmethod
    def lead(cls, **values):
        """Create a lead of the salesman, seen by the tests with all rights."""
        return super().lead(**values).with_env(cls.env)

    @classmethod
    def handover(cls, user=None, receivers=None, **values):
        """Prepare a hand-over of the salesman's work to the colleague, by the salesman himself."""
        receivers = cls.colleague if receivers is None else receivers
        return (
            cls.env["crm.standard.handover"]
            .with_user(user or cls.salesman)
            .create(
                {
                    "giver_id": cls.salesman.id,
                    "reason": "leaving",
                    "receiver_ids": [Command.set(receivers.ids)],
                    **values,
                }
            )
        )

    @classmethod
    def handed_over(cls, **values):
        """Hand the salesman's work over to the colleague, who accepts."""
        handover = cls.handover(**values)
        handover.action_offer()
        handover.with_user(cls.colleague).action_accept()
        return handover.sudo()

    def line(self, handover, record):
        """Return the line about a record."""
        return handover.sudo().line_ids.filtered(
            lambda line: (line.res_model, line.res_id) == (record._name, record.id)
        )

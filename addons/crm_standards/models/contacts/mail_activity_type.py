from odoo import api, fields, models

from .crm_standard_contact import CHANNELS

#: Which of core's categories are contacts.
CATEGORIES = {"phonecall": "call", "meeting": "meeting"}

#: Kinds of activities that the add-on itself schedules, by their documents.
NEEDED = {
    "crm_standards.mail_activity_type_approve": "crm.standard.version",
    "crm_standards.mail_activity_type_read": "crm.standard.acknowledgement",
    "crm_standards.mail_activity_type_assignment": "crm.standard.assignment",
}


class MailActivityType(models.Model):
    """Which activities are contacts with a customer."""

    _inherit = "mail.activity.type"

    contact_channel = fields.Selection(
        CHANNELS,
        string="Counts as a Contact by",
        compute="_compute_contact_channel",
        store=True,
        readonly=False,
        help="A done activity of this type is a contact with the customer, and an open one is a"
        " communication that can be overdue. Empty: it is neither, such as a to-do.",
    )

    @api.model
    def _get_model_info_by_xmlid(self):
        """Keep the kinds that deals and jobs need: without them a move of a deal would fail."""
        return {
            **super()._get_model_info_by_xmlid(),
            **{xmlid: {"res_model": model, "unlink": False} for xmlid, model in NEEDED.items()},
        }

    @api.depends("category")
    def _compute_contact_channel(self):
        for kind in self:
            kind.contact_channel = CATEGORIES.get(kind.category, False)

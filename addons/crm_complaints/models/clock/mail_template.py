from odoo import fields, models


class MailTemplate(models.Model):
    """What a template says to a complainant, so that the clocks know what was sent."""

    _inherit = "mail.template"

    complaint_purpose = fields.Selection(
        [
            ("acknowledgement", "Acknowledgement of a complaint"),
            ("holding", "Holding letter"),
            ("answer", "Final answer"),
        ],
        "Use for Complaints",
        help="An acknowledgement is no answer, whoever sends it. A holding letter says why the"
        " final answer takes longer.",
    )

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """How mails of complaints are taken in."""

    _inherit = "res.config.settings"

    complaint_mail_max_mb = fields.Integer(
        "Largest Mail",
        config_parameter="crm_complaints.mail_max_mb",
        default=20,
        help="Megabytes. A larger mail waits in quarantine, whole, for a manager's decision.",
    )

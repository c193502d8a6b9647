from odoo import api, fields, models

#: How a complaint can come in, as the code of a channel: what programs go by.
CHANNEL_CODES = [
    ("phone", "Phone"),
    ("mail", "E-mail"),
    ("portal", "Customer portal"),
    ("website", "Website"),
    ("chatter", "Message on a document"),
    ("letter", "Letter"),
    ("visit", "Visit"),
    ("social", "Social network"),
    ("api", "Another system"),
    ("import", "Import"),
]


class CrmComplaintChannel(models.Model):
    """By which way a complaint came in. Several channels may share a code: two phone lines."""

    _name = "crm.complaint.channel"
    _description = "Channel of Complaints"
    _inherit = ["crm.complaint.catalogue"]

    code = fields.Selection(
        CHANNEL_CODES, "Way", required=True, help="The kind of way, for reports and programs."
    )

    @api.model
    def _get_complaint_uses(self):
        return [*super()._get_complaint_uses(), ("crm.complaint", "channel_id")]

    @api.model
    def _get_by_code(self, code):
        """Return the first channel of a code; empty when the company has archived it."""
        return self.search([("code", "=", code)], limit=1)

from odoo import models


class IrHttp(models.AbstractModel):
    """Tells the web client of whoever decides about mails how many wait in quarantine."""

    _inherit = "ir.http"

    def session_info(self):
        info = super().session_info()
        if self.env.user.has_group("crm_complaints.group_manager"):
            count = self.env["crm.complaint.quarantine"].get_waiting_count()
            info["crm_complaints_quarantine_count"] = count
        return info

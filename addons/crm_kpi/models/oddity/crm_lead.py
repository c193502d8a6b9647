from odoo import models

from .crm_kpi_oddity import REOPENED

#: By which fields an opportunity is won, lost or open again.
OUTCOME = {"active", "stage_id", "probability"}


class CrmLead(models.Model):
    """An opportunity that was won or lost tells when it is opened again."""

    _inherit = "crm.lead"

    def write(self, vals):
        if not OUTCOME & vals.keys():
            return super().write(vals)
        # sudo: it is noted whatever its author may read
        settled = {lead: lead.user_id for lead in self.sudo() if lead.won_status in ("won", "lost")}
        result = super().write(vals)
        self.env["crm.kpi.oddity"]._note(
            REOPENED,
            [
                (user, lead.company_id, lead._name, lead.id, 1)
                for lead, user in settled.items()
                if lead.won_status == "pending"
            ],
        )
        return result

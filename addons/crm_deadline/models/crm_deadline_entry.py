from odoo import api, fields, models
from odoo.fields import Domain


class CrmDeadlineEntry(models.AbstractModel):
    """What belongs to a clock: who may read the clock may read it, and nobody else.

    The ledger, its segments and the notices of the ladder inherit it.
    """

    _name = "crm.deadline.entry"
    _description = "Part of a Deadline"

    clock_id = fields.Many2one(
        "crm.deadline.clock",
        "Deadline",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            clocks = self.env["crm.deadline.clock"]._search([])
            domain = Domain(domain) & Domain("clock_id", "in", clocks)
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if result or operation != "read" or not any(self._ids):
            return result
        # sudo: only to learn which clock each entry belongs to, whose own check then decides
        clocks = self.sudo().clock_id.sudo(False)
        refused = clocks._check_access("read")
        if not refused:
            return None
        # sudo: as above
        forbidden = self.filtered(lambda entry: entry.sudo().clock_id in refused[0])
        forbidden.invalidate_recordset(["clock_id"])
        return forbidden, refused[1]

from odoo import api, models

#: Open screens listen to it. It carries nothing: whoever hears it asks under his own rights.
CHANNEL, CHANGED = "crm_kpi", "crm_kpi/changed"


class CrmKpiEngine(models.AbstractModel):
    """Tells open screens that something was counted."""

    _inherit = "crm.kpi.engine"

    @api.model
    def _note_added(self, measures):
        # pylint: disable=missing-return; a hook that returns nothing
        super()._note_added(measures)
        self.env["bus.bus"]._sendone(CHANNEL, CHANGED, {})

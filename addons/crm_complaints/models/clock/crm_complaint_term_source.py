from odoo import api, models


class CrmComplaintTermSource(models.AbstractModel):
    """What terms are chosen by: levels, jurisdictions and their rules.

    They are few, change seldom and are asked at every complaint: what the logic needs of them is
    kept in the server's cache, which a change empties on all nodes.
    """

    _name = "crm.complaint.term.source"
    _description = "Source of Terms of Complaints"

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

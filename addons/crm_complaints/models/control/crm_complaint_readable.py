from odoo import api, models
from odoo.fields import Domain


class CrmComplaintReadable(models.AbstractModel):
    """A report made from the complaints the user may read: ``crm.complaint._get_readable_rows``.

    Its table holds nothing else for him, and each line is one of a complaint.
    """

    _name = "crm.complaint.readable"
    _description = "Line of a Report on Complaints"
    _inherit = ["crm.complaint.part"]

    @api.model
    def _search_readable(self):
        return Domain.TRUE

    def exists(self):
        """Tell a line out of reach from one that is not there: reading the first is refused."""
        # sudo: as core's own check that rows exist, which asks no rule
        return self.browse(super(CrmComplaintReadable, self.sudo()).exists().ids)

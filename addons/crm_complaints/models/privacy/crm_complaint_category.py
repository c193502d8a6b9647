from odoo import fields, models
from odoo.fields import Domain


class CrmComplaintCategory(models.Model):
    """Laws ask for different times of keeping: an injury is kept longer than a late parcel."""

    _inherit = "crm.complaint.category"

    retention_months = fields.Integer(
        "Keep Personal Data",
        help="Months after the end of a case until it is anonymized. 0: as the category above has"
        " it, else as the company has it.",
    )

    def _get_retention_months(self, company):
        """Return the months of keeping by the id of each category, 0 where it is for ever."""
        months = {}
        # those above come first; archived ones count for their cases
        for category in self.with_context(active_test=False).search(
            Domain.TRUE, order="parent_path"
        ):
            above = months.get(category.parent_id.id, company.complaint_retention_months)
            months[category.id] = category.retention_months or above
        return months

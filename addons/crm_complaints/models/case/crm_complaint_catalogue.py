from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmComplaintCatalogue(models.AbstractModel):
    """A list that complaints choose from: categories, causes, channels, remedies, tags, stages.

    An entry that a complaint refers to cannot be deleted, only archived: the figures of past
    years must keep their words.
    """

    _name = "crm.complaint.catalogue"
    _description = "Catalogue of Complaints"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(
        default=True, help="An archived entry stays on old complaints and is not offered any more."
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        for model, field in self._get_complaint_uses():
            # sudo: also complaints out of the user's sight keep their words
            user = self.env[model].sudo().with_context(active_test=False)
            record = user.search([(field, "in", self.ids)], limit=1)
            if record:
                used = self & record[field]
                raise UserError(
                    self.env._(
                        "“%(name)s” is used and cannot be deleted. Archive it instead: it stays"
                        " where it is used and is not offered any more.",
                        name=used[:1].display_name,
                    )
                )

    @api.model
    def _get_complaint_uses(self):
        """Hook: return where entries of this catalogue are used, as (model, field) pairs."""
        return []

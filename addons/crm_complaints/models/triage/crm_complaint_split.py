from odoo import api, models
from odoo.fields import Command

#: What a part split off has in common with the whole. Number, stage and outcome are its own.
SHARED = (
    "date_received",
    "partner_id",
    "on_behalf_partner_id",
    "contact_name",
    "email_from",
    "phone",
    "lang",
    "channel_id",
    "company_id",
    "is_confidential",
)


class CrmComplaint(models.Model):
    """Splitting: a customer names several troubles at once, and each needs an answer of its own."""

    _inherit = "crm.complaint"

    def action_split(self):
        """Open the form that makes a complaint of its own of a part of this one."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Split Off a Complaint"),
            "res_model": "crm.complaint.split.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_complaint_id": self.id},
        }

    def _split(self, values):
        """Create a complaint of a part of this one, linked to it, and return it.

        :param values: what is the part's own: subject, substance, category, remedy, team, person
        """
        self.ensure_one()
        self.check_access("write")
        shared = {
            name: self[name].id if self._fields[name].relational else self[name] for name in SHARED
        }
        # its deadlines count from the receipt of the whole: the customer has waited since then
        part = self.create(
            {
                **shared,
                "about_user_ids": [Command.set(self.about_user_ids.ids)],
                "confidant_ids": [Command.set(self.confidant_ids.ids)],
                **values,
            }
        )
        # sudo: it is about the same documents, whether or not whoever splits may open them
        part.sudo().write({name: self[name].id for name in self._get_split_links()})
        part._link(self, "split")
        return part

    @api.model
    def _get_split_links(self):
        """Hook: return the links to documents that hold for every part, see ``_get_documents``."""
        return ["lead_id"]

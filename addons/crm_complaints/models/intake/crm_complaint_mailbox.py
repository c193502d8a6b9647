from odoo import fields, models


class CrmComplaintMailbox(models.Model):
    """An e-mail address at which complaints come in, and where they go from there.

    Teams may have several: one for quality, one for conduct. A team's own address of Odoo makes
    leads and stays as it is.
    """

    _name = "crm.complaint.mailbox"
    _description = "Mailbox of Complaints"
    _inherit = ["mail.alias.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    team_id = fields.Many2one(
        "crm.team",
        check_company=True,
        ondelete="restrict",
        index="btree_not_null",
        help="Complaints from this mailbox go to this team. Empty: to the team of the category.",
    )
    category_id = fields.Many2one(
        "crm.complaint.category", ondelete="restrict", index="btree_not_null"
    )
    channel_id = fields.Many2one(
        "crm.complaint.channel",
        ondelete="restrict",
        index="btree_not_null",
        domain=[("code", "=", "mail")],
        default=lambda self: self.env["crm.complaint.channel"]._get_by_code("mail"),
    )
    is_receipt_confirmed = fields.Boolean(
        "Confirms Receipt",
        default=True,
        help="Whoever writes gets the number of his complaint by e-mail, once. Machines get none.",
    )
    is_open_to_machines = fields.Boolean(
        "Takes Mails of Machines",
        help="Forms of websites and other systems that write by themselves may hand in"
        " complaints here. Automatic replies are kept out all the same.",
    )

    def write(self, vals):
        result = super().write(vals)
        if {"company_id", "team_id", "category_id", "channel_id"} & vals.keys():
            for mailbox in self:
                # sudo: an alias is nobody's to write but its owner's, which this is
                mailbox.sudo().alias_id.write(mailbox._alias_get_creation_values())
        return result

    def _alias_get_creation_values(self):
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id("crm.complaint")
        if self.id:
            values["alias_defaults"] = repr(self._get_defaults())
        return values

    def _get_defaults(self):
        """Hook: return the values of complaints that come in here; plain values only."""
        self.ensure_one()
        return {
            "company_id": self.company_id.id,
            "team_id": self.team_id.id,
            "category_id": self.category_id.id,
            "channel_id": self.channel_id.id,
        }

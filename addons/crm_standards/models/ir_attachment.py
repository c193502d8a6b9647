from odoo import fields, models


class IrAttachment(models.Model):
    """What kind of document a file is, for the standards that ask for one."""

    _inherit = "ir.attachment"

    standard_kind_id = fields.Many2one(
        "crm.standard.document.kind",
        string="Kind of document",
        index="btree_not_null",
        ondelete="set null",
    )

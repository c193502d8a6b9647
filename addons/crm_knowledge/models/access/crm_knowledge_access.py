from odoo import api, fields, models
from odoo.exceptions import ValidationError

ACCESS = [
    ("open", "Everyone"),
    ("limited", "Chosen readers"),
    ("confidential", "Chosen readers only, not even managers"),
]


class CrmKnowledgeAccess(models.AbstractModel):
    """Who reads a category or an article: everyone, or chosen people, groups and teams.

    The record rules do the rest (``security/rules.xml``), on these very fields. A limit only ever
    narrows: whoever reads an article passes the limits of all categories above it and its own.
    """

    _name = "crm.knowledge.access"
    _description = "Access to Knowledge"

    access = fields.Selection(
        ACCESS,
        "Read by",
        required=True,
        default="open",
        index=True,
        help="Limits of the categories above hold in any case. The managers of the knowledge base"
        " read limited entries as well, but not confidential ones unless they are chosen.",
    )
    reader_user_ids = fields.Many2many(
        "res.users", string="Readers", domain="[('share', '=', False)]", copy=True
    )
    reader_group_ids = fields.Many2many("res.groups", string="Reading Groups", copy=True)
    reader_team_ids = fields.Many2many(
        "crm.team", string="Reading Teams", copy=True, help="Their members and leaders read."
    )

    @api.constrains("access", "reader_user_ids", "reader_group_ids", "reader_team_ids")
    def _check_readers(self):
        for record in self:
            # sudo: a team the writer cannot see counts as well
            chosen = record.sudo()
            readers = chosen.reader_user_ids or chosen.reader_group_ids or chosen.reader_team_ids
            if record.access != "open" and not readers:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” is limited to chosen readers, but nobody is chosen. Add people,"
                        " groups or teams.",
                        name=record.display_name,
                    )
                )

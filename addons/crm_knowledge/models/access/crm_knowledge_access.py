from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

ACCESS = [
    ("open", "Everyone"),
    ("limited", "Chosen readers"),
    ("confidential", "Chosen readers only, not even managers"),
]


class CrmKnowledgeAccess(models.AbstractModel):
    """Who reads a category or an article: everyone, or chosen people, groups and teams.

    A limit only ever narrows: whoever reads an article passes the limits of all categories above
    it and its own. That is said here once, as a domain of stored fields; every record rule asks
    for it by ``user._get_knowledge_admission(...)``. Nothing is copied to articles, so that a
    change of access is in force at once, for search as well.
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

    @api.model
    def _get_admission(self, user):
        """Hook: return the domain of the entries whose limits let the user in, all those above too.

        Record rules keep what it returns for as long as a user's groups stay as they are: it asks
        for nothing but the user and the groups.
        """
        return self._get_own_admission(user)

    @api.model
    def _get_own_admission(self, user):
        """Hook: return the domain of the entries whose own limit lets the user in."""
        admitted = (
            Domain("access", "=", "open")
            | Domain("reader_user_ids", "in", user.ids)
            | Domain("reader_group_ids", "in", user.all_group_ids.ids)
            | Domain("reader_team_ids.user_id", "=", user.id)
            | Domain("reader_team_ids.crm_team_member_ids.user_id", "=", user.id)
        )
        if user.has_group("crm_knowledge.group_manager"):
            admitted |= Domain("access", "=", "limited")
        return admitted

    def _get_admitted_people(self):
        """Hook: return the domain of the employees whom the entry's own limit lets in.

        The other side of ``_get_own_admission``: what is said there is said here.
        """
        self.ensure_one()
        if self.access == "open":
            return Domain.TRUE
        # sudo: whom a limit lets in is the same for whoever asks
        entry = self.sudo().with_context(active_test=False)
        teams = entry.reader_team_ids
        groups = entry.reader_group_ids.ids
        if entry.access == "limited":
            groups.append(self.env["ir.model.data"]._xmlid_to_res_id("crm_knowledge.group_manager"))
        people = Domain("id", "in", (entry.reader_user_ids | teams.user_id).ids)
        people |= Domain("all_group_ids", "in", groups)
        return people | Domain("crm_team_member_ids.crm_team_id", "in", teams.ids)

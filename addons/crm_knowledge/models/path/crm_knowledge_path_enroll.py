import logging

from odoo import api, models

_logger = logging.getLogger(__name__)


class CrmKnowledgePath(models.Model):
    """Gives a path to whoever has come into its groups or teams."""

    _inherit = "crm.knowledge.path"

    @api.model
    def _cron_enroll(self):
        """Give each path to the new people it is for; one that fails stops no other."""
        commit = self.env["ir.cron"]._commit_progress
        paths = self.search([("date_from", "!=", False)])
        commit(remaining=len(paths))
        for path in paths:
            try:
                with self.env.cr.savepoint():
                    path._enroll()
            except Exception:  # pylint: disable=broad-except; the other paths go on
                _logger.exception("Reading path %s could not be given to new people", path.id)
            if not commit(1):
                break

    def _enroll(self):
        """Give the path to those who have come since, and do not have it yet."""
        self.ensure_one()
        people = self._get_newcomers() - self.person_ids.user_id
        self.env["crm.knowledge.path.person"].create(
            [{"path_id": self.id, "user_id": user.id} for user in people]
        )

    def _get_newcomers(self):
        """Hook: return the users a path is for by itself; nobody where no role is named."""
        if not self.group_ids and not self.team_ids:
            return self.env["res.users"]
        domain = [
            ("share", "=", False),
            ("create_date", ">=", self.date_from),
            "|",
            ("all_group_ids", "in", self.group_ids.ids),
            ("id", "in", (self.team_ids.member_ids | self.team_ids.user_id).ids),
        ]
        if self.company_id:
            domain.append(("company_ids", "in", self.company_id.ids))
        return self.env["res.users"].search(domain)

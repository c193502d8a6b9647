from __future__ import annotations

from odoo import api, fields, models


class CrmStandardPath(models.Model):
    """A way through the stages that at least one deal took, each way once.

    The deals that took it are its journeys; here is only the way itself, which tells nothing about
    anybody. Sorted by how many took it, so that lists grouped by path begin with the usual one.
    """

    _name = "crm.standard.path"
    _description = "Path through the Stages"
    _inherit = ["crm.deadline.sealed"]
    _order = "frequency desc, id"
    _log_access = False

    key = fields.Char(required=True, readonly=True, help="Ids of the stages, in order.")
    step_count = fields.Integer(string="Steps", readonly=True, aggregator="avg")
    frequency = fields.Integer(readonly=True, help="Number of deals, of all companies.")

    # the key of a deal that went to and fro for years is longer than an index takes
    _key_uniq = models.UniqueIndex("(md5(key))")

    @api.depends("key")
    @api.depends_context("lang")
    def _compute_display_name(self):
        # sudo: names of stages are no secret; a stage of another team's process has one, too
        stages = self.env["crm.stage"].sudo()
        known = stages.search([("id", "in", [i for path in self for i in path._get_stage_ids()])])
        names = {stage.id: stage.name for stage in known}
        gone = self.env._("(deleted stage)")
        for path in self:
            path.display_name = " → ".join(names.get(i, gone) for i in path._get_stage_ids())

    def _get_stage_ids(self) -> tuple[int, ...]:
        """Return the ids of the stages in order; some may have been deleted since."""
        self.ensure_one()
        return tuple(int(part) for part in (self.key or "").split(",") if part)

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..logic.route import forward


class CrmStandardRoute(models.TransientModel):
    """Writes the allowed next stages of a whole process at once, from a pattern or by hand."""

    _name = "crm.standard.route"
    _description = "Allowed Stages of a Process"

    standard_id = fields.Many2one("crm.standard", required=True, ondelete="cascade")
    team_id = fields.Many2one(
        "crm.team",
        string="Process of",
        compute="_compute_team_id",
        store=True,
        readonly=False,
        help="Leave empty for the stages all teams share.",
    )
    pattern = fields.Selection(
        [
            ("one", "Forward, no stage skipped"),
            ("one_back", "Forward, no stage skipped, or one back"),
            ("skip", "Forward, stages may be skipped"),
        ],
        default="one",
        required=True,
    )
    strength = fields.Selection(
        [("advise", "Advise"), ("record", "Record"), ("block", "Block")],
        default="block",
        required=True,
    )
    line_ids = fields.One2many(
        "crm.standard.route.line",
        "route_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.depends("standard_id")
    def _compute_team_id(self):
        for wizard in self:
            wizard.team_id = wizard.standard_id.team_ids[:1]

    @api.depends("pattern", "team_id")
    def _compute_line_ids(self):
        for wizard in self:
            stages = wizard._get_stages()
            route = forward(
                stages.ids,
                may_skip=wizard.pattern == "skip",
                steps_back=int(wizard.pattern == "one_back"),
                ends=stages.filtered("is_won").ids,
            )
            wizard.line_ids = [
                Command.clear(),
                *(
                    Command.create(
                        {"stage_id": stage.id, "next_stage_ids": [Command.set(route[stage.id])]}
                    )
                    for stage in stages
                    if stage.id in route
                ),
            ]

    def _get_stages(self):
        """Return the stages of the process, in their order."""
        domain = [("team_ids", "=", False)]
        if self.team_id:
            domain = ["|", *domain, ("team_ids", "in", self.team_id.ids)]
        return self.env["crm.stage"].search(domain)

    def action_apply(self):
        """Write a rule for each stage; those the standard has for these stages are replaced.

        The old ones are archived: what they judged must stay provable.
        """
        self.ensure_one()
        lines = self.line_ids.filtered("next_stage_ids")
        if not lines:
            raise UserError(self.env._("Choose for one stage at least where one may go from it."))
        standard = self.standard_id
        old = standard.rule_ids.filtered(
            lambda rule: rule.kind == "transition" and rule.stage_ids <= lines.stage_id
        )
        old.action_archive()
        standard.write({"rule_ids": [Command.create(self._prepare_rule(line)) for line in lines]})
        return {"type": "ir.actions.act_window_close"}

    def _prepare_rule(self, line) -> dict:
        """Return the values of the rule for one stage."""
        return {
            "name": self.env._("After %(stage)s", stage=line.stage_id.name),
            "kind": "transition",
            "strength": self.strength,
            "stage_ids": [Command.set(line.stage_id.ids)],
            "next_stage_ids": [Command.set(line.next_stage_ids.ids)],
        }

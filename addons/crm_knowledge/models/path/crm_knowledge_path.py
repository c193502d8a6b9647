from odoo import api, fields, models


class CrmKnowledgePath(models.Model):
    """What somebody in a role reads to begin with: articles in an order, within so many days."""

    _name = "crm.knowledge.path"
    _description = "Reading Path"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Text(translate=True, help="What one knows after it.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Empty: for all companies."
    )
    days = fields.Integer(default=14, help="How many days there are to read it; 0: any.")
    step_ids = fields.One2many("crm.knowledge.path.step", "path_id", "Articles", copy=True)
    step_count = fields.Integer(compute="_compute_counts")
    person_ids = fields.One2many("crm.knowledge.path.person", "path_id", "People")
    person_count = fields.Integer(compute="_compute_counts")

    group_ids = fields.Many2many("res.groups", string="Groups")
    team_ids = fields.Many2many("crm.team", string="Teams")
    date_from = fields.Date(
        "For People Who Joined Since",
        default=fields.Date.today,
        help="Who has come into the company since then, and is of one of the groups or teams, gets"
        " the path by itself. Others are added by hand.",
    )

    _days_not_negative = models.Constraint(
        "CHECK(days >= 0)", "Nobody can read a path within minus so many days."
    )

    @api.depends("step_ids", "person_ids")
    @api.depends_context("uid")
    def _compute_counts(self):
        own = [("path_id", "in", self.ids)]
        steps, people = (
            dict(self.env[model]._read_group(own, ["path_id"], ["__count"]))
            for model in ("crm.knowledge.path.step", "crm.knowledge.path.person")
        )
        for path in self:
            path.step_count = steps.get(path, 0)
            path.person_count = people.get(path, 0)

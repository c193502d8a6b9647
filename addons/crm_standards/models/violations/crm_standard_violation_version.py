from odoo import api, fields, models


class CrmStandardViolation(models.Model):
    """Which version a violation is judged by, and whether the person had read it by then."""

    _inherit = "crm.standard.violation"

    version_id = fields.Many2one(
        "crm.standard.version",
        string="Version then",
        ondelete="restrict",
        readonly=True,
        index="btree_not_null",
        help="The version of the standard that was in force when it happened.",
    )
    acknowledged_on = fields.Datetime(
        string="Read by the Person on",
        compute="_compute_acknowledged_on",
        help="When the person responsible had said to have read that version, before it happened.",
    )
    was_acknowledged = fields.Selection(
        [("yes", "Had read it"), ("no", "Had not read it"), ("unasked", "Was not asked")],
        string="Acquainted",
        compute="_compute_acknowledged_on",
    )

    @api.depends("version_id", "user_id", "date")
    def _compute_acknowledged_on(self):
        # sudo: whoever may judge the violation must know whether its person knew the rule
        requests = self.env["crm.standard.acknowledgement"].sudo()
        found = requests.search(
            [("version_id", "in", self.version_id.ids), ("user_id", "in", self.user_id.ids)]
        )
        by_person = {(r.version_id.id, r.user_id.id): r for r in found}
        for violation in self:
            request = by_person.get((violation.version_id.id, violation.user_id.id))
            read = request and request.date_read
            in_time = bool(read and read <= violation.date)
            violation.acknowledged_on = read if in_time else False
            asked = bool(request and request.date_asked <= violation.date)
            violation.was_acknowledged = "yes" if in_time else "no" if asked else "unasked"

    def _prepare_violation(self, breach, came_by, now):
        """Note the version in force, which a verdict can be traced back to for ever."""
        vals = super()._prepare_violation(breach, came_by, now)
        standard = self.env["crm.standard"].browse(vals["standard_id"])
        return {**vals, "version_id": standard.version_id.id}

    def action_open_version(self):
        """Open the version that was in force then."""
        self.ensure_one()
        return self.version_id.action_open()

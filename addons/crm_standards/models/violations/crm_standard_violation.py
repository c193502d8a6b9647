from __future__ import annotations

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...origin import ORIGINS

#: What a controller may decide; everything else is a fact.
VERDICT_FIELDS = frozenset({"state", "reason", "reason_id"})


class CrmStandardViolation(models.Model):
    """A standard that was not kept: by whom, where, when, and what a controller made of it.

    The text of the rule is copied, so that a verdict can be understood when the rule has changed.
    Facts cannot be edited by anybody; only a controller decides, and never about himself.

    How one comes into the register: ``crm_standard_violation_record.py``; what the employee says
    about it, and until when: ``crm_standard_violation_answer.py``; how it is found to be put
    right: ``crm_standard_violation_cure.py``.
    """

    _name = "crm.standard.violation"
    _description = "Violation of a Standard"
    _inherit = ["mail.thread"]
    _order = "date desc, id desc"

    standard_id = fields.Many2one(
        "crm.standard", required=True, ondelete="restrict", readonly=True, index=True
    )
    rule_id = fields.Many2one(
        "crm.standard.rule", required=True, ondelete="restrict", readonly=True, index=True
    )
    name = fields.Char(string="Rule then", required=True, readonly=True)
    requirement = fields.Char(string="What it asked", readonly=True)
    strength = fields.Selection(
        [("record", "Record"), ("block", "Block")], required=True, readonly=True
    )
    effect = fields.Selection(
        [
            ("passed", "Happened all the same"),
            ("stopped", "Was stopped"),
            ("cleared", "Was cleared later"),
            ("late", "Stayed too long"),
        ],
        required=True,
        readonly=True,
    )
    missing = fields.Char(readonly=True, help="What was not filled in.")
    missing_names = fields.Char(
        readonly=True,
        help="The same as technical names, by which the job sees that it has been filled in.",
    )
    lead_id = fields.Many2one(
        "crm.lead", string="Opportunity", ondelete="set null", readonly=True, index=True
    )
    lead_name = fields.Char(string="Opportunity then", readonly=True)
    stage_from_id = fields.Many2one("crm.stage", string="From", ondelete="set null", readonly=True)
    stage_to_id = fields.Many2one("crm.stage", string="Stage", ondelete="set null", readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        readonly=True,
        index="btree_not_null",
        help="Who was responsible for the lead at that moment.",
    )
    actor_id = fields.Many2one("res.users", string="Done by", readonly=True)
    team_id = fields.Many2one(
        "crm.team", ondelete="set null", readonly=True, index="btree_not_null"
    )
    company_id = fields.Many2one("res.company", readonly=True, index="btree_not_null")
    origin = fields.Selection(ORIGINS, string="Came by", required=True, readonly=True)
    date = fields.Datetime(string="Detected", required=True, readonly=True, index=True)
    date_last = fields.Datetime(string="Seen last", readonly=True)
    occurrence_count = fields.Integer(
        string="Times",
        default=1,
        readonly=True,
        aggregator="sum",
        help="How often the same thing was tried again while the violation was open.",
    )
    repeated = fields.Integer(
        readonly=True,
        aggregator="max",
        help="How many times the same person had broken the same rule in the 90 days before, what"
        " was excused left out. Counted when the violation was entered.",
    )
    state = fields.Selection(
        [("open", "Open"), ("confirmed", "Confirmed"), ("excused", "Excused"), ("cured", "Cured")],
        default="open",
        required=True,
        readonly=True,
        index=True,
    )
    reason_id = fields.Many2one(
        "crm.standard.verdict.reason",
        string="Ground",
        ondelete="restrict",
        help="The ground of the verdict, from the list that controllers keep.",
    )
    reason = fields.Text(help="Why the violation is excused, or what was done about it.")
    verdict_user_id = fields.Many2one("res.users", string="Decided by", readonly=True)
    verdict_date = fields.Datetime(string="Decided on", readonly=True)

    history_ids = fields.One2many("crm.standard.history", "violation_id", readonly=True)

    _open_once = models.UniqueIndex(
        "(rule_id, lead_id, COALESCE(stage_to_id, 0), effect) WHERE state = 'open'",
        "This violation is in the register already.",
    )
    _repeated_idx = models.Index("(user_id, rule_id, date)")

    @api.depends("name", "lead_name")
    def _compute_display_name(self):
        for violation in self:
            violation.display_name = f"{violation.name}: {violation.lead_name or ''}"

    @api.constrains("state", "reason", "reason_id")
    def _check_reason(self):
        for violation in self:
            is_reasoned = violation.reason_id or (violation.reason or "").strip()
            if violation.state == "excused" and not is_reasoned:
                raise ValidationError(
                    self.env._(
                        "Say why “%(violation)s” is excused: write the reason first.",
                        violation=violation.display_name,
                    )
                )

    def write(self, vals):
        if not VERDICT_FIELDS.issuperset(vals):
            raise UserError(
                self.env._(
                    "A violation is a fact and cannot be edited; a controller may only decide"
                    " about it and give the reason."
                )
            )
        self._check_judge()
        verdict = {"verdict_user_id": self.env.uid, "verdict_date": self.env.cr.now()}
        with self.env["crm.standard.history"]._watching(self, vals):
            result = super().write({**vals, **verdict})
        self._follow_verdict()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "Violations stay in the register for ever. Excuse this one and say why instead."
            )
        )

    def _follow_verdict(self) -> None:
        """Hook: a controller has decided about these violations, or changed his reasons."""

    def _check_judge(self) -> None:
        """Refuse a verdict by the very person it is about, responsible or doer."""
        own = self.filtered(lambda v: self.env.user in (v.user_id, v.actor_id))
        if own and self.env.uid != api.SUPERUSER_ID:
            raise AccessError(
                self.env._(
                    "Nobody decides about himself: ask another controller about “%(violation)s”.",
                    violation=own[0].display_name,
                )
            )

    def action_confirm(self):
        """Decide that the standard was broken indeed."""
        self.write({"state": "confirmed"})

    def action_excuse(self):
        """Decide that there was a good reason, which must be written down."""
        self.write({"state": "excused"})

    def action_cure(self):
        """Decide that the thing has been put right."""
        self.write({"state": "cured"})

    def action_reopen(self):
        """Take the verdict back."""
        self.write({"state": "open"})

    def _follow_merge(self, head) -> None:
        """Go over to the lead that others were merged into.

        What is open there already stays with its own, which keeps the name of the lead it was.
        """
        taken = self.search([("lead_id", "=", head.id), ("state", "=", "open")])
        taken = {(v.rule_id, v.stage_to_id, v.effect) for v in taken}
        for violation in self:
            key = (violation.rule_id, violation.stage_to_id, violation.effect)
            if violation.state != "open" or key not in taken:
                taken.add(key)
                violation._write_fact({"lead_id": head.id})

    def _write_fact(self, vals: dict):
        """Write a fact: only the register itself comes this way."""
        # pylint: disable=super-method-mismatch; going round our own refusal is the point
        return super().write(vals)

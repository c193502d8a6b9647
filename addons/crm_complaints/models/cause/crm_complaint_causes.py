from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...logic import causes

#: Outcomes that say that something went wrong on our side.
UPHELD = ("upheld", "partly")


class CrmComplaint(models.Model):
    """Confirmed causes with their shares, and no closing as upheld without them."""

    _inherit = "crm.complaint"

    cause_share_ids = fields.One2many(
        "crm.complaint.cause.share", "complaint_id", "Confirmed Causes"
    )
    cause_total_percent = fields.Float(
        "Shares Together", digits=(5, 2), compute="_compute_cause_total_percent"
    )
    main_cause_id = fields.Many2one(
        "crm.complaint.cause",
        compute="_compute_main_cause_id",
        store=True,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        help="The confirmed cause with the largest share.",
    )
    causes_guidance = fields.Char(compute="_compute_causes_guidance")

    @api.depends("cause_share_ids.share_percent")
    def _compute_cause_total_percent(self):
        for complaint in self:
            shares = complaint.cause_share_ids.mapped("share_percent")
            complaint.cause_total_percent = causes.total(shares)

    @api.depends("cause_share_ids.share_percent", "cause_share_ids.cause_id")
    def _compute_main_cause_id(self):
        for complaint in self:
            shares = complaint.cause_share_ids.sorted("share_percent", reverse=True)
            complaint.main_cause_id = shares[:1].cause_id

    @api.depends("cause_share_ids.share_percent", "outcome", "category_id")
    @api.depends_context("lang")
    def _compute_causes_guidance(self):
        """Say before the click what closing would be refused for."""
        for complaint in self:
            complaint.causes_guidance = complaint._describe_cause_problem() or False

    @api.constrains("outcome")
    def _check_outcome_causes(self):
        """A case that was closed as rejected cannot become upheld without its causes."""
        self.filtered(lambda c: c.state == "closed" and c.move_ids)._check_causes()

    def write(self, vals):
        result = super().write(vals)
        if "cause_share_ids" in vals:
            self.filtered(lambda complaint: complaint.state == "closed")._check_causes()
        return result

    def _log_moves(self, stages_before):
        """Let no case be closed as upheld without causes; history that is brought in may be."""
        moved = self.filtered(lambda complaint: stages_before[complaint.id])
        may_bring_history = self.env.su or self.env.user.has_group("crm_complaints.group_manager")
        checked = moved if may_bring_history else self
        checked.filtered(lambda complaint: complaint.state == "closed")._check_causes()
        return super()._log_moves(stages_before)

    def _check_causes(self):
        for complaint in self:
            if text := complaint._describe_cause_problem():
                raise ValidationError(text)

    def _describe_cause_problem(self):
        """Return why the complaint cannot be closed for want of causes, or None."""
        self.ensure_one()
        # sudo: categories say the same to everybody
        category = self.sudo().category_id
        if self.outcome not in UPHELD or (category and not category.is_cause_required):
            return None
        # sudo: whoever closes the case, all its causes count
        shares = self.sudo().cause_share_ids.mapped("share_percent")
        found = causes.problem(shares)
        if not found:
            return None
        if found == causes.NONE:
            return self.env._(
                "“%(complaint)s” is upheld: enter its confirmed causes under “Causes and Actions”"
                " before it is closed.",
                complaint=self.display_name,
            )
        return self.env._(
            "The causes of “%(complaint)s” sum to %(total)s %%, not to 100. Correct their shares"
            " before it is closed.",
            complaint=self.display_name,
            total=f"{causes.total(shares):g}",
        )

    def action_normalize_causes(self):
        """Bring the shares of the causes to 100 %, in the proportion they have."""
        for complaint in self:
            lines = complaint.cause_share_ids
            lines.check_access("write")
            shares = causes.normalize(lines.mapped("share_percent"))
            for line, share in zip(lines, shares, strict=True):
                line.share_percent = share

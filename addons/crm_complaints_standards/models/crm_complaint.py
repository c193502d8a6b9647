from odoo import api, fields, models

from odoo.addons.crm_complaints.models.cause.crm_complaint_causes import UPHELD


class CrmComplaint(models.Model):
    """What standards have to do with a complaint: which it came of, which were broken on it."""

    _inherit = "crm.complaint"

    standard_violation_count = fields.Integer(
        "Violations of Standards",
        compute="_compute_standard_violation_count",
        groups="crm_standards.group_user",
        help="Deadlines of this complaint and its tasks that were missed against a standard, as far"
        " as one may see them.",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_standard_violation_count(self):
        by_complaint = self._find_standard_violations().grouped("complaint_id")
        for complaint in self:
            complaint.standard_violation_count = len(by_complaint.get(complaint._origin, ()))

    def _find_standard_violations(self):
        """Return the violations on these complaints that the user may see, in sudo."""
        violations = self.env["crm.standard.violation"]
        # sudo: to whom a violation belongs; which of them count the user's own rights decide
        ids = violations.sudo().search([("complaint_id", "in", self.ids)]).ids
        return violations.search([("id", "in", ids)]).sudo()

    def action_view_standard_violations(self):
        """Open the violations of standards on this complaint."""
        self.ensure_one()
        self.check_access("read")
        window = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_standards.crm_standard_violation_action"
        )
        ids = self._find_standard_violations().ids
        return {**window, "domain": [("id", "in", ids)], "context": {}}

    def _describe_cause_problem(self):
        """Ask for the standard, too, where a cause says that one was not kept."""
        found = super()._describe_cause_problem()
        if found or self.outcome not in UPHELD:
            return found
        # sudo: whoever closes the case, all its causes count
        shares = self.sudo().cause_share_ids
        unnamed = shares.filtered(lambda s: s.cause_id.is_standard_needed and not s.standard_id)
        if not unnamed:
            return None
        return self.env._(
            "“%(complaint)s” came of a standard that was not kept: name the standard beside the"
            " cause “%(cause)s” before it is closed.",
            complaint=self.display_name,
            cause=unnamed[0].cause_id.name,
        )

    @api.depends("cause_share_ids.cause_id", "cause_share_ids.standard_id")
    def _compute_causes_guidance(self):
        return super()._compute_causes_guidance()

    # ---- deadlines ------------------------------------------------------------------------

    def _deadline_missed(self, clocks):
        result = super()._deadline_missed(clocks)
        self.env["crm.standard.violation"]._record_missed(clocks)
        return result

    # ---- secrecy --------------------------------------------------------------------------

    def _shut_out_hidden(self):
        """Take violations on them, too, from those who must not see the complaints any more."""
        result = super()._shut_out_hidden()
        # sudo: messages and reminders of other people; only a secret shuts anybody out
        secret = self.sudo().filtered(lambda c: c.is_confidential or c.hidden_user_ids)
        if secret:
            violations = self.env["crm.standard.violation"].sudo()
            violations.search([("complaint_id", "in", secret.ids)])._shut_out()
        return result

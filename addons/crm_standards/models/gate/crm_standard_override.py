from __future__ import annotations

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

MAX_HOURS = 24 * 90


class CrmStandardOverride(models.Model):
    """An exception from a blocking rule: for one lead, one rule, one time, for some hours.

    The only way past a rule. The gate takes it in the same transaction as the move it lets pass;
    two moves at the same moment cannot both have it, because the database lets only one of them
    change the line.
    """

    _name = "crm.standard.override"
    _description = "Exception from a Rule"
    _inherit = ["crm.standard.request"]

    state = fields.Selection(
        selection_add=[("used", "Used"), ("expired", "Expired")],
        ondelete={"used": "cascade", "expired": "cascade"},
    )
    date_expiry = fields.Datetime(string="Valid until", readonly=True)
    date_used = fields.Datetime(string="Used on", readonly=True)
    used_by_id = fields.Many2one("res.users", string="Used by", readonly=True)
    decision_ids = fields.One2many("crm.standard.decision", "override_id", readonly=True)

    _one_waits = models.UniqueIndex(
        "(lead_id, rule_id) WHERE state = 'requested'", "This exception is asked for already."
    )
    _usable_idx = models.Index("(lead_id, rule_id) WHERE state = 'approved'")

    @api.model
    def _get_approvers(self, lead, rule):
        people = super()._get_approvers(lead, rule)
        if role := rule.override_role_id:
            people |= role._get_present_people(lead)
        return people

    @api.model
    def _ask(self, lead, rule, reason=""):
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the rule should not hold this time."))
        if rule.strength != "block":
            raise UserError(
                self.env._(
                    "“%(rule)s” stops nobody: no exception is needed.", rule=rule.display_name
                )
            )
        return super()._ask(lead, rule, reason)

    def action_approve(self, reason="", hours=0):
        """Grant the exception for some hours (default: the rule's)."""
        self._check_may_decide()
        for override in self:
            wanted = hours or override.sudo().rule_id.override_hours or 24  # the rule's own law
            expiry = self.env.cr.now() + timedelta(hours=min(max(wanted, 1), MAX_HOURS))
            override._decide("approved", reason, date_expiry=expiry)

    # ---- for the gate ---------------------------------------------------------------------

    @api.model
    def _find_usable(self, pairs: set[tuple[int, int]]) -> dict[tuple[int, int], int]:
        """Return the granted exceptions for pairs of lead and rule, by pair."""
        if not pairs:
            return {}
        self.flush_model(["state", "date_expiry"])
        lead_ids, rule_ids = zip(*sorted(pairs), strict=True)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (lead_id, rule_id) lead_id, rule_id, id
                  FROM crm_standard_override
                 WHERE state = 'approved' AND date_expiry > %s
                   AND (lead_id, rule_id) IN (SELECT * FROM unnest(%s::int[], %s::int[]))
              ORDER BY lead_id, rule_id, date_expiry
                """,
                self.env.cr.now(),
                list(lead_ids),
                list(rule_ids),
            )
        )
        return {(lead_id, rule_id): override_id for lead_id, rule_id, override_id in rows}

    @api.model
    def _use(self, ids) -> None:
        """Mark exceptions as used, with the move they let pass.

        Two transactions that want the same one: the database makes the second fail and start
        anew, and then it finds none.
        """
        if not ids:
            return
        overrides = self.sudo().browse(sorted(ids))  # the gate, whoever moves the lead
        overrides._sealed_write(
            {"state": "used", "date_used": self.env.cr.now(), "used_by_id": self.env.uid}
        )
        overrides.flush_recordset()
        self.env["crm.standard.decision"]._note(overrides, "used")

    @api.model
    def _get_last_used(self, lead_id: int, rule_id: int):
        """Return the exception that has just let a lead past a rule."""
        domain = [("lead_id", "=", lead_id), ("rule_id", "=", rule_id), ("state", "=", "used")]
        # the register's own question, whoever moves the lead
        return self.sudo().search(domain, order="date_used desc, id desc", limit=1)

    @api.model
    def _expire(self) -> None:
        """Note which exceptions nobody used in time. They were without effect already."""
        domain = [("state", "=", "approved"), ("date_expiry", "<=", self.env.cr.now())]
        late = self.sudo().search(domain)  # all companies
        late._sealed_write({"state": "expired"})
        self.env["crm.standard.decision"]._note(late, "expired")

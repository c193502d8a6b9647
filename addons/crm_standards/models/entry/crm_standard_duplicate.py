from __future__ import annotations

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class CrmStandardDuplicate(models.Model):
    """Two contacts, or two open opportunities, that are likely the same customer.

    Drawn by a job (:meth:`_cron_draw`); a person merges them by core's wizards or says that they
    are different, and they are not proposed again. A pair is seen by whoever may see both records.
    """

    _name = "crm.standard.duplicate"
    _description = "Likely Duplicates"
    _order = "score desc, id"
    _log_access = False

    subject = fields.Selection(
        [("contact", "Contacts"), ("lead", "Opportunities")], required=True, readonly=True
    )
    partner_id = fields.Many2one(
        "res.partner", string="Contact", ondelete="cascade", readonly=True, index="btree_not_null"
    )
    other_partner_id = fields.Many2one(
        "res.partner",
        string="Same Contact",
        ondelete="cascade",
        readonly=True,
        index="btree_not_null",
    )
    lead_id = fields.Many2one(
        "crm.lead",
        string="Opportunity",
        ondelete="cascade",
        readonly=True,
        index="btree_not_null",
    )
    other_lead_id = fields.Many2one(
        "crm.lead",
        string="Same Opportunity",
        ondelete="cascade",
        readonly=True,
        index="btree_not_null",
    )
    score = fields.Integer(
        string="Certainty (%)", readonly=True, aggregator="avg", help="From 60, likely, to 100."
    )
    reasons = fields.Char(string="Reason Codes", readonly=True)
    reason_text = fields.Char(string="Because of the same", compute="_compute_reason_text")
    state = fields.Selection(
        [("open", "To decide"), ("different", "Different")],
        default="open",
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one("res.users", string="Decided by", readonly=True)
    date_decided = fields.Datetime(string="Decided on", readonly=True)

    # a merge makes a pair of one and the same, which is none
    _partners_differ = models.Constraint("CHECK(partner_id < other_partner_id)")
    _leads_differ = models.Constraint("CHECK(lead_id < other_lead_id)")
    _partners_once = models.UniqueIndex(
        "(partner_id, other_partner_id) WHERE partner_id IS NOT NULL"
    )
    _leads_once = models.UniqueIndex("(lead_id, other_lead_id) WHERE lead_id IS NOT NULL")

    @api.depends("reasons")
    @api.depends_context("lang")
    def _compute_reason_text(self):
        labels = self._get_reason_labels()
        for pair in self:
            codes = (pair.reasons or "").split(",")
            pair.reason_text = ", ".join(labels[code] for code in codes if code in labels)

    @api.depends("partner_id", "other_partner_id", "lead_id", "other_lead_id")
    def _compute_display_name(self):
        for pair in self:
            names = [record.display_name for record in pair._get_records()]
            pair.display_name = " / ".join(names)

    @api.model
    def _get_reason_labels(self) -> dict[str, str]:
        """Return how reasons are called on the screen."""
        return {
            "tax_id": self.env._("tax number"),
            "email": self.env._("e-mail"),
            "phone": self.env._("phone"),
            "name": self.env._("name"),
        }

    def _get_records(self):
        """Return the two records of a pair."""
        self.ensure_one()
        if self.subject == "lead":
            return self.lead_id + self.other_lead_id
        return self.partner_id + self.other_partner_id

    # ---- who sees a pair ------------------------------------------------------------------

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            domain = Domain(domain) & self._search_readable()
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model
    def _search_readable(self) -> Domain:
        """Return the domain of the pairs both of whose records the user may read.

        A part of the search itself: lists, counts and groups tell nothing about other records.
        """
        readable = Domain.FALSE
        for model, one, other in (
            ("res.partner", "partner_id", "other_partner_id"),
            ("crm.lead", "lead_id", "other_lead_id"),
        ):
            if self.env[model].has_access("read"):
                records = self.env[model]._search([], active_test=False)
                readable |= Domain(one, "in", records) & Domain(other, "in", records)
        return readable

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if result or operation != "read" or not any(self._ids):
            return result
        forbidden = self - self.sudo(False).search([("id", "in", self.ids)])
        return (forbidden, forbidden._read_error) if forbidden else None

    def _read_error(self):
        return AccessError(
            self.env._("You may not see both records of this pair. Ask a controller.")
        )

    # ---- decisions ------------------------------------------------------------------------

    def action_merge(self):
        """Open core's wizard that merges the two records."""
        self.ensure_one()
        records = self._get_records()
        records.check_access("write")
        return self._get_merge_action(records)

    def action_different(self):
        """Decide that they are different: they are not proposed again."""
        self._decide("different")

    def action_reopen(self):
        """Take the decision back."""
        self._decide("open")

    def _decide(self, state):
        """Note a decision, of whoever may change both records."""
        self.check_access("read")
        for pair in self:
            pair._get_records().check_access("write")
        is_open = state == "open"
        # nobody has the right to write pairs; both records were checked above
        self.sudo().write(
            {
                "state": state,
                "user_id": False if is_open else self.env.uid,
                "date_decided": False if is_open else self.env.cr.now(),
            }
        )

    @api.model
    def _get_merge_action(self, records):
        """Return the action of core's merge wizard for records, which checks rights itself."""
        model = (
            "base.partner.merge.automatic.wizard"
            if records._name == "res.partner"
            else "crm.merge.opportunity"
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Merge"),
            "res_model": model,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"active_model": records._name, "active_ids": records.ids},
        }

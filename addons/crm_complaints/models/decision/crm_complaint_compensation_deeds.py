from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...logic.limits import UNLIMITED, is_within
from ..case.crm_complaint_remedy import REMEDY_KINDS
from .crm_complaint_compensation import GRANTED


class CrmComplaintCompensation(models.Model):
    """What is done with a compensation, and who may.

    Within his own limit whoever proposes has granted it. Above, somebody else whose limit covers it
    decides, never anybody who proposed it. The limit covers all that is granted on the complaint.
    """

    _inherit = "crm.complaint.compensation"

    can_decide = fields.Boolean(
        "Waits for Me", compute="_compute_can_decide", search="_search_can_decide"
    )

    @api.depends_context("uid")
    @api.depends("state", "amount", "currency_id", "remedy_id")
    def _compute_can_decide(self):
        for compensation in self:
            compensation.can_decide = compensation.state == "proposed" and (
                compensation._find_refusal(self.env.user) is None
            )

    @api.model
    def _search_can_decide(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        limits = self.env["crm.complaint.limit"]
        covered = Domain.FALSE
        for company in self.env.companies:
            for kind, _name in REMEDY_KINDS:
                top = limits._get_ceiling(self.env.user, kind, company)
                domain = Domain("company_id", "=", company.id) & Domain("kind", "=", kind)
                if top != UNLIMITED:
                    domain &= Domain("company_amount", "<=", top)
                covered |= domain
        waiting = self.search(covered & Domain("state", "=", "proposed"))
        # the total of the complaint and earlier proposals are judged one by one: few wait
        mine = waiting.filtered(lambda one: one._find_refusal(self.env.user) is None)
        return Domain("id", "in", mine.ids)

    # --- deeds

    def _propose(self):
        """Note a new proposal, and grant at once what is within the proposer's own limit."""
        now = fields.Datetime.now()
        for one in self:
            company = one.company_id
            worth = one.currency_id._convert(one.amount, company.currency_id, company, now)
            one._write_facts({"user_id": self.env.uid, "date": now, "company_amount": worth})
        self.env["crm.complaint.compensation.deed"]._note(self, "proposed")
        for one in self:
            if one._is_covered(self.env.user):
                one._decide("approved")
            else:
                one._ask_approval()

    def action_approve(self):
        """Grant what somebody else proposed."""
        self._check_may_decide()
        for compensation in self:
            compensation._decide("approved")

    def action_refuse(self, reason=""):
        """Refuse what somebody else proposed; without a reason the dialog asks for it."""
        self._check_may_decide()
        return self._end("refused", reason)

    def action_withdraw(self, reason=""):
        """Take back what was proposed or granted and not carried out; asks for the reason."""
        self.check_access("write")
        self._check_state("proposed", "approved")
        return self._end("withdrawn", reason)

    def action_carry_out(self):
        """Note that the complainant has got what was granted, and book what it cost."""
        self.check_access("write")
        self._check_state("approved")
        self._carry_out()

    def _end(self, deed, reason):
        reason = reason.strip() if isinstance(reason, str) else ""
        if reason:
            for compensation in self:
                compensation._decide(deed, reason)
            return None
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_complaints.crm_complaint_compensation_end_action"
        )
        context = {"default_compensation_ids": self.ids, "default_deed": deed}
        return {**action, "context": context}

    def _decide(self, deed, reason=""):
        """Set a state that somebody decided, checked already, and note it."""
        self._write_facts(
            {
                "state": deed,
                "decider_id": self.env.uid,
                "date_decided": fields.Datetime.now(),
                "reason": reason or False,
            }
        )
        self.env["crm.complaint.compensation.deed"]._note(self, deed, reason)
        self._follow_deed(deed)

    def _carry_out(self):
        """Note that these are carried out. Bridges call it when their document is done."""
        self._write_facts({"state": "carried_out", "date_done": fields.Datetime.now()})
        self.env["crm.complaint.compensation.deed"]._note(self, "carried_out")
        costs = [vals for compensation in self for vals in compensation._prepare_costs()]
        self.env["crm.complaint.cost"]._book(costs)
        self._follow_deed("carried_out")

    def _take_back(self, reason):
        """Note that the document that carried these out was taken back. For bridges only.

        They stay granted and wait to be carried out again; what the document cost is gone.
        """
        self._write_facts({"state": "approved", "date_done": False})
        self.env["crm.complaint.compensation.deed"]._note(self, "taken_back", reason)
        # sudo: costs follow from the document, whoever takes it back
        self.sudo().cost_ids.filtered("is_booked")._unbook()
        self._follow_deed("taken_back")

    def _follow_deed(self, deed):
        """Hook: these compensations were approved, refused, withdrawn, carried out, taken back."""
        if deed != "proposed":
            self._end_request()

    def _prepare_costs(self):
        """Hook: return values of the cost lines of what was carried out, to be booked.

        A bridge whose document is the cost returns what the document says instead.
        """
        self.ensure_one()
        if not self.amount:
            return []
        kind = self.kind if self.kind in ("replacement", "repair") else "credit"
        return [
            {
                "complaint_id": self.complaint_id.id,
                "compensation_id": self.id,
                "kind": kind,
                "name": self.description or self.remedy_id.name,
                "amount": self.amount,
                "currency_id": self.currency_id.id,
            }
        ]

    # --- who may

    def _get_total(self):
        """Return what is granted on the complaint together with this, in the company's currency."""
        self.ensure_one()
        # sudo: what was granted counts whoever may see it
        others = self.sudo().complaint_id.compensation_ids - self
        granted = others.filtered(lambda one: one.state in GRANTED)
        return sum(granted.mapped("company_amount")) + self.company_amount

    def _is_covered(self, user):
        """Whether the limit of ``user`` covers all that would then be granted."""
        self.ensure_one()
        company = self.company_id
        top = self.env["crm.complaint.limit"]._get_ceiling(user, self.kind, company)
        return is_within(self._get_total(), top, company.currency_id.rounding)

    def _find_refusal(self, user):
        """Return why ``user`` may not decide about this; None if he may."""
        self.ensure_one()
        # sudo: the log says the same to everybody
        proposers = self.sudo().deed_ids.filtered(lambda deed: deed.deed == "proposed").user_id
        if user in proposers:
            return self.env._("Nobody decides about what he has proposed himself.")
        if not self._is_covered(user):
            return self.env._("It is above your limit.")
        return None

    def _check_may_decide(self):
        self.check_access("write")
        self._check_state("proposed")
        for compensation in self:
            if refusal := compensation._find_refusal(self.env.user):
                raise UserError(
                    self.env._(
                        "You cannot decide about “%(compensation)s”. %(refusal)s",
                        compensation=compensation.display_name,
                        refusal=refusal,
                    )
                )

    def _check_state(self, *states):
        for compensation in self:
            if compensation.state not in states:
                raise UserError(
                    self.env._(
                        "“%(compensation)s” cannot be changed this way: it is already “%(state)s”.",
                        compensation=compensation.display_name,
                        state=dict(self._fields["state"]._description_selection(self.env))[
                            compensation.state
                        ],
                    )
                )

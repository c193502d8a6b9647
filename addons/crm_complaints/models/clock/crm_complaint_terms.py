import logging
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...logic.terms import FROM_RECEIPT, Case, candidates, earliest, first_covering

_logger = logging.getLogger(__name__)

#: What decides about the terms of a complaint: a change judges them anew.
DECISIVE = frozenset(
    {
        "date_received",
        "company_id",
        "team_id",
        "category_id",
        "severity",
        "partner_id",
        "jurisdiction_id",
        "remedy_demanded_id",
        "circumstance_ids",
    }
)


class CrmComplaint(models.Model):
    """Which terms a complaint has: chosen at its birth, judged anew when what decides changes.

    How the clocks follow stands in ``crm_complaint_judging.py``.
    """

    _inherit = "crm.complaint"

    jurisdiction_id = fields.Many2one(
        "crm.complaint.jurisdiction",
        compute="_compute_jurisdiction_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        help="Whose rules set terms by the remedy demanded, and say what an answer must contain.",
    )
    circumstance_ids = fields.Many2many(
        "crm.complaint.circumstance",
        string="Circumstances",
        copy=False,
        help="What makes the law set another term.",
    )
    term_ids = fields.One2many("crm.complaint.term", "complaint_id", "Terms", readonly=True)

    @api.depends("partner_id", "category_id", "company_id")
    def _compute_jurisdiction_id(self):
        jurisdictions = self.env["crm.complaint.jurisdiction"]
        known = jurisdictions._get_scopes()
        for complaint in self:
            key = first_covering(known, complaint._get_case())
            complaint.jurisdiction_id = jurisdictions.browse(key)

    @api.model_create_multi
    def create(self, vals_list):
        complaints = super().create(vals_list)
        # sudo: terms run for every complaint, whoever hands it in
        complaints.sudo()._start_terms(FROM_RECEIPT)
        return complaints

    def write(self, vals):
        if not vals.keys() & DECISIVE:
            return super().write(vals)
        # sudo: as above; what was received when decides which clocks begin anew
        received = {complaint.id: complaint.date_received for complaint in self.sudo()}
        result = super().write(vals)
        changed = sorted(self._fields[name]._description_string(self.env) for name in vals)
        reason = self.env._("changed: %(fields)s", fields=", ".join(changed))
        complaints = self.sudo()  # sudo: as above
        moved = complaints.filtered(lambda c: c.date_received != received[c.id])
        moved._restart_terms(reason)
        (complaints - moved)._judge_terms(reason)
        return result

    def _get_case(self):
        """Return what of the complaint decides about its terms."""
        self.ensure_one()
        # sudo: the customer's class decides whether the clerk may read his contact or not
        complaint = self.sudo()
        partner = complaint.partner_id
        customer = partner.commercial_partner_id
        country = partner.country_id or customer.country_id or complaint.company_id.country_id
        path = complaint.category_id.parent_path or ""
        return Case(
            company=complaint.company_id.id,
            team=complaint.team_id.id or None,
            categories=frozenset(map(int, filter(None, path.split("/")))),
            severity=complaint.severity or None,
            tags=frozenset((partner | customer).category_id.ids),
            customers=frozenset((partner | customer).ids),
            country=country.id or None,
            is_consumer=not customer.is_company,
            jurisdiction=complaint.jurisdiction_id.id or None,
            remedy=complaint.remedy_demanded_id.kind or None,
            circumstances=frozenset(complaint.circumstance_ids.ids),
        )

    def _choose_terms(self):
        """Return by the id of each complaint what its clocks count by: choices by kind of clock."""
        levels = self.env["crm.complaint.level"]._get_levels()
        rules = self.env["crm.complaint.jurisdiction"]._get_rules()
        found = {c.id: candidates(levels, rules, c._get_case()) for c in self}
        dues = self._plan_dues(found)
        return {
            key: {kind: earliest(choices, dues[key]) for kind, choices in kinds.items()}
            for key, kinds in found.items()
        }

    def _plan_dues(self, found):
        """Return the due time by each policy, for the complaints where several compete.

        Each policy is asked once for all complaints of a company.
        """
        dues, asked = defaultdict(dict), defaultdict(lambda: self.browse())
        for complaint in self:
            for choices in found[complaint.id].values():
                for choice in choices if len(choices) > 1 else ():
                    asked[complaint.company_id, choice.policy] |= complaint
        for (company, policy_id), complaints in asked.items():
            policy = self.env["crm.deadline.policy"].browse(policy_id)
            starts = complaints.mapped("date_received")
            try:
                planned = policy._get_due_dates(
                    [complaint.date_received for complaint in complaints], company=company
                )
            except UserError as error:
                _logger.warning("policy %s plans nothing from %s: %s", policy_id, starts[:1], error)
                continue  # the policy itself shows its problem; another rule decides
            for complaint, due in zip(complaints, planned, strict=True):
                dues[complaint.id][policy_id] = due
        return dues

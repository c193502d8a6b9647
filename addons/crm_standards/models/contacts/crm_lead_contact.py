from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ... import origin
from ...logic.contacts import arrival_of
from .crm_standard_contact_limit import ARRIVALS
from .crm_standard_contact_limit_follow import KIND_PREFIX

#: Core's mediums that say how a lead came in.
MEDIUMS = {
    "utm.utm_medium_website": "website",
    "utm.utm_medium_phone": "phone",
    "utm.utm_medium_email": "email",
}


class CrmLead(models.Model):
    """Leads: how they came in, and whether they wait for a contact for too long."""

    _inherit = "crm.lead"

    arrival = fields.Selection(
        ARRIVALS,
        string="Came In",
        readonly=True,
        copy=False,
        help="Noted when the lead is created; how soon it must be answered may depend on it.",
    )
    contact_overdue = fields.Char(
        compute="_compute_contact_overdue",
        search="_search_contact_overdue",
        help="Which limits of the contact regulation this opportunity has passed.",
    )
    contact_warning = fields.Char(compute="_compute_contact_warning")

    @api.depends("deadline_clock_ids.state", "deadline_clock_ids.date_end")
    @api.depends_context("lang")
    def _compute_contact_overdue(self):
        # a deadline of a lead is no secret to whoever reads the lead
        clocks = self.env["crm.deadline.clock"].sudo()
        late = clocks.search([("res_id", "in", self.ids), *self._late_domain()])
        names = {
            limit._get_kind(): limit.name
            for limit in self.env["crm.standard.contact.limit"].sudo().search([])  # as above
        }
        late_by_lead = late.grouped("res_id")
        for lead in self:
            own = late_by_lead.get(lead._origin.id, ())
            lead.contact_overdue = ", ".join(names.get(clock.kind, "") for clock in own)

    @api.model
    def _late_domain(self):
        """Return the domain of the clocks of limits that are missed and still open."""
        return [
            ("res_model", "=", "crm.lead"),
            ("kind", "=like", f"{KIND_PREFIX}%"),
            ("state", "=", "missed"),
            ("date_end", "=", False),
        ]

    @api.model
    def _search_contact_overdue(self, operator, value):
        if operator != "in" or set(value) != {False}:
            return NotImplemented
        return ~Domain("deadline_clock_ids", "any!", self._late_domain())

    @api.depends("partner_id")
    @api.depends_context("lang", "uid")
    def _compute_contact_warning(self):
        norms = self.env["crm.standard.contact.norm"]
        warnings = norms._warn_each({lead: lead.partner_id._origin for lead in self})
        for lead in self:
            lead.contact_warning = warnings[lead]

    @api.model_create_multi
    def create(self, vals_list):
        came_by = origin.origin_of(self.env)
        mediums = self._get_medium_kinds()
        arrivals = [
            {"arrival": arrival_of(came_by, mediums.get(vals.get("medium_id")))}
            for vals in vals_list
        ]
        return super().create(
            [{**vals, **arrival} for vals, arrival in zip(vals_list, arrivals, strict=True)]
        )

    def write(self, vals):
        if "arrival" in vals:
            raise AccessError(
                self.env._("How a lead came in is noted when it is created, not by hand.")
            )
        return super().write(vals)

    @api.model
    def _get_medium_kinds(self) -> dict[int, str]:
        """Return how leads of core's mediums came in."""
        kinds = {}
        for name, kind in MEDIUMS.items():
            if medium_id := self.env["ir.model.data"]._xmlid_to_res_id(name):
                kinds[medium_id] = kind
        return kinds

    def _merge_dependences(self, opportunities):
        result = super()._merge_dependences(opportunities)
        # the contacts are the customer's, whoever may see them
        contacts = self.env["crm.standard.contact"].sudo()
        moved = contacts.search([("lead_id", "in", opportunities.ids)])
        moved._sealed_write({"lead_id": self.id})
        return result

    # ---- the limits' clocks ---------------------------------------------------------------

    def _deadline_reconcile(self, clocks):
        self.env["crm.standard.contact.limit"]._reconcile(clocks)
        return super()._deadline_reconcile(clocks)

    def _deadline_missed(self, clocks):
        self.env["crm.standard.contact.limit"]._register_late(clocks)
        return super()._deadline_missed(clocks)

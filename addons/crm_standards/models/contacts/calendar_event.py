from odoo import api, fields, models

#: What says with whom a meeting is.
GUESTS = frozenset({"partner_ids", "attendee_ids", "opportunity_id"})


class CalendarEvent(models.Model):
    """Meetings with customers: warned about before there is one too many."""

    _inherit = "calendar.event"

    contact_warning = fields.Text(compute="_compute_contact_warning")

    @api.depends("partner_ids", "opportunity_id")
    @api.depends_context("lang", "uid")
    def _compute_contact_warning(self):
        norms = self.env["crm.standard.contact.norm"]
        for event in self:
            event.contact_warning = (
                False if event._origin.id else norms._warn_about(event._get_contact_customers())
            )

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create(vals_list)
        norms = self.env["crm.standard.contact.norm"]
        if norms._has_bounds():
            norms._refuse_excess(events._get_contact_customers())
        return events

    def write(self, vals):
        norms = self.env["crm.standard.contact.norm"]
        if GUESTS.isdisjoint(vals) or not norms._has_bounds():
            return super().write(vals)
        before = self._get_contact_customers()
        result = super().write(vals)
        norms._refuse_excess(self._get_contact_customers() - before)
        return result

    def _get_contact_customers(self):
        """Return the people outside the company whom these meetings are with."""
        # the law applies also where the user may not look
        events = self.sudo()
        people = events.partner_ids | events.opportunity_id.partner_id
        return people.filtered("partner_share")

from odoo import api, fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    """A customer's classes: shown, and a condition of every filter, mailing and rule."""

    _inherit = "res.partner"

    segment_membership_ids = fields.One2many(
        "crm.segment.membership",
        "partner_id",
        "Rows of Classes",
        groups="crm_segments.group_user",
        readonly=True,
    )
    segment_ids = fields.Many2many(
        "crm.segment",
        string="Customer Classes",
        compute="_compute_segment_ids",
        search="_search_segment_ids",
        groups="crm_segments.group_user",
        help="Of the whole customer: people have the classes of their company.",
    )

    @api.depends("commercial_partner_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_segment_ids(self):
        found = self.commercial_partner_id._get_segments()
        for partner in self:
            partner.segment_ids = found.get(partner.commercial_partner_id._origin.id, False)

    def _get_segments(self):
        """Return the classes of whole customers by id, in one query; those the reader may see."""
        rows = self.env["crm.segment.membership"]._read_group(
            [("partner_id", "in", self.ids), ("segment_id.active", "=", True)],
            ["partner_id"],
            ["segment_id:recordset"],
        )
        return {partner.id: segments for partner, segments in rows}

    def _search_segment_ids(self, operator, value):
        """Find people of customers in classes; False stands for customers without any."""
        if operator == "in":
            values = list(value)
            wanted = Domain("id", "in", [one for one in values if type(one) is int])
            if names := [one for one in values if isinstance(one, str)]:
                wanted |= Domain("display_name", "in", names)
            found = self._has_segment(wanted)
            return found | ~self._has_segment(Domain.TRUE) if False in values else found
        if operator in ("any", "any!"):
            wanted = value if isinstance(value, Domain) else Domain("id", "in", value)
            return self._has_segment(wanted)
        if operator in ("ilike", "like", "=ilike", "=like"):
            return self._has_segment(Domain("display_name", operator, value))
        return NotImplemented

    def _has_segment(self, domain):
        # classes of archived methods are computed no more: they would tell what was once
        segment = domain & Domain("active", "=", True)
        member = Domain("segment_membership_ids", "any", [("segment_id", "any", segment)])
        return Domain("commercial_partner_id", "any", member)

    def action_view_segment_changes(self):
        """Show how the classes of customers changed."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_segments.crm_segment_change_action"
        )
        action["domain"] = [("partner_id", "in", self.commercial_partner_id.ids)]
        return action

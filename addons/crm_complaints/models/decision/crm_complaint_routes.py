from odoo import api, fields, models


class CrmComplaint(models.Model):
    """The routes beyond us that a complainant has, shown on the case and told in the answer."""

    _inherit = "crm.complaint"

    route_ids = fields.Many2many(
        "crm.complaint.route",
        string="Routes beyond Us",
        compute="_compute_route_ids",
        help="Where the complainant can go who does not accept our answer.",
    )

    @api.depends("company_id", "category_id", "partner_id.country_id")
    def _compute_route_ids(self):
        # sudo: routes say the same to everybody
        routes = self.env["crm.complaint.route"].sudo().search([("active", "=", True)])
        for complaint in self:
            complaint.route_ids = routes.filtered(complaint._has_route)

    def _has_route(self, route):
        """Hook: whether the complainant of this complaint can go this route."""
        self.ensure_one()
        path = [int(part) for part in (self.category_id.parent_path or "").split("/") if part]
        country = self.partner_id.country_id or self.company_id.country_id
        return (
            (not route.company_id or route.company_id == self.company_id)
            and (not route.country_id or route.country_id == country)
            and (not route.category_ids or not set(path).isdisjoint(route.category_ids.ids))
        )

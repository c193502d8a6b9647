from odoo import fields, models


class CrmComplaintRoute(models.Model):
    """Where a complainant can go who does not accept our answer: ombudsman, authority, court."""

    _name = "crm.complaint.route"
    _description = "Route beyond Us"
    _inherit = ["crm.complaint.catalogue"]

    description = fields.Text(
        "How",
        translate=True,
        help="How and until when to turn there, as the complainant reads it in the answer.",
    )
    url = fields.Char("Website")
    country_id = fields.Many2one(
        "res.country",
        index="btree_not_null",
        help="Only for complainants of this country. Empty: for all.",
    )
    category_ids = fields.Many2many(
        "crm.complaint.category",
        "crm_complaint_route_category_rel",
        string="Categories",
        help="Only for complaints of these categories and those below. Empty: for all.",
    )
    company_id = fields.Many2one("res.company", index="btree_not_null")

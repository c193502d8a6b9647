from odoo import api, fields, models


class CrmComplaint(models.Model):
    """Who complains, for whom, and how to reach him."""

    _inherit = "crm.complaint"

    partner_id = fields.Many2one(
        "res.partner",
        "Complainant",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    commercial_partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        related="partner_id.commercial_partner_id",
        store=True,
        precompute=True,
        index="btree_not_null",
        help="The company of the complainant, or himself.",
    )
    on_behalf_partner_id = fields.Many2one(
        "res.partner",
        "On Behalf of",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="For whom the complainant speaks, if not for himself.",
    )
    contact_name = fields.Char(
        "Name", compute="_compute_contact_name", store=True, readonly=False, precompute=True
    )
    email_from = fields.Char(
        "E-mail", compute="_compute_email_from", store=True, readonly=False, precompute=True
    )
    email_normalized = fields.Char(index="btree_not_null")
    phone = fields.Char(compute="_compute_phone", store=True, readonly=False, precompute=True)
    phone_sanitized = fields.Char(index="btree_not_null")
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        "Language",
        compute="_compute_lang",
        store=True,
        readonly=False,
        precompute=True,
        help="In which language the complainant gets our answers.",
    )

    @api.depends("partner_id")
    def _compute_contact_name(self):
        for complaint in self:
            complaint.contact_name = complaint.partner_id.name or complaint.contact_name

    @api.depends("partner_id")
    def _compute_email_from(self):
        for complaint in self:
            complaint.email_from = complaint.partner_id.email or complaint.email_from

    @api.depends("partner_id")
    def _compute_phone(self):
        for complaint in self:
            complaint.phone = complaint.partner_id.phone or complaint.phone

    @api.depends("partner_id")
    def _compute_lang(self):
        for complaint in self:
            complaint.lang = complaint.partner_id.lang or complaint.lang

    def _phone_get_number_fields(self):
        return ["phone"]

    def _mail_get_partner_fields(self, introspect_fields=False):
        return ["partner_id"]

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

#: The first line names the complaint, as far as that.
LONGEST_NAME = 80
#: So much of what happened before is shown to whoever is on the phone.
MOST_SHOWN = 5


class CrmComplaintPhone(models.TransientModel):
    """Write a complaint down while somebody talks: who, about what, what he wants. Keyboard only.

    For every employee: who has no rights on complaints hands it in and does not see it afterwards.
    """

    _name = "crm.complaint.phone"
    _description = "Register a Complaint"

    partner_id = fields.Many2one("res.partner", "Complainant")
    contact_name = fields.Char("Name")
    phone = fields.Char(compute="_compute_contact", store=True, readonly=False)
    email_from = fields.Char("E-mail", compute="_compute_contact", store=True, readonly=False)
    channel = fields.Selection(
        [
            ("phone", "Phone"),
            ("visit", "Visit"),
            ("letter", "Letter"),
            ("social", "Social network"),
            ("mail", "E-mail"),
        ],
        "Came by",
        required=True,
        default="phone",
    )
    date_received = fields.Datetime("Received", required=True, default=fields.Datetime.now)
    category_id = fields.Many2one("crm.complaint.category")
    remedy_demanded_id = fields.Many2one("crm.complaint.remedy", "Demand")
    lead_id = fields.Many2one("crm.lead", "Opportunity")
    substance = fields.Text(
        "What Happened", help="In the complainant's words. The first line names the complaint."
    )
    earlier_ids = fields.Many2many(
        "crm.complaint",
        compute="_compute_earlier_ids",
        groups="crm_complaints.group_user",
        string="Earlier Complaints",
        help="The last ones of this customer that you may see.",
    )
    lead_ids = fields.Many2many(
        "crm.lead",
        compute="_compute_lead_ids",
        groups="sales_team.group_sale_salesman",
        string="Opportunities",
        help="The last ones of this customer that you may see.",
    )

    @api.model
    def default_get(self, fields_list):
        """Take the complainant over from the customer or opportunity the form is opened on."""
        values = super().default_get(fields_list)
        model, id_ = (self.env.context.get(f"active_{name}") for name in ("model", "id"))
        if model not in ("res.partner", "crm.lead") or not isinstance(id_, int):
            return values
        record = self.env[model].browse(id_).exists()
        if not record or not record.has_access("read"):
            return values
        partner = record if model == "res.partner" else record.partner_id
        found = {"partner_id": partner.id}
        if model == "crm.lead":
            found |= {"lead_id": record.id}
            if not partner:
                found |= {"contact_name": record.contact_name or record.partner_name}
                found |= {"phone": record.phone, "email_from": record.email_from}
        return values | {name: value for name, value in found.items() if name in fields_list}

    @api.depends("partner_id")
    def _compute_contact(self):
        for wizard in self:
            wizard.phone = wizard.partner_id.phone or wizard.phone
            wizard.email_from = wizard.partner_id.email or wizard.email_from

    @api.depends("partner_id")
    def _compute_earlier_ids(self):
        for wizard in self:
            wizard.earlier_ids = wizard._get_last("crm.complaint")

    @api.depends("partner_id")
    def _compute_lead_ids(self):
        for wizard in self:
            wizard.lead_ids = wizard._get_last("crm.lead")

    def _get_last(self, model):
        """Return the customer's last records of a model, as far as the user may see them."""
        self.ensure_one()
        customer = self.partner_id.commercial_partner_id
        domain = [("partner_id", "child_of", customer.ids)]
        return self.env[model].search(domain, limit=MOST_SHOWN, order="id desc")

    def action_register(self):
        """Register the complaint, say its number and close."""
        self.ensure_one()
        complaint = self._create_complaint()
        message = self.env._("Complaint %(number)s is registered.", number=complaint.number)
        params = {
            "type": "success",
            "message": message,
            "next": {"type": "ir.actions.act_window_close"},
        }
        if complaint.sudo(False).has_access("read"):
            url = f"/odoo/complaints/{complaint.id}"
            links = [{"label": complaint.number, "url": url, "target": "_self"}]
            message = self.env._("Complaint %s is registered.")
            params |= {"message": message, "links": links}
        return {"type": "ir.actions.client", "tag": "display_notification", "params": params}

    def _create_complaint(self):
        """Return the new complaint, in sudo; a clerk becomes responsible for it himself."""
        complaints = self.env["crm.complaint"]
        found = complaints.register_complaint(self._prepare_complaint())
        # sudo: its number is for whoever registers it
        complaint = complaints.browse(found["id"]).sudo()
        if complaints.has_access("create"):
            complaint.user_id = self.env.uid
        return complaint

    def _prepare_complaint(self):
        """Hook: return what is handed in, see ``crm.complaint.register_complaint``."""
        self.ensure_one()
        text = (self.substance or "").strip()
        if not text:
            raise UserError(self.env._("Write down what happened: a few words are enough."))
        return {
            "name": text.splitlines()[0][:LONGEST_NAME],
            "description": plaintext2html(text),
            "partner_id": self.partner_id.id,
            "contact_name": self.partner_id.name or self.contact_name,
            "phone": self.phone,
            "email_from": self.email_from,
            "channel": self.channel,
            "date_received": self.date_received,
            "category_id": self.category_id.id,
            "remedy_demanded_id": self.remedy_demanded_id.id,
            "lead_id": self.lead_id.id,
        }

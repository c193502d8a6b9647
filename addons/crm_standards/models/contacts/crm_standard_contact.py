from odoo import fields, models

DIRECTIONS = [("out", "We to the customer"), ("in", "The customer to us")]
CHANNELS = [
    ("email", "E-mail"),
    ("call", "Call"),
    ("meeting", "Meeting"),
    ("message", "Message"),
    ("other", "Other"),
]


class CrmStandardContact(models.Model):
    """A contact with a customer: a fact for each e-mail, call or meeting, of any department.

    Gathered from what is there anyway (messages, done activities, meetings held), see
    ``crm_standard_contact_collect.py``. A fact names the whole customer (the company, not the
    person at it), because the norms of contacts speak of customers. Automatic answers, mailings by
    machines and internal notes are no contacts.
    """

    _name = "crm.standard.contact"
    _description = "Contact with a Customer"
    _inherit = ["crm.deadline.sealed"]
    _order = "date desc, id desc"
    _log_access = False  # a contact has its own date and person
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", string="Customer", ondelete="set null", readonly=True
    )
    lead_id = fields.Many2one("crm.lead", string="Opportunity", ondelete="set null", readonly=True)
    date = fields.Datetime(required=True, readonly=True)
    direction = fields.Selection(DIRECTIONS, required=True, readonly=True)
    channel = fields.Selection(CHANNELS, required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="Employee", readonly=True, index="btree_not_null")
    team_id = fields.Many2one(
        "crm.team",
        string="Sales Team",
        ondelete="set null",
        readonly=True,
        index="btree_not_null",
        help="The department: the opportunity's sales team, or else the employee's.",
    )
    company_id = fields.Many2one("res.company", readonly=True, index="btree_not_null")
    res_model = fields.Char(string="Document Model", readonly=True)
    res_id = fields.Many2oneReference(string="Document", model_field="res_model", readonly=True)
    source = fields.Selection(
        [("message", "Message"), ("meeting", "Meeting")], required=True, readonly=True
    )
    source_id = fields.Integer(
        string="Number of the Source",
        required=True,
        readonly=True,
        aggregator=None,
        help="Which message or meeting it was.",
    )

    _source_once = models.UniqueIndex("(source, source_id, partner_id)")
    _partner_idx = models.Index("(partner_id, date)")
    _lead_idx = models.Index("(lead_id, date) WHERE lead_id IS NOT NULL")
    _date_idx = models.Index("(date, partner_id)")

    def action_open_document(self):
        """Open what the contact was about, with the rights of who asks."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model or "res.partner",
            "res_id": self.res_id or self.partner_id.id,
            "views": [(False, "form")],
        }

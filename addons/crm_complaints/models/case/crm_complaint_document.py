from odoo import api, fields, models


class CrmComplaint(models.Model):
    """What other apps' documents a complaint is about: an order, an invoice, a delivery, a lot.

    A bridge adds its links and names them by ``_get_documents``. Then whoever hands in a complaint
    may give them, a message on such a document makes a complaint about it, and what a complaint
    goes on in keeps them. Nobody links a document that he may not read: its name would tell.
    """

    _inherit = "crm.complaint"

    product_id = fields.Many2one(
        compute="_compute_product_id", store=True, readonly=False, precompute=True
    )

    @api.depends(lambda self: self._get_product_sources())
    def _compute_product_id(self):
        """Follow the order line, the lot or whatever else says which product it is."""
        for complaint in self:
            found = [complaint[name].product_id for name in self._get_product_sources()]
            complaint.product_id = next(filter(None, found), complaint.product_id)

    @api.model_create_multi
    def create(self, vals_list):
        names = self._get_checked_links()
        defaults = {name: self.env.context.get(f"default_{name}") for name in names}
        self._check_documents([{**defaults, **vals} for vals in vals_list])
        complaints = super().create(vals_list)
        # again, for defaults from elsewhere
        complaints._check_documents([{name: one[name].id for name in names} for one in complaints])
        return complaints

    def write(self, vals):
        self._check_documents([vals])
        return super().write(vals)

    @api.model
    def _check_documents(self, vals_list):
        """Refuse links to documents out of the user's reach.

        Before anything else is judged: no refusal tells whose document has which number.
        """
        if self.env.su:
            return
        for name in self._get_checked_links():
            ids = [vals[name] for vals in vals_list if vals.get(name)]
            # PostgreSQL takes text for a number, too
            if not all(isinstance(id_, int) for id_ in ids):
                raise self._value_error(name)
            # without any, who has no rights on them at all works on complaints as well
            if ids:
                self.env[self._fields[name].comodel_name].browse(ids).check_access("read")

    @api.model
    def _get_checked_links(self):
        return ["lead_id", *self._get_documents()]

    def _is_of_complainant(self, partners):
        """Whether a document of these partners can be the complainant's, or that of whom he is for.

        Where the complainant or the partners are not known, nobody can say it is not.
        """
        self.ensure_one()
        own = (self.partner_id | self.on_behalf_partner_id).commercial_partner_id
        return not own or not partners or bool(own & partners.commercial_partner_id)

    @api.model
    def _count_by(self, name, records):
        """Return how many complaints the user sees by the id of the record that ``name`` links."""
        counts = self._read_group([(name, "in", records.ids)], [name], ["__count"])
        return {record.id: count for record, count in counts}

    @api.model
    def _get_list_action(self, domain, **context):
        """Return the action that lists the complaints of a document."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_complaints.crm_complaint_action"
        )
        return {**action, "domain": domain, "context": context}

    @api.model
    def _get_documents(self):
        """Hook: return the names of the fields that link documents of other apps."""
        return []

    @api.model
    def _get_product_sources(self):
        """Hook: return which of those fields say what product a complaint is about."""
        return []

    @api.model
    def _get_document_customer(self, document):
        """Hook: return the customer of a document, in sudo; whoever it is for complains."""
        return document._mail_get_customer()

from odoo import api, models


class CrmComplaintPhone(models.TransientModel):
    """A complaint is written down from the document it is about, with its customer.

    A bridge adds a field of the same name as that of the complaint.
    """

    _inherit = "crm.complaint.phone"

    @api.model
    def default_get(self, fields_list):
        """Take over the document that the form is opened on, if the user may read it."""
        values = super().default_get(fields_list)
        model, id_ = (self.env.context.get(f"active_{name}") for name in ("model", "id"))
        names = [name for name in self._get_documents() if self._fields[name].comodel_name == model]
        if not names or not isinstance(id_, int):
            return values
        document = self.env[model].browse(id_).exists()
        if not document or not document.has_access("read"):
            return values
        # sudo: whose document it is belongs to the document, which the user may read
        customer = self.env["crm.complaint"]._get_document_customer(document.sudo())
        found = {names[0]: document.id}
        if customer.sudo(False).has_access("read"):
            found["partner_id"] = customer.id
        return values | {name: value for name, value in found.items() if name in fields_list}

    @api.model_create_multi
    def create(self, vals_list):
        forms = super().create(vals_list)
        forms._check_documents()
        return forms

    def write(self, vals):
        result = super().write(vals)
        self._check_documents()
        return result

    def _check_documents(self):
        """Refuse documents out of the user's reach: their names would tell, here as well."""
        if self.env.su:
            return
        for name in ("lead_id", *self._get_documents()):
            if self[name]:
                self[name].check_access("read")

    def _prepare_complaint(self):
        documents = {name: self[name].id for name in self._get_documents()}
        return {**super()._prepare_complaint(), **documents}

    @api.model
    def _get_documents(self):
        """Return the documents of a complaint that can be chosen here."""
        names = self.env["crm.complaint"]._get_documents()
        return [name for name in names if name in self._fields]

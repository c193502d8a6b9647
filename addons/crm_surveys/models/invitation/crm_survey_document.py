from odoo import api, models

from ...logic.document import DocumentFacts

#: Fields that most documents have, and what they refer to.
USUAL = {
    "partner_id": "res.partner",
    "user_id": "res.users",
    "team_id": "crm.team",
    "product_id": "product.product",
    "company_id": "res.company",
}


class CrmSurveyDocument(models.AbstractModel):
    """What a document says about who was served, by whom and with what."""

    _name = "crm.survey.document"
    _description = "Document a Customer Is Asked About"

    @api.model
    def _get_document_facts(self, records):
        """Hook: return the facts of documents of one model, by record id.

        A bridge answers for its own models and calls ``super()`` for others. By default the usual
        fields of a document are read, so that any model can be asked about.
        """
        if records._name == "res.partner":
            return self._get_partner_facts(records)
        names = [
            name
            for name, comodel in USUAL.items()
            if name in records._fields and records._fields[name].comodel_name == comodel
        ]
        return {
            record.id: DocumentFacts(**{name: record[name].id or None for name in names})
            for record in records
        }

    @api.model
    def _get_partner_facts(self, partners):
        """A customer is looked after by a salesperson; who has none, by that of the company."""
        facts = {}
        for partner in partners:
            user = partner.user_id or partner.commercial_partner_id.user_id
            facts[partner.id] = DocumentFacts(
                partner_id=partner.id,
                user_id=user.id or None,
                team_id=user.sale_team_id.id or None,
                company_id=partner.company_id.id or None,
            )
        return facts

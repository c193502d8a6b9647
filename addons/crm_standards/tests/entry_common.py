from odoo.fields import Command

from .common import StandardsCase


class EntryCase(StandardsCase):
    """Builders for data-entry standards, and contacts of the salesman."""

    @classmethod
    def line_vals(cls, field_name, subject="company", **values):
        """Return the values of a line that blocks."""
        model = "crm.lead" if subject == "lead" else "res.partner"
        field = cls.env["ir.model.fields"]._get(model, field_name)
        return {"subject": subject, "field_id": field.id, "strength": "block", **values}

    @classmethod
    def entry_standard(cls, *lines, **values):
        """Put a data-entry standard in force; for all teams unless told otherwise."""
        return cls.standard(
            document_type="data_entry",
            code="DE-9",
            entry_ids=[Command.create(vals) for vals in lines],
            **{"team_ids": [], **values},
        )

    @classmethod
    def contact(cls, user=None, **values):
        """Create a company as the salesman, who may write contacts here."""
        user = user or cls.salesman
        contacts = cls.env["res.partner"].with_user(user)
        return contacts.create(
            {"name": "Acme", "is_company": True, "user_id": cls.salesman.id, **values}
        )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        group = cls.env.ref("base.group_partner_manager")
        (cls.salesman + cls.colleague + cls.leader).group_ids = [Command.link(group.id)]

    def breaches(self, record):
        """Return the gaps on record of a contact or opportunity, oldest first."""
        column = "lead_id" if record._name == "crm.lead" else "partner_id"
        register = self.env["crm.standard.entry.breach"]
        return register.search([(column, "=", record.id)], order="id")

    def faults(self, record):
        """Return the lines whose form a contact is known not to have."""
        faults = self.env["crm.standard.entry.fault"].search([("partner_id", "=", record.id)])
        return faults.entry_id

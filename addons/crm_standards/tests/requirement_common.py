from odoo.exceptions import ValidationError
from odoo.fields import Command

from .common import StandardsCase


class RequirementCase(StandardsCase):
    """A kind of call, a checklist and a kind of document, and what stops and passes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.call = cls.env["mail.activity.type"].create({"name": "First call"})
        cls.plan = cls.env["mail.activity.plan"].create(
            {
                "name": "Qualification",
                "res_model": "crm.lead",
                "company_id": False,
                "template_ids": [
                    Command.create({"summary": summary, "activity_type_id": cls.call.id})
                    for summary in ("Budget is known", "Decider is known")
                ],
            }
        )
        cls.contract = cls.env["crm.standard.document.kind"].create(
            {"name": "Contract", "name_pattern": "*contract*", "mimetype": "pdf"}
        )

    def activity(self, lead, **values):
        return (
            self.env["mail.activity"]
            .with_user(self.salesman)
            .create(
                {
                    "res_model_id": self.env["ir.model"]._get_id("crm.lead"),
                    "res_id": lead.id,
                    "activity_type_id": self.call.id,
                    "user_id": self.salesman.id,
                    **values,
                }
            )
        )

    def attach(self, lead, name="Our contract.pdf", raw=b"%PDF-1.4 text", **values):
        return (
            self.env["ir.attachment"]
            .with_user(self.salesman)
            .create({"name": name, "raw": raw, "res_model": "crm.lead", "res_id": lead.id} | values)
        )

    def assertStops(self, lead, text=""):
        with self.assertRaisesRegex(ValidationError, text):
            lead.stage_id = self.stage_qualified
        self.assertEqual(lead.stage_id, self.stage_new)

    def assertPasses(self, lead):
        lead.stage_id = self.stage_qualified
        self.assertEqual(lead.stage_id, self.stage_qualified)
        self.assertFalse(self.violations(lead))

from odoo.fields import Command

from .common import StandardsCase


class LossCase(StandardsCase):
    """A standard that asks for the reason, and of deals lost to competitors for more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.too_dear = cls.env["crm.lost.reason"].create({"name": "Too dear"})
        cls.rival = cls.env["crm.lost.reason"].create({"name": "A rival was chosen"})
        cls.competitor = cls.env["crm.standard.competitor"].create({"name": "Rival Ltd"})

    @classmethod
    def law(cls, *rules, **values):
        return cls.standard(
            loss_ids=[Command.create({"name": "Say why", **rule}) for rule in rules or [{}]],
            **values,
        )

    def breaches(self, lead):
        self.env.flush_all()
        return self.env["crm.standard.norm.breach"].search([("lead_id", "=", lead.id)])

from odoo.addons.crm_complaints.tests.common import ComplaintsCase


class AnswerCase(ComplaintsCase):
    """A complaint of the clerk's, and an article that answers it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cause = cls.env["crm.complaint.cause"].create(
            {"name": "Lamp broken", "branch": "machine"}
        )
        cls.complaint = cls.env["crm.complaint"].create(
            {
                "name": "The lamp does not shine",
                "description": "<p>I want to send the lamp back, call Carla.</p>",
                "partner_id": cls.customer.id,
                "user_id": cls.clerk.id,
                "team_id": cls.team.id,
                "category_id": cls.category.id,
            }
        )
        cls.answer = cls.article()
        cls.mine = cls.complaint.with_user(cls.clerk)

    @classmethod
    def article(cls, **values):
        article = cls.env["crm.knowledge.article"].create(
            {
                "name": "Returning a lamp",
                "summary": "Within 14 days.",
                "body": "<h2>Answer</h2><p>Dear {{ customer }}, your complaint {{ complaint }}:"
                " send the lamp back within fourteen days.</p>",
                "type_id": cls.env.ref("crm_knowledge.crm_knowledge_type_faq").id,
                "lang": "en_US",
                **values,
            }
        )
        article._publish()
        return article

from odoo.exceptions import UserError

from .common import KnowledgeCase

DEEDS = ("read", "write", "create", "unlink")
READ, ALL, NONE = "r---", "rwcu", "----"

#: By model: what readers, authors and editors may do; portal and public users may do nothing.
#: What a dialog or a button writes is written by the system.
TABLE = {
    "crm.knowledge.use": (READ, READ, READ),
    "crm.knowledge.opinion": (READ, READ, READ),
    "crm.knowledge.query": (NONE, NONE, NONE),
    "crm.knowledge.gap": (NONE, READ, READ),
    "crm.knowledge.link": (READ, READ, READ),
    "crm.knowledge.capture": ("rw--", "rw--", "rw--"),
    "crm.knowledge.capture.line": (READ, READ, READ),
    "crm.knowledge.path": (READ, READ, ALL),
    "crm.knowledge.path.step": (READ, READ, ALL),
    "crm.knowledge.path.person": (READ, READ, ALL),
    "crm.knowledge.path.reading": (READ, READ, READ),
}


class TestUseAccess(KnowledgeCase):
    """Who may do what with uses, opinions, questions, gaps and paths."""

    def _get_rights(self, model, user):
        records = self.env[model].with_user(user)
        letters = zip("rwcu", DEEDS, strict=True)
        return "".join(letter if records.has_access(deed) else "-" for letter, deed in letters)

    def test_roles(self):
        for model, expected in TABLE.items():
            users = (self.reader, self.author, self.editor)
            for user, rights in zip(users, expected, strict=True):
                with self.subTest(model=model, user=user.login):
                    self.assertEqual(self._get_rights(model, user), rights)

    def test_t1_customers_and_visitors_have_no_rights(self):
        for model in TABLE:
            for user in (self.customer_user, self.outsider):
                with self.subTest(model=model, user=user.login):
                    self.assertEqual(self._get_rights(model, user), NONE)

    def test_t14_customers_and_visitors_ask_nothing_by_program(self):
        calls = {
            "crm.knowledge.query": ("note_search", "refund"),
            "crm.knowledge.capture": ("open_from_message", 1),
        }
        for user in (self.customer_user, self.outsider):
            partner = user.partner_id.with_user(user)
            with (
                self.subTest(user=user.login, call="answers"),
                self.assertRaises(UserError),
            ):
                partner.get_knowledge_answers("refund")
            for model, (method, argument) in calls.items():
                with (
                    self.subTest(user=user.login, call=method),
                    self.assertRaises(UserError),
                ):
                    getattr(self.env[model].with_user(user), method)(argument)

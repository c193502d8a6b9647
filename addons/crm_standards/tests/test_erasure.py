from odoo.exceptions import UserError
from odoo.tools import SQL

from .common import StandardsCase

PERSON = "Petra O'Hara-Prospect (jun.)"
MAIL = "petra@prospect.example"


class TestErasure(StandardsCase):
    """Threat T20: a person leaves the registers, what happened stays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.law = cls.standard(
            cls.rule_vals("enter", cls.stage_qualified, ["partner_id"], name="Know him"),
            cls.asking(
                "approval",
                cls.stage_proposal,
                name="Signed",
                role_id=cls.role(cls.leader).id,
                fields=["contact_name"],
            ),
        )
        cls.rule, cls.approval_rule = cls.law.rule_ids

    def leave_traces(self):
        """Let a person's name come into the registers by the ways it comes there."""
        lead = self.lead(name=f"Deal of {PERSON}", contact_name=PERSON, email_from=MAIL)
        lead.action_request_standard_approval(self.approval_rule.id, f"{MAIL} waits")
        state = lead.action_ask_standard_override(self.rule.id, f"{PERSON.upper()} is at a fair")
        override = self.env["crm.standard.override"].browse(state["id"])
        override.message_post(body=f"Call {MAIL}")
        with self.machine():
            lead.stage_id = self.stage_qualified
        violation = self.violations(lead)
        violation.with_user(self.salesman)._explain(f"I had called {PERSON}")
        violation.with_user(self.controller).write({"state": "confirmed", "reason": f"Ask {MAIL}"})
        override.with_user(self.controller).action_refuse(f"{PERSON} does not sign")
        return lead

    def erase(self, *words):
        return self.env["crm.standard.erasure"]._erase(words)

    def tables_with(self, *words):
        """Return the tables of our add-ons, and the messages, that hold one of the texts."""
        self.env.flush_all()
        names = self.env.execute_query(
            SQL(
                r"""SELECT tablename FROM pg_tables WHERE schemaname = 'public'
                    AND (tablename LIKE 'crm\_standard%%' OR tablename LIKE 'crm\_deadline%%')"""
            )
        )
        found = []
        for (name,) in [*names, ("mail_message",)]:
            rows = SQL("SELECT to_jsonb(t)::text AS row FROM %s AS t", SQL.identifier(name))
            where = SQL("model LIKE 'crm.standard%%'") if name == "mail_message" else SQL("TRUE")
            hits = SQL(" OR ").join(
                SQL("position(lower(%s) IN lower(row)) > 0", word) for word in words
            )
            query = SQL("SELECT 1 FROM (%s WHERE %s) AS rows WHERE %s", rows, where, hits)
            if self.env.execute_query(query):
                found.append(name)
        return found

    def test_t20_person_is_nowhere_in_the_registers_any_more(self):
        lead = self.leave_traces()
        self.assertLess(
            {"crm_standard_transition", "crm_standard_violation", "mail_message"},
            set(self.tables_with(PERSON, MAIL)),
        )
        lead.sudo().unlink()

        self.erase(PERSON, MAIL)

        self.assertEqual(self.tables_with(PERSON, MAIL), [])

    def test_t20_facts_stay(self):
        violation = self.violations(self.leave_traces())

        self.erase(PERSON, MAIL)

        self.assertRecordValues(
            violation,
            [
                {
                    "lead_name": "Deal of […]",
                    "explanation": "I had called […]",
                    "state": "confirmed",
                    "user_id": self.salesman.id,
                    "missing": "Contact",
                }
            ],
        )

    def test_t20_erasure_itself_is_on_record(self):
        self.leave_traces()

        count = self.erase(PERSON, MAIL)

        line = self.env["crm.standard.history"].search([], limit=1)
        self.assertGreater(count, 5)
        self.assertRecordValues(line, [{"subject": "Erasure of a person", "new_value": str(count)}])

    def test_t20_whole_words_only(self):
        lead = self.lead(name="Annabel, Johann and Ann")

        self.erase("ANN")

        log = self.env["crm.standard.transition"].search([("lead_id", "=", lead.id)])
        self.assertEqual(log.lead_name, "Annabel, Johann and […]")

    def test_t20_text_that_means_nobody_is_refused(self):
        lead = self.lead(name="A deal")

        for words in ((), ("a",), (PERSON, " ")):
            with self.subTest(words), self.assertRaisesRegex(UserError, "at least 3"):
                self.env["crm.standard.erasure"]._erase(words)
        log = self.env["crm.standard.transition"].search([("lead_id", "=", lead.id)])
        self.assertEqual(log.lead_name, "A deal")

    def test_t20_what_was_approved_keeps_its_mark(self):
        standard = self.standard(name=f"Way of {PERSON}")
        version = standard.version_id
        before = (version.digest, version.content, version.name)

        self.erase(PERSON)

        self.assertEqual((version.digest, version.content, version.name), before)

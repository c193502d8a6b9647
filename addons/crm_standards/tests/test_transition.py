from odoo.exceptions import UserError
from odoo.tools import SQL

from .common import StandardsCase


class TestTransition(StandardsCase):
    """The log tells every change of stage and outcome, and nobody can change it."""

    def test_log_tells_who_moved_what_and_how(self):
        lead = self.lead()

        lead.with_user(self.leader).sudo().stage_id = self.stage_qualified

        last = self.env["crm.standard.transition"].search([("lead_id", "=", lead.id)], limit=1)
        self.assertRecordValues(
            last,
            [
                {
                    "lead_name": "Deal",
                    "stage_from_id": self.stage_new.id,
                    "stage_to_id": self.stage_qualified.id,
                    "stage_to_name": "Qualified (S)",
                    "user_id": self.salesman.id,
                    "actor_id": self.leader.id,
                    "team_id": self.team.id,
                    "origin": "person",
                    "outcome_to": "pending",
                }
            ],
        )

    def test_losing_and_restoring_is_logged(self):
        lead = self.lead()

        lead.action_set_lost()
        lead.action_unarchive()
        self.env.flush_all()

        log = self.env["crm.standard.transition"].search([("lead_id", "=", lead.id)], order="id")
        self.assertEqual(log.mapped("outcome_to"), ["pending", "lost", "pending"])

    def test_stage_declared_won_is_logged_for_its_leads(self):
        lead = self.lead(stage_id=self.stage_proposal.id)

        self.stage_proposal.is_won = True
        self.env.flush_all()

        last = self.env["crm.standard.transition"].search([("lead_id", "=", lead.id)], limit=1)
        self.assertRecordValues(last, [{"outcome_from": "pending", "outcome_to": "won"}])

    def test_nobody_can_change_the_log_not_even_in_sudo(self):
        lead = self.lead()
        line = self.env["crm.standard.transition"].search([("lead_id", "=", lead.id)])

        for deed in (
            lambda log: log.write({"actor_id": self.leader.id}),
            lambda log: log.unlink(),
            lambda log: log.copy(),
            lambda log: log.create({"lead_id": lead.id}),
        ):
            with self.assertRaises(UserError):
                deed(line.sudo())

    def test_log_survives_the_lead(self):
        lead = self.lead()
        line = self.env["crm.standard.transition"].search([("lead_id", "=", lead.id)])

        lead.sudo().unlink()
        line.invalidate_recordset()

        self.assertRecordValues(line, [{"lead_id": False, "lead_name": "Deal"}])

    def test_audit_finds_what_was_changed_in_the_database(self):
        self.standard(self.rule_vals("enter", self.stage_won, ["partner_id"]))
        lead = self.lead()
        self.env.flush_all()
        self.env.cr.execute(
            SQL("UPDATE crm_lead SET stage_id = %s WHERE id = %s", self.stage_won.id, lead.id)
        )
        self.env.invalidate_all()

        with self.enter_registry_test_mode():
            self.env.ref("crm_standards.crm_standard_transition_cron_audit").method_direct_trigger()

        last = self.env["crm.standard.transition"].search([("lead_id", "=", lead.id)], limit=1)
        self.assertRecordValues(
            last, [{"origin": "unlogged", "stage_to_id": self.stage_won.id, "finding_count": 1}]
        )
        self.assertRecordValues(self.violations(lead), [{"effect": "passed", "origin": "unlogged"}])
        self.assertFalse(self.env["crm.standard.transition"]._find_drift())

    def test_every_lead_of_the_database_stands_where_its_log_says(self):
        self.lead(), self.lead(stage_id=self.stage_won.id)

        self.assertFalse(self.env["crm.standard.transition"]._find_drift())

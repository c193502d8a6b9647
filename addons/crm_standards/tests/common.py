from contextlib import contextmanager

from odoo.fields import Command
from odoo.tools import SQL

from odoo.addons.crm_deadline.tests.people import PeopleCase
from odoo.addons.crm_standards.origin import AUTOMATION, unattended


class StandardsCase(PeopleCase):
    """A team with a short pipeline, people by role, and builders for standards and leads.

    The pipeline of the team::

        new -> qualified -> proposal -> won

    Standards are for this team only, so that other data of the database stays out of it.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={"lang": "en_US", "tracking_disable": True})
        # only this class's standards are in force
        cls.env["crm.standard"].search([]).write({"state": "retired"})
        cls.salesman, cls.colleague, cls.leader, cls.controller = cls._make_users(
            ("std_salesman", "Sam Seller", "sales_team.group_sale_salesman"),
            ("std_colleague", "Cora Colleague", "sales_team.group_sale_salesman"),
            ("std_leader", "Lea Leader", "sales_team.group_sale_salesman"),
            ("std_controller", "Carl Controller", "crm_standards.group_manager"),
        )
        cls.team = cls._make_team("Standards Team", user_id=cls.leader.id)
        cls.other_team = cls._make_team("Other Team")
        cls.env["crm.team.member"].create({"crm_team_id": cls.team.id, "user_id": cls.salesman.id})
        cls.stage_new, cls.stage_qualified, cls.stage_proposal, cls.stage_won = cls._make_stages(
            cls.team, "New (S)", "Qualified (S)", "Proposal (S)", "Won (S)"
        )
        cls.stage_won.is_won = True
        (cls.stage_other,) = cls._make_stages(cls.other_team, "Elsewhere (S)")
        cls.customer = cls.env["res.partner"].create({"name": "Customer Ltd"})

    @classmethod
    def _make_team(cls, name, **values):
        return cls.env["crm.team"].create(
            {"name": name, "use_opportunities": True, "use_leads": True, **values}
        )

    @classmethod
    def _make_stages(cls, team, *names):
        return cls.env["crm.stage"].create(
            [
                {"name": name, "sequence": number - 100, "team_ids": [Command.set(team.ids)]}
                for number, name in enumerate(names, start=1)
            ]
        )

    @classmethod
    def standard(cls, *rules, **values):
        """Create a standard of the team with rules (see :meth:`rule_vals`), in force."""
        standard = cls.env["crm.standard"].create(
            {
                "name": "House rules",
                "code": "ST-9",
                "user_id": cls.controller.id,
                "team_ids": [Command.set(cls.team.ids)],
                "rule_ids": [Command.create(vals) for vals in rules],
                **values,
            }
        )
        standard.action_put_in_force()
        return standard

    @classmethod
    def rule_vals(cls, kind, stages, fields=(), next_stages=None, **values):
        """Return the values of a blocking rule; ``fields`` are names of lead fields."""
        get_field = cls.env["ir.model.fields"]._get
        return {
            "name": values.pop("name", f"Rule {kind}"),
            "kind": kind,
            "strength": "block",
            "stage_ids": [Command.set(stages.ids)],
            "field_ids": [Command.set([get_field("crm.lead", name).id for name in fields])],
            "next_stage_ids": [Command.set(next_stages.ids if next_stages else [])],
            **values,
        }

    @classmethod
    def lead(cls, **values):
        """Create an opportunity of the salesman in the first stage, as the salesman."""
        return (
            cls.env["crm.lead"]
            .with_user(cls.salesman)
            .create(
                {
                    "name": "Deal",
                    "type": "opportunity",
                    "team_id": cls.team.id,
                    "user_id": cls.salesman.id,
                    "stage_id": cls.stage_new.id,
                    **values,
                }
            )
        )

    @classmethod
    def asking(cls, requirement_kind, stages=None, kind="enter", **values):
        """Return the values of a blocking rule that asks for something else than fields."""
        stages = cls.stage_qualified if stages is None else stages
        return cls.rule_vals(
            kind,
            stages,
            values.pop("fields", ()),
            requirement_kind=requirement_kind,
            **values,
        )

    @classmethod
    def role(cls, *people, **values):
        """Create a role filled by these people."""
        users = cls.env["res.users"].union(*people)
        return cls.env["crm.standard.role"].create(
            {"name": "Sales director", "user_ids": [Command.set(users.ids)], **values}
        )

    @contextmanager
    def machine(self):
        """Work with nobody at the screen."""
        with unattended(AUTOMATION):
            yield

    def run_cron(self, xmlid):
        """Run a job of the add-on as the scheduler does."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(f"crm_standards.{xmlid}").method_direct_trigger()
        self.env.invalidate_all()

    def dated(self, lead, date):
        """Pretend that the last line of a lead's log was written at a given moment."""
        self.env.flush_all()
        last = self.env["crm.standard.transition"].search([("lead_id", "=", lead.id)], limit=1)
        self.env.cr.execute(
            SQL("UPDATE crm_standard_transition SET date = %s WHERE id = %s", date, last.id)
        )
        self.env.invalidate_all()

    def violations(self, lead):
        """Return the violations of a lead, oldest first."""
        return self.env["crm.standard.violation"].search([("lead_id", "=", lead.id)], order="id")

    def path(self, lead):
        """Return the names of the stages a lead went through, by the log."""
        self.env.flush_all()
        log = self.env["crm.standard.transition"].search([("lead_id", "=", lead.id)], order="id")
        return log.mapped("stage_to_name")

from __future__ import annotations

from datetime import datetime

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...logic import gate as logic
from ...origin import UNLOGGED
from ..common.breach import Breach
from .crm_lead_history import SCALARS
from .gate_facts import Facts

BATCH = 1000
#: How many breaches one statement enters in the register.
RECORDED_AT_ONCE = 20_000
#: Types of columns of which the database says the same as the gate: empty or not.
PLAIN = SCALARS - {"html"}


class CrmStandardKeptFields(models.AbstractModel):
    """Finds what had to stay so and was undone where no write of a lead says so.

    A customer who is deleted leaves his leads without one: the database empties the field. A
    document is deleted, an activity taken up again: the lead itself was not touched. The gate saw
    it there when the lead came into its stage, so somebody has undone it since.
    """

    _name = "crm.standard.kept.fields"
    _description = "Audit of Fields That Must Stay Filled"

    @api.model
    def _audit(self, commit) -> None:
        """Register what was emptied, rule by rule; a second run finds nothing.

        :param commit: ``ir.cron._commit_progress``
        """
        today = self.env.cr.now().date()
        for rule in self.env["crm.standard"]._get_rulebook():
            is_in_time = (not rule.scope.date_from or rule.scope.date_from <= today) and (
                not rule.scope.date_to or today <= rule.scope.date_to
            )
            is_kept = rule.kind == "enter" and rule.is_invariant and rule.strength != "advise"
            if is_kept and is_in_time and not self._audit_rule(rule, commit):
                return

    @api.model
    def _audit_rule(self, rule: logic.Rule, commit) -> bool:
        """Register what was emptied against one rule; return False when the time is up."""
        if self._is_plain(rule):
            return self._audit_plain_rule(rule, commit)
        last_id = 0
        while leads := self._find_empty(rule, last_id):
            last_id = max(leads.ids)
            breaches = self._prepare_breaches(rule, leads)
            if breaches:
                self.env["crm.standard.violation"]._record_breaches(breaches, UNLOGGED)
            if not commit():
                return False
        return True

    @api.model
    def _is_plain(self, rule: logic.Rule) -> bool:
        """Tell whether all that a rule asks are columns of the lead's own table."""
        fields = self.env["crm.lead"]._fields
        asked = [fields[name] for name in rule.field_names if name in fields]
        return not rule.needs and all(
            field.store
            and field.type in PLAIN
            and not field.company_dependent
            and not getattr(field, "translate", False)
            for field in asked
        )

    @api.model
    def _audit_plain_rule(self, rule: logic.Rule, commit) -> bool:
        """Register what was emptied of plain columns: one look, however many leads there are."""
        since = self.env["crm.standard.rule"].browse(rule.id).date_in_force
        names = [name for name in rule.field_names if name in self.env["crm.lead"]._fields]
        if not (since and names):
            return True
        self.env.flush_all()
        breaches = [
            Breach(rule.id, lead_id, stage_id, stage_id, tuple(missing), "cleared", user_id)
            for lead_id, stage_id, user_id, missing in self.env.execute_query(
                self._find_plain_query(rule, names, since)
            )
        ]
        for start in range(0, len(breaches), RECORDED_AT_ONCE):
            some = breaches[start : start + RECORDED_AT_ONCE]
            self.env["crm.standard.violation"]._record_breaches(some, UNLOGGED)
            if not commit():
                return False
        return True

    @api.model
    def _find_plain_query(self, rule: logic.Rule, names: list[str], since: datetime) -> SQL:
        """Return the statement that finds leads which lack what they had in their stage.

        They came into it after the rule was in force, and were not registered for it since.
        """
        leads = self.env["crm.lead"].with_context(active_test=False)
        domain = self.env["crm.standard.time.limit"]._get_domain(rule, is_open=False)
        states = [(name, leads._is_empty_sql("lead", name)) for name in names]
        return SQL(
            """
            SELECT lead.id, lead.stage_id, lead.user_id, array_remove(ARRAY[%(missing)s], NULL)
              FROM crm_lead AS lead
        CROSS JOIN LATERAL (
                   SELECT date
                     FROM crm_standard_transition
                    WHERE lead_id = lead.id AND stage_from_id IS DISTINCT FROM stage_to_id
                 ORDER BY id DESC
                    LIMIT 1) AS entry
             WHERE lead.id IN %(speaks_to)s AND (%(is_empty)s) AND entry.date > %(since)s
               AND NOT EXISTS (SELECT 1 FROM crm_standard_violation AS known
                                WHERE known.rule_id = %(rule)s AND known.lead_id = lead.id
                                  AND known.date_last >= entry.date)
          ORDER BY lead.id
            """,
            missing=SQL(", ").join(
                SQL("CASE WHEN %s THEN %s END", is_empty, name) for name, is_empty in states
            ),
            speaks_to=leads._search(domain).subselect(),
            is_empty=SQL(" OR ").join(is_empty for _name, is_empty in states),
            since=since,
            rule=rule.id,
        )

    @api.model
    def _find_empty(self, rule: logic.Rule, after: int):
        """Return a batch of leads in the rule's stages that may lack what it asks.

        An empty field the database can find; what else is asked is looked up for the batch.
        """
        fields = self.env["crm.lead"]._fields
        empty = Domain.OR(
            Domain(name, "in", [False, "0"] if fields[name].type == "selection" else [False])
            for name in rule.field_names
            if name in fields
        )
        if rule.needs:
            empty = Domain.TRUE
        domain = self.env["crm.standard.time.limit"]._get_domain(rule, is_open=False)
        return (
            self.env["crm.lead"]
            .with_context(active_test=False)
            .search(domain & empty & Domain("id", ">", after), order="id", limit=BATCH)
        )

    @api.model
    def _prepare_breaches(self, rule: logic.Rule, leads) -> list[Breach]:
        """Return the breaches of leads that came into their stage after the rule was in force."""
        facts = Facts(self.env, leads.ids)
        since = self.env["crm.standard.rule"].browse(rule.id).date_in_force
        entered = self.env["crm.standard.time.limit"]._get_dates(leads.ids, is_entry=True)
        known = self._find_known(rule, leads)
        breaches = []
        for lead in leads:
            came = entered.get(lead.id)
            missing = logic.missing_fields(rule, facts.filled(lead))
            is_news = came and since and came > since and known.get(lead.id, datetime.min) < came
            if missing and is_news:
                stage = lead.stage_id.id
                breaches.append(
                    Breach(rule.id, lead.id, stage, stage, missing, "cleared", lead.user_id.id)
                )
        return breaches

    @api.model
    def _find_known(self, rule: logic.Rule, leads) -> dict[int, datetime]:
        """Return when each lead was last registered for this rule, whatever became of it."""
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT lead_id, MAX(date_last)
                      FROM crm_standard_violation
                     WHERE rule_id = %s AND lead_id = ANY(%s)
                  GROUP BY lead_id
                    """,
                    rule.id,
                    leads.ids,
                )
            )
        )

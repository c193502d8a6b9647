from __future__ import annotations

from collections.abc import Sequence

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ... import origin
from ...logic.dry_run import bit_of
from ...logic.gate import Rule

#: The table of the log in the statements below.
LOG = "crm_standard_transition"


class CrmStandardDryRunJudge(models.AbstractModel):
    """Says in SQL what ``logic.gate`` says in Python, for all moves of the log at once.

    Both must agree on every move; a test compares them on random ones.
    """

    _name = "crm.standard.dry.run.judge"
    _description = "Judge of Past Moves"

    @api.model
    def _judge_moves(self, rules: Sequence[Rule], domain: Domain) -> SQL:
        """Return the statement of all moves of a period with what each of them broke.

        Its columns: ``id``, ``lead_id``, ``team_id``, ``user_id`` and ``company_id`` of the log;
        ``outcome`` of the deal today; ``is_unsure`` where today's values had to stand in for those
        of then; and ``broken``, a number with the bit of each rule that was not kept
        (:func:`~odoo.addons.crm_standards.logic.dry_run.bit_of`). Few and narrow: a million of them
        is put aside. The log is read under the record rules of the user.

        :param domain: which lines of the log
        """
        moves = domain & Domain("origin", "!=", origin.BASELINE)
        query = self.env["crm.standard.transition"]._search(moves)
        return SQL(
            """
            SELECT %(log)s.id, %(log)s.lead_id, %(log)s.team_id, %(log)s.user_id,
                   %(log)s.company_id, lead.won_status AS outcome,
                   %(broken)s AS broken, %(unsure)s AS is_unsure
              FROM %(tables)s
         LEFT JOIN crm_lead AS lead ON lead.id = %(log)s.lead_id
             WHERE %(where)s
               AND %(log)s.stage_from_id IS DISTINCT FROM %(log)s.stage_to_id
            """,
            log=SQL.identifier(LOG),
            tables=query.from_clause,
            where=query.where_clause,
            broken=self._broken_to_sql(rules),
            unsure=SQL(" OR ").join([SQL("FALSE"), *map(self._unsure_to_sql, rules)]),
        )

    @api.model
    def _broken_to_sql(self, rules: Sequence[Rule]) -> SQL:
        """Return the bits of the rules that a move breaks, as one number."""
        bits = [
            SQL(
                "CASE WHEN %s AND %s AND %s THEN %s ELSE 0 END",
                self._touches_to_sql(rule),
                self._breaks_to_sql(rule),
                self._speaks_to_sql(rule),
                bit_of(number),
            )
            for number, rule in enumerate(rules)
        ]
        return SQL("(%s)::bigint", SQL(" | ").join([SQL("0::bigint"), *bits]))

    @api.model
    def _touches_to_sql(self, rule: Rule) -> SQL:
        """Return the condition that a rule has a say in a move (see ``logic.gate.touches``)."""
        stages = list(rule.stage_ids)
        match rule.kind:
            case "begin":
                return SQL("%s IS NULL", self._column("stage_from_id"))
            case "enter":
                return SQL("%s = ANY(%s)", self._column("stage_to_id"), stages)
            case _:
                return SQL("%s = ANY(%s)", self._column("stage_from_id"), stages)

    @api.model
    def _breaks_to_sql(self, rule: Rule) -> SQL:
        """Return the condition that a move a rule has a say in is against it."""
        if rule.kind in ("begin", "transition"):
            allowed = rule.stage_ids if rule.kind == "begin" else rule.next_stage_ids
            return SQL("(%s = ANY(%s)) IS NOT TRUE", self._column("stage_to_id"), list(allowed))
        known, unknown = self._split_fields(rule)
        conditions = [self._is_any_empty_sql(unknown)] if unknown else []
        if known:
            conditions.append(
                SQL(
                    "CASE WHEN %(then)s IS NULL THEN %(today)s ELSE %(then)s ?| %(names)s END",
                    then=self._column("empty_fields"),
                    today=self._is_any_empty_sql(known),
                    names=known,
                )
            )
        return SQL("(%s)", SQL(" OR ").join(conditions)) if conditions else SQL("FALSE")

    @api.model
    def _is_any_empty_sql(self, names: Sequence[str]) -> SQL:
        """Return the condition that the lead is there and one of its fields is empty today."""
        is_empty = self.env["crm.lead"]._is_empty_sql
        empty = SQL(" OR ").join([is_empty("lead", name) for name in names])
        return SQL("(lead.id IS NOT NULL AND (%s))", empty)

    @api.model
    def _speaks_to_sql(self, rule: Rule) -> SQL:
        """Return the condition that a rule speaks to the lead of a move.

        Company and team are those of then. The rule's condition is asked of the lead as it is
        today: the log does not keep every value a lead ever had.
        """
        conditions = [SQL("TRUE")]
        if rule.scope.company_id:
            conditions.append(SQL("%s = %s", self._column("company_id"), rule.scope.company_id))
        if rule.scope.team_ids:
            teams = list(rule.scope.team_ids)
            conditions.append(SQL("%s = ANY(%s)", self._column("team_id"), teams))
        if rule.scope.lead_type:
            type_then = SQL("COALESCE(%s, lead.type)", self._column("lead_type"))
            conditions.append(SQL("%s = %s", type_then, rule.scope.lead_type))
        if rule.domain:
            conditions.append(
                SQL("%s IN %s", self._column("lead_id"), self._find_leads(rule).subselect())
            )
        return SQL("(%s)", SQL(" AND ").join(conditions))

    @api.model
    def _find_leads(self, rule: Rule):
        """Return the query of the leads that meet the condition of a rule today."""
        # sudo: a rule speaks to a lead whoever looks; the log is read under the user's own rules
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        return leads._search(self.env["crm.standard.rule"]._parse_domain(rule.domain))

    @api.model
    def _unsure_to_sql(self, rule: Rule) -> SQL:
        """Return the condition that a rule judges a move by what is so today, not by the log."""
        if rule.kind in ("begin", "transition"):
            return SQL("FALSE")
        touches = self._touches_to_sql(rule)
        _known, unknown = self._split_fields(rule)
        if unknown:
            return touches
        return SQL("(%s AND %s IS NULL)", touches, self._column("empty_fields"))

    @api.model
    def _split_fields(self, rule: Rule) -> tuple[list[str], list[str]]:
        """Return the rule's fields the log keeps in mind, and those it does not.

        Fields that were removed are in neither: nobody could fill them in.
        """
        logged = set(self.env["crm.lead"]._get_logged_field_names())
        names = [name for name in rule.field_names if name in self.env["crm.lead"]._fields]
        known = [name for name in names if name in logged]
        return known, [name for name in names if name not in logged]

    @api.model
    def _column(self, name: str) -> SQL:
        """Return a column of the log."""
        return SQL.identifier(LOG, name)

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...logic import fairness as logic
from ..result.crm_survey_fact_topics import LEADER

#: Reasons that say that nobody meant to ask: those customers are not eligible.
NOT_MEANT = ("not_a_customer", "document_gone", "no_longer", "duplicate", "survey_closed")
#: Of which team an employee's answers are.
PAIR = ("user", "team")


class CrmSurveyResult(models.AbstractModel):
    """What makes figures fair: how many do not count, few answers drawn to the team, the judges."""

    _inherit = "crm.survey.result"

    @api.model
    def _get_pairs(self):
        pairs = super()._get_pairs()
        # whose figure is drawn to that of the team: only for who sees whole teams
        return [*pairs, PAIR] if self.env.user.has_group(LEADER) else pairs

    @api.model
    def _complete(self, results, asked, counted):
        results = super()._complete(results, asked, counted)
        results["excluded"] = self._count_excluded(asked)
        # what the funnel cannot tell for these filters or this viewer, this cannot either
        results["balance"] = self._get_balance(asked) if results["funnel"] else None
        self._add_fair_values(results, counted.get(PAIR, {}))
        return results

    @api.model
    def _count_excluded(self, asked):
        """Return how many answers the filters would find that do not count."""
        facts = self.env["crm.survey.fact"]
        domain = self._get_asked_domain(asked) & Domain("is_excluded", "=", True)
        return facts.search_count(domain)

    @api.model
    def _add_fair_values(self, results, pairs):
        """Draw each employee's figure to that of his teams."""
        tables = {table["name"]: table["rows"] for table in results["tables"]}
        if not pairs or "user" not in tables or "team" not in tables:
            return
        teams = {row["id"]: row["value"] for row in tables["team"] if row["value"] is not None}
        counts: dict = {}
        for (user, team), (count, *_rest) in pairs.items():
            if user and team:
                counts.setdefault(user, {})[team] = count
        for row in tables["user"]:
            if row["value"] is None:
                continue
            found = logic.fair_value(row["value"], counts.get(row["id"], {}), teams)
            row["fair"] = None if found is None else round(found, 1)

    @api.model
    def _get_balance(self, asked):
        """Return of whose customers clearly fewer or more were asked than of others'.

        Nobody may pick his judges: what the system decided is held against whom it could have
        asked. For leaders and managers; employees do not see who is invited.
        """
        invitations = self.env["crm.survey.invitation"]
        invitations.flush_model()
        domain = self._get_domain(asked, invitations._name, "date_decided")
        domain &= Domain("reason", "not in", NOT_MEANT) & Domain("user_id", "!=", False)
        query = invitations._search(domain)
        columns = [SQL.identifier(query.table, name) for name in ("user_id", "state")]
        rows = self.env.execute_query(
            SQL(
                """
                SELECT user_id, COUNT(*), COUNT(*) FILTER (WHERE state != 'not_sent')
                  FROM (%s) AS invitation
              GROUP BY user_id
                """,
                query.select(*columns),
            )
        )
        weighed = logic.weigh((logic.Asked(*row) for row in rows), self._get_minimum())
        odd = [one for one in weighed if one.verdict in (logic.FEWER, logic.MORE)]
        # sudo: names of employees whose invitations the viewer reads anyway
        users = self.env["res.users"].sudo().browse([one.key for one in odd])
        names = {user.id: user.name for user in users}
        return [
            {
                "id": one.key,
                "name": names[one.key],
                "eligible": one.eligible,
                "asked": one.asked,
                "percent": round(one.share.value, 1),
                "verdict": one.verdict,
            }
            for one in sorted(odd, key=lambda one: one.share.value)
        ]

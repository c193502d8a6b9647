from odoo import api, models
from odoo.tools import SQL

#: How far invitations got; who got further has been there too.
STEPS = ("decided", "sent", "opened", "started", "finished")


class CrmSurveyResult(models.AbstractModel):
    """How far customers got, from being chosen to having answered, and why some were not asked."""

    _inherit = "crm.survey.result"

    @api.model
    def _get_funnel(self, asked):
        """Return the steps with their counts, and the reasons; nothing for who may not know.

        Employees may not: they would learn who is being asked about them.
        """
        invitations = self.env["crm.survey.invitation"]
        dimensions = self._get_dimensions()
        unknown = [
            name
            for name in asked.picks
            if name in ("topic", "reason")
            or (name != "tag" and dimensions[name].field not in invitations._fields)
        ]
        if unknown or not invitations.has_access("read"):
            return None
        invitations.flush_model()
        query = invitations._search(self._get_domain(asked, invitations._name, "date_decided"))
        rows = self.env.execute_query(
            SQL(
                """
                SELECT reason, COUNT(*), %s
                  FROM (%s) AS invitation
              GROUP BY reason
                """,
                SQL(", ").join(
                    SQL(
                        "COUNT(*) FILTER (WHERE COALESCE(%s) IS NOT NULL)",
                        SQL(", ").join(SQL.identifier(f"date_{step}") for step in STEPS[number:]),
                    )
                    for number in range(1, len(STEPS))
                ),
                query.select(
                    SQL.identifier(query.table, "reason"),
                    *(SQL.identifier(query.table, f"date_{step}") for step in STEPS),
                ),
            )
        )
        return {
            "steps": self._get_steps(rows),
            "reasons": self._get_reasons(rows),
        }

    @api.model
    def _get_steps(self, rows):
        labels = dict(
            self.env["crm.survey.invitation"]._fields["state"]._description_selection(self.env)
        )
        sums = [sum(row[1 + number] for row in rows) for number in range(len(STEPS))]
        return [
            {
                "id": step,
                "name": labels[step],
                "count": count,
                "percent": round(100 * count / sums[0], 1) if sums[0] else 0,
            }
            for step, count in zip(STEPS, sums, strict=True)
        ]

    @api.model
    def _get_reasons(self, rows):
        labels = dict(
            self.env["crm.survey.invitation"]._fields["reason"]._description_selection(self.env)
        )
        reasons = [
            {"id": reason, "name": labels.get(reason, reason), "count": count}
            for reason, count, *_steps in rows
            if reason
        ]
        return sorted(reasons, key=lambda reason: (-reason["count"], reason["name"]))

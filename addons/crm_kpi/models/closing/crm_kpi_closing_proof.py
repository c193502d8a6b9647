from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...logic import judge

#: What a closing says about itself: all of it is in the digest.
HEAD = ("card_id", "company_id", "currency_id", "user_id", "last_fact_id")
RESULT = ("user_id", "team_id", "has_score", "score", "zone", "bonus")
LINE = ("line_number", "name", "indicator_id", "target_id", "has_value", "value", "target")
LINE += ("weight", "has_score", "score", "points")


class CrmKpiClosing(models.Model):
    """The proof: a digest over everything a closed period says, and over the one before it."""

    _inherit = "crm.kpi.closing"

    is_intact = fields.Boolean("Untouched", compute="_compute_is_intact")

    def _compute_is_intact(self):
        for closing in self:
            # sudo: the proof goes over results the user may not read; only yes or no is told
            closing.is_intact = not closing.sudo()._find_tampering()

    def action_verify(self):
        """Count the digests anew, and tell what came of it."""
        if not self.env.user.has_group("crm_kpi.group_manager"):
            raise AccessError(self.env._("Only managers of KPI verify closed periods."))
        self.check_access("read")
        # sudo: as for is_intact
        faults = [fault for closing in self.sudo() for fault in closing._find_tampering()]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "danger" if faults else "success",
                "sticky": bool(faults),
                "message": "\n".join(faults)
                or self.env._("Nothing has been changed since the period was closed."),
            },
        }

    def _find_tampering(self):
        """Return in words what does not match its digest any more."""
        self.ensure_one()
        words = {"closing": self.display_name}
        faults = []
        if self._make_digest() != self.digest:
            faults.append(
                self.env._("%(closing)s: the results are not those that were closed.", **words)
            )
        if self._make_facts_digest() != self.facts_digest:
            faults.append(
                self.env._("%(closing)s: facts have been changed or removed behind it.", **words)
            )
        return faults

    def _make_digest(self):
        """Return the digest of all that is said here. It reads what the screens read."""
        self.invalidate_recordset()
        head = {name: self._say(self, name) for name in HEAD}
        head |= {"from": str(self.date_from), "to": str(self.date_to), "on": str(self.date_closed)}
        return judge.digest(
            head, self.plan, self.book, self.facts_digest, self._say_results(), self._say_previous()
        )

    def _say_previous(self):
        return self.previous_id.digest or ""

    def _say_results(self):
        # as they are in the table, all of them read at once
        results = self.env["crm.kpi.result"].browse(sorted(self.result_ids.ids))
        results.invalidate_recordset()
        self.env["crm.kpi.result.line"].invalidate_model()
        return [
            {
                **{name: self._say(result, name) for name in RESULT},
                "aims": result.aims,
                "tallies": result.tallies,
                "adjustments": result.adjustments,
                "lines": [
                    {name: self._say(line, name) for name in LINE}
                    for line in result.line_ids.sorted("id")
                ],
            }
            for result in results
        ]

    @api.model
    def _say(self, record, name):
        """Return a value as JSON knows it."""
        value = record[name]
        return value.id if isinstance(value, models.BaseModel) else value

    def _make_facts_digest(self):
        """Return the digest of the facts that were counted: the same for ever, for they only grow.

        Whatever was added later has a higher number: the sources are locked while a period is
        closed. Day by day, so that a year fits into memory.
        """
        self.env.flush_all()
        ((found,),) = self.env.execute_query(
            SQL(
                """
                SELECT encode(sha256(convert_to(
                           COALESCE(string_agg(digest, ';' ORDER BY date), ''), 'UTF8')), 'hex')
                  FROM (SELECT date, encode(sha256(convert_to(string_agg(concat_ws(
                                   '|', id, measure_id, date, COALESCE(user_id, 0),
                                   COALESCE(team_id, 0), company_id,
                                   COALESCE(trim_scale(key_value)::text, '-'),
                                   trim_scale(value_sum), trim_scale(value_count)
                               ), ';' ORDER BY id), 'UTF8')), 'hex') AS digest
                          FROM crm_kpi_fact
                         WHERE id <= %s AND measure_id = ANY(%s) AND date BETWEEN %s AND %s
                           AND company_id = %s
                      GROUP BY date) AS day
                """,
                self.last_fact_id,
                self._get_measure_ids(),
                self.date_from,
                self.date_to,
                self.company_id.id,
            )
        )
        return found

    def _get_measure_ids(self):
        return sorted(kept["id"] for kept in self.book["measures"].values())

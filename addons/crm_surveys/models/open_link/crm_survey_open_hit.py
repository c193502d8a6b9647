from odoo import api, fields, models
from odoo.tools import SQL, hmac

from ...logic import open_link as logic


class CrmSurveyOpenHit(models.Model):
    """Answers begun through open links in the last hour, to count them by. Nobody sees them.

    Addresses are kept as keyed digests that differ from day to day: enough to count by, nobody's
    trace, and of no answer. Each is a row of its own, so that two at once do not wait for each
    other.
    """

    _name = "crm.survey.open.hit"
    _description = "Answer Begun through an Open Link"
    _log_access = False

    date = fields.Datetime(required=True, readonly=True, index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    sender = fields.Char(readonly=True)

    _company_date_idx = models.Index("(company_id, date)")

    @api.model
    def _count(self, company, address):
        """Return how many answers of a company were begun in the last hour: of one sender, all."""
        now = fields.Datetime.now()
        digests = [self._digest(day, address) for day in logic.get_days(now)]
        rows = self.env.execute_query(
            SQL(
                "SELECT count(*) FILTER (WHERE sender = ANY(%s)), count(*)"
                " FROM crm_survey_open_hit WHERE company_id = %s AND date > %s",
                digests,
                company.id,
                now - logic.WINDOW,
            )
        )
        return rows[0]

    @api.model
    def _note(self, company, address):
        """Note that an answer is begun."""
        now = fields.Datetime.now()
        self.env.execute_query(
            SQL(
                "INSERT INTO crm_survey_open_hit (date, company_id, sender)"
                " VALUES (%s, %s, %s) RETURNING id",
                now,
                company.id,
                self._digest(logic.get_days(now)[0], address),
            )
        )

    @api.model
    def _digest(self, day, address):
        # sudo: to read the secret of the database
        sudo = self.env(su=True)
        return hmac(sudo, "crm_surveys.open_link", f"{day} {logic.get_sender(address)}")

    @api.autovacuum
    def _gc_hits(self):
        """Forget what does not count any more."""
        self.env.execute_query(
            SQL(
                "DELETE FROM crm_survey_open_hit WHERE date < %s RETURNING 1",
                fields.Datetime.now() - 2 * logic.WINDOW,
            )
        )

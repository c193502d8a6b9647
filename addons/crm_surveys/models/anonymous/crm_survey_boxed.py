import logging
from datetime import timedelta
from random import SystemRandom

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import SQL

from ...logic.anonymous import Known, coarsen, count_ripe, round_day

_logger = logging.getLogger(__name__)
_random = SystemRandom()
#: Ids are drawn, not counted: their order says nothing.
HIGHEST = 2**31 - 1


class CrmSurveyBoxed(models.Model):
    """Anonymous answers in the box: they wait until there are enough to be let out together.

    A nightly job lets them out shuffled, with the day as their only date, as responses of nobody:
    by one transaction, so that neither ids nor anything else of the rows tells their order. What
    stays is stirred: it gets other ids and is written anew.
    """

    _name = "crm.survey.boxed"
    _description = "Anonymous Answer in the Box"
    _inherit = ["crm.deadline.sealed"]
    _log_access = False
    _rec_name = "survey_id"

    survey_id = fields.Many2one(
        "survey.survey", required=True, readonly=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    team_id = fields.Many2one("crm.team", readonly=True, ondelete="restrict")
    user_id = fields.Many2one("res.users", "Employee in Charge", readonly=True, ondelete="restrict")
    content = fields.Json(required=True, readonly=True)

    @api.model
    def _put(self, ballot, answers):
        """Put what was answered with a ballot into the box."""
        written = False
        while not written:
            written = self.env.execute_query(
                SQL(
                    """
                    INSERT INTO crm_survey_boxed
                           (id, survey_id, company_id, team_id, user_id, content)
                    VALUES (%s, %s, %s, %s, %s, %s)
               ON CONFLICT (id) DO NOTHING
                 RETURNING id
                    """,
                    _random.randint(1, HIGHEST),
                    ballot.survey_id.id,
                    ballot.company_id.id,
                    ballot.team_id.id or None,
                    ballot.user_id.id or None,
                    self._fields["content"].convert_to_column(answers, self),
                )
            )
        self.invalidate_model()

    @api.model
    def _cron_pour(self):
        """Let out what is ripe, survey by survey; one that fails stops no other."""
        commit = self.env["ir.cron"]._commit_progress
        ballots = self.env["crm.survey.ballot"]
        ballots.search([("date_end", "<", fields.Date.today())])._sealed_unlink()
        groups = self._read_group([], ["survey_id", "company_id"], ["id:recordset"])
        commit(remaining=len(groups))
        for survey, _company, boxed in groups:
            try:
                with self.env.cr.savepoint():
                    boxed._pour(not survey.active)
            except Exception:  # pylint: disable=broad-except; the others must come out
                _logger.exception("Answers to survey %s could not be let out", survey.id)
            if not commit(1):
                return

    def _pour(self, is_closed):
        """Let out what is ripe of the answers to one survey, and stir the rest."""
        boxed = self.try_lock_for_update()
        known = [Known(one.team_id.id or None, one.user_id.id or None) for one in boxed]
        if is_closed:
            # the last ones, of which there would be too few
            known = coarsen(known)
        alike = {}
        for one, what in zip(boxed, known, strict=True):
            alike.setdefault(what, []).append(one)
        ripe = [
            (one, what)
            for what, these in alike.items()
            for one in _random.sample(these, count_ripe(len(these), is_closed))
        ]
        _random.shuffle(ripe)
        out = self.browse([one.id for one, _what in ripe])
        if ripe:
            self._let_out(ripe)
            out._sealed_unlink()
        (boxed - out)._stir()

    @api.model
    def _let_out(self, ripe):
        """Make responses of them, which belong to the system and to no person."""
        # the night belongs to the day before
        day = round_day(fields.Datetime.now() - timedelta(hours=12))
        system = self.with_user(SUPERUSER_ID).with_context(tracking_disable=True)
        responses = system.env["survey.user_input"].create(
            [one._prepare_response(what, day) for one, what in ripe]
        )
        for (one, _what), response in zip(ripe, responses, strict=True):
            one._write_answers(response)
        responses.write({"state": "done", "end_datetime": day})
        system.env["crm.survey.fact"]._record(responses)

    def _prepare_response(self, known, day):
        """Return the values of the response: nothing but what many have in common."""
        self.ensure_one()
        return {
            "survey_id": self.survey_id.id,
            "company_id": self.company_id.id,
            "state": "in_progress",
            "start_datetime": day,
            "channel": "mail",
            "mode": "self",
            "rated_team_id": known.team,
            "rated_user_id": known.user,
        }

    def _write_answers(self, response):
        """Write the answers of one into its response; questions that are gone are left out."""
        self.ensure_one()
        for question in response.survey_id.question_ids:
            said = self.content.get(str(question.id))
            if said:
                response._save_lines(question, said["answer"], said.get("comment"))

    def _stir(self):
        """Write those that stay anew, with other ids: nothing tells when each of them came."""
        if not self:
            return
        ids = _random.sample(range(1, HIGHEST), len(self))
        self.env.execute_query(
            SQL(
                """
                UPDATE crm_survey_boxed AS boxed SET id = other.new_id
                  FROM unnest(%s, %s) AS other(id, new_id)
                 WHERE other.id = boxed.id
             RETURNING boxed.id
                """,
                self.ids,
                ids,
            )
        )
        self.invalidate_model()

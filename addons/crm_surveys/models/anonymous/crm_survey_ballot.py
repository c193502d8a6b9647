from hashlib import sha256
from secrets import token_urlsafe

from odoo import api, fields, models

from ...logic.anonymous import Known, coarsen


class CrmSurveyBallot(models.Model):
    """The right to answer an anonymous survey once; whose it is, is written nowhere.

    The customer has the ballot in his mail, we have its digest. A batch of ballots is made at once,
    by one transaction and in the order of the digests; the ballots themselves are in no table, in
    the queue of mails neither. Whoever answers spends his ballot: it is deleted.
    """

    _name = "crm.survey.ballot"
    _description = "Ballot of an Anonymous Survey"
    _inherit = ["crm.deadline.sealed"]
    _log_access = False
    _rec_name = "survey_id"

    survey_id = fields.Many2one(
        "survey.survey", required=True, readonly=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    team_id = fields.Many2one("crm.team", readonly=True, ondelete="restrict")
    user_id = fields.Many2one("res.users", "Employee in Charge", readonly=True, ondelete="restrict")
    digest = fields.Char(required=True, readonly=True)
    date_end = fields.Date("Can Answer Until", readonly=True, index=True)

    _digest_unique = models.Constraint("UNIQUE(digest)", "A ballot is one of its kind.")

    @api.model
    def _draw(self):
        """Return a new ballot: to be put into a mail, and to be stored nowhere."""
        return token_urlsafe(24)

    @api.model
    def _get_digest(self, token):
        return sha256(token.encode()).hexdigest()

    @api.model
    def _issue(self, invitations, tokens):
        """Make these ballots valid, all at once and in an order that says nothing."""
        known = self._get_known(invitations)
        vals_list = [
            {
                "survey_id": one.survey_id.id,
                "company_id": one.company_id.id,
                "team_id": known[one.id].team,
                "user_id": known[one.id].user,
                "digest": self._get_digest(tokens[one.id]),
                "date_end": one.date_expires and one.date_expires.date(),
            }
            for one in invitations
        ]
        return self._sealed_create(sorted(vals_list, key=lambda vals: vals["digest"]))

    @api.model
    def _get_known(self, invitations):
        """Return by invitation what its ballot may know of who is judged."""
        known = [Known(one.team_id.id or None, one.user_id.id or None) for one in invitations]
        return dict(zip(invitations.ids, coarsen(known), strict=True))

    @api.model
    def _withdraw(self, tokens, left):
        """Take back ballots of mails that did not go out; those left know no more than they may."""
        digests = [self._get_digest(token) for token in tokens]
        ballots = self.search([("digest", "in", digests)])
        others = self.search([("digest", "in", [self._get_digest(token) for token in left])])
        ballots._sealed_unlink()
        known = [Known(one.team_id.id or None, one.user_id.id or None) for one in others]
        for ballot, now, before in zip(others, coarsen(known), known, strict=True):
            if now != before:
                ballot._sealed_write({"team_id": now.team, "user_id": now.user})

    @api.model
    def _find(self, token):
        """Return the ballot of a link, in sudo; nothing if there is none, or it is spent."""
        if not isinstance(token, str) or len(token) > 100 or not token.isascii():
            return self.sudo().browse()  # sudo: nothing is in it
        # sudo: nobody has a right on ballots; whoever has one may answer
        return self.sudo().search([("digest", "=", self._get_digest(token))], limit=1)

    def _is_open(self):
        """Say whether an answer is still taken."""
        self.ensure_one()
        survey = self.survey_id
        in_time = not self.date_end or self.date_end >= fields.Date.today()
        return bool(in_time and survey.active and survey.question_ids)

    def _cast(self, answers):
        """Spend the ballot on these answers; ``False`` where it was spent in the meantime."""
        self.ensure_one()
        if not self.try_lock_for_update():
            return False
        self.env["crm.survey.boxed"]._put(self, answers)
        self._sealed_unlink()
        return True

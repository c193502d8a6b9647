from odoo import api, fields, models
from odoo.exceptions import UserError

from ...logic.reopening import FOLLOW_UP, judge
from ...way import AUTOMATION, by_way
from ..case.crm_complaint import OUTCOMES
from ..case.crm_complaint_stage import CLOSED_KINDS, OPEN_KINDS

FACTS = frozenset({"date_first_closed", "first_outcome", "reopen_count", "previous_id"})


class CrmComplaint(models.Model):
    """An ended case whose customer objects goes on within a term, and in a new case after it.

    What the first closing said stays: figures of past periods do not change when a case is
    reopened. The rule is in ``logic/reopening.py``; what the customer's messages do stands in
    ``crm_complaint_objection``, the new case in ``crm_complaint_next``.
    """

    _inherit = "crm.complaint"

    date_first_closed = fields.Datetime(
        "First Closed",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="When the case ended for the first time. It stays when the case is reopened.",
    )
    first_outcome = fields.Selection(OUTCOMES, readonly=True, copy=False)
    reopen_count = fields.Integer("Reopened", readonly=True, copy=False, help="How many times.")
    previous_id = fields.Many2one(
        "crm.complaint",
        "Goes on from",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The ended complaint that the customer came back about.",
    )
    next_ids = fields.One2many("crm.complaint", "previous_id", "Went on in", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        if facts := FACTS & set().union(*vals_list):
            raise self._facts_error(facts)
        # said here, so that no default of a context says it
        birth = dict.fromkeys(FACTS, False)
        return super().create([{**vals, **birth} for vals in vals_list])

    def write(self, vals):
        if facts := FACTS & vals.keys():
            raise self._facts_error(facts)
        self._check_reopening(vals.get("stage_id"))
        return super().write(vals)

    def _write_reopening(self, vals):
        """Set what closing and reopening set. For the owner of these facts only."""
        # pylint: disable=super-method-mismatch; going round our own refusal is the point
        return super().write(vals)

    def _follow_moves(self, now):
        reopened = self.filtered(lambda one: one.date_closed and one.state not in CLOSED_KINDS)
        # a merge that is undone was no end of the case: nothing is reopened, nothing was closed
        undone = reopened.filtered("merged_into_id")
        never_closed = undone.filtered(lambda one: one.date_first_closed == one.date_closed)
        result = super()._follow_moves(now)
        for complaint in self.filtered(
            lambda one: one.state in CLOSED_KINDS and not one.date_first_closed
        ):
            complaint._write_reopening(
                {"date_first_closed": complaint.date_closed, "first_outcome": complaint.outcome}
            )
        never_closed._write_reopening({"date_first_closed": False, "first_outcome": False})
        for complaint in reopened - undone:
            complaint._write_reopening({"reopen_count": complaint.reopen_count + 1})
        return result

    def _check_reopening(self, stage_id):
        """Refuse a person to reopen a case after its term: a new one goes on from it."""
        # sudo: stages mean the same to everybody
        stage = self.env["crm.complaint.stage"].sudo().browse(stage_id or [])
        if self.env.su or stage.kind not in OPEN_KINDS:
            return
        for complaint in self.filtered("date_closed"):
            if complaint._judge_reopening() == FOLLOW_UP:
                raise UserError(
                    self.env._(
                        "“%(complaint)s” ended more than %(days)s days ago. Use the button Reopen:"
                        " it opens a new complaint that goes on from it, and the figures stay.",
                        complaint=complaint.display_name,
                        days=complaint.company_id.complaint_reopen_days,
                    )
                )

    def _judge_reopening(self, says_nothing=False):
        self.ensure_one()
        days = self.company_id.sudo().complaint_reopen_days  # sudo: a setting of the company
        now = fields.Datetime.now()
        return judge(self.date_closed or now, now, days, says_nothing=says_nothing)

    def action_reopen(self):
        """Go on with an ended case, or open the one that goes on from it."""
        self.ensure_one()
        self.check_access("write")
        if not self.date_closed:
            raise UserError(self.env._("“%(name)s” is open already.", name=self.display_name))
        if self._judge_reopening() == FOLLOW_UP:
            later = self._get_open_next() or self._create_next(self.description)
            return later.get_formview_action()
        # the process follows a case that is reopened, with the deviation on record
        with by_way(AUTOMATION):
            self.stage_id = self._get_stage_to_reopen()
        return None

    def _get_stage_to_reopen(self):
        """Hook: return the stage in which a reopened case goes on.

        Where it stood before it ended, if that is still a stage of work, else the first one.
        """
        self.ensure_one()
        ended = self.move_ids.filtered(lambda move: move.state_to in CLOSED_KINDS)
        teams = [False, *self.team_id.ids]
        stages = self.stage_id.search(
            [("kind", "=", "open"), ("team_ids", "in", teams)], order="sequence, id"
        )
        last = ended.sorted("id")[-1:].stage_from_id
        return last & stages or stages[:1] or self.stage_id._get_first(self.team_id)

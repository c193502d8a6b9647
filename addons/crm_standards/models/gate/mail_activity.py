from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from odoo import api, fields, models
from odoo.exceptions import AccessError

#: What an activity is; a done one that becomes another was not done.
IDENTITY = frozenset(
    {"activity_type_id", "res_id", "res_model", "res_model_id", "standard_step_id"}
)

#: Leads are being merged: their activities go over as they are.
_merging: ContextVar[bool] = ContextVar("crm_standards_merging", default=False)


@contextmanager
def merging() -> Iterator[None]:
    """Let activities go over to another lead without having to be done anew."""
    token = _merging.set(True)
    try:
        yield
    finally:
        _merging.reset(token)


class MailActivity(models.Model):
    """An activity counts as done for a standard when it was marked as done, and only then.

    Core archives a done activity; an import or a write can archive one, too, with whatever date.
    """

    _inherit = "mail.activity"

    standard_date_done = fields.Datetime(
        string="Marked as done on", readonly=True, copy=False, help="Kept for the standards."
    )
    standard_step_id = fields.Many2one(
        "mail.activity.plan.template",
        string="Step of a checklist",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_done_date(vals)
        # explicit, because the caller's context could give a default for it
        return super().create([{**vals, "standard_date_done": False} for vals in vals_list])

    def write(self, vals):
        self._check_done_date(vals)
        if vals.get("active") or (not IDENTITY.isdisjoint(vals) and not _merging.get()):
            vals = {**vals, "standard_date_done": False}  # it must be done anew
        return super().write(vals)

    def _action_done(self, feedback=False, attachment_ids=None):
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        done = self.exists().filtered(lambda activity: not activity.active)
        done._note_done()
        return result

    def _note_done(self) -> None:
        """Note that the activities were marked as done."""
        # pylint: disable=super-method-mismatch,missing-return; our own write refuses this field
        super().write({"standard_date_done": self.env.cr.now()})

    @api.model
    def _check_done_date(self, vals) -> None:
        """Refuse to set what only marking as done may set."""
        if vals.get("standard_date_done"):
            raise AccessError(
                self.env._("An activity is done by marking it as done, not by writing a date.")
            )

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...logic.period import period_of
from .crm_kpi_target import AGREED, DRAFT, REPLACED

#: What may still be written on a version in force.
AFTERWARDS = {"message_follower_ids", "message_ids", "message_main_attachment_id"}
#: What is reached by buttons only.
BY_BUTTON = {"state", "version", "replaces_id", "date_acknowledged", "date_to"}


class CrmKpiTarget(models.Model):
    """Versions of a target: drafted, in force, replaced; agreed to by whoever is judged."""

    _inherit = "crm.kpi.target"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_buttons(vals)
        # whatever the context says: a target begins as a draft
        begun = {"state": DRAFT, "version": 1, "replaces_id": False, "date_acknowledged": False}
        return super().create([{**self._prepare_dates(vals), **begun} for vals in vals_list])

    def write(self, vals):
        self._check_buttons(vals)
        if vals.keys() - AFTERWARDS and any(target.state != DRAFT for target in self):
            raise UserError(
                self.env._(
                    "A target in force is not changed: make a new version of it, so that everybody "
                    "can see what was asked before."
                )
            )
        for target in self:
            super(CrmKpiTarget, target).write(self._prepare_dates(vals, target))
        return True

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_force(self):
        if any(target.state != DRAFT for target in self):
            raise UserError(self.env._("Only drafts of targets can be deleted."))

    def _check_buttons(self, vals):
        if BY_BUTTON & vals.keys():
            raise UserError(self.env._("Put a target in force, or replace it, by its buttons."))

    def _prepare_dates(self, vals, target=None):
        """Return the values with the first day of the period, whatever day of it was given."""
        if target and not {"date_from", "period"} & vals.keys():
            return vals
        day = fields.Date.to_date(vals.get("date_from") or (target and target.date_from))
        period = vals.get("period") or (target.period if target else "month")
        day = day or fields.Date.context_today(self)
        return {**vals, "date_from": period_of(day, period).first}

    def _set_state(self, state, **values):
        # pylint: disable=super-method-mismatch; going round our own refusal is the point
        return super().write({"state": state, **values})

    def action_agree(self):
        """Put drafts in force; what they replace holds no more."""
        self.check_access("write")
        for target in self.filtered(lambda target: target.state == DRAFT):
            if target.replaces_id.state == AGREED:
                target.replaces_id._set_state(REPLACED)
                target.replaces_id.flush_recordset(["state"])  # one in force at any moment
            target._check_rival()  # before the database says it without a name
            target._set_state(AGREED)
        return True

    def action_new_version(self):
        """Draft another version of a target in force."""
        self.ensure_one()
        self.check_access("write")
        if self.state != AGREED:
            raise UserError(self.env._("Only a target in force has a new version."))
        draft = self.copy()
        draft._set_state(DRAFT, version=self.version + 1, replaces_id=self.id)
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": draft.id,
            "views": [(False, "form")],
        }

    def action_acknowledge(self):
        """Agree to one's own target: nobody can do so for somebody else."""
        self.check_access("read")
        for target in self:
            if target.user_id != self.env.user:
                raise AccessError(
                    self.env._("Only the employee can agree to his or her own target.")
                )
            if target.state != AGREED:
                raise UserError(self.env._("This target is not in force."))
            if not target.date_acknowledged:
                # sudo: employees write nothing else on targets
                target.sudo()._set_state(AGREED, date_acknowledged=fields.Datetime.now())
        return True

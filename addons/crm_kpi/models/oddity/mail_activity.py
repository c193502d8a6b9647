from odoo import models

from .crm_kpi_oddity import HURRIED, PUT_OFF

#: Nobody calls a customer in less.
LEAST_SECONDS = 60


class MailActivity(models.Model):
    """Activities tell when they are put off, and when they are closed as soon as made."""

    _inherit = "mail.activity"

    def write(self, vals):
        if not {"date_deadline", "active"} & vals.keys():
            return super().write(vals)
        known = self.sudo()  # whoever writes: it is noted whatever its author may read
        due = {activity: activity.date_deadline for activity in known}
        open_before = known.filtered("active")
        result = super().write(vals)
        oddities = self.env["crm.kpi.oddity"]
        oddities._note(PUT_OFF, [row for a in known if (row := a._prepare_put_off(due[a]))])
        closed = open_before.filtered(lambda activity: not activity.active)
        oddities._note(HURRIED, [row for a in closed if (row := a._prepare_hurried())])
        return result

    def _prepare_put_off(self, due):
        """Return what to note of an activity that is due later than it was."""
        if not due or not self.date_deadline or self.date_deadline <= due:
            return None
        days = (self.date_deadline - due).days
        return self.user_id, None, *self._get_odd_document(), days

    def _prepare_hurried(self):
        """Return what to note of an activity its own author has closed at once."""
        if self.create_uid.id != self.env.uid:
            return None
        seconds = (self.env.cr.now() - self.create_date).total_seconds()
        if not 0 <= seconds < LEAST_SECONDS:
            return None
        return self.user_id, None, *self._get_odd_document(), seconds

    def _get_odd_document(self):
        """Return what it is about; the activity itself where it is about nothing."""
        return (self.res_model, self.res_id) if self.res_id else (self._name, self.id)

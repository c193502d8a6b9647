from odoo import api, models
from odoo.tools import html2plaintext


class MailActivityPlanTemplate(models.Model):
    """The steps of a checklist are part of the rules that ask for it.

    Whoever changes them changes what the standards in force say: that makes a new version, or is
    refused where the standard was approved.
    """

    _inherit = "mail.activity.plan.template"

    @api.model_create_multi
    def create(self, vals_list):
        self.env["crm.standard"]._forget_rulebook()
        ids = {vals.get("plan_id") for vals in vals_list}
        ids.add(self.env.context.get("default_plan_id"))
        with self.env["mail.activity.plan"].browse(filter(None, ids))._telling_standards():
            return super().create(vals_list)

    def write(self, vals):
        self.env["crm.standard"]._forget_rulebook()
        plans = self.plan_id | self.plan_id.browse(filter(None, [vals.get("plan_id")]))
        with plans._telling_standards():
            return super().write(vals)

    def unlink(self):
        self.env["crm.standard"]._forget_rulebook()
        with self.plan_id._telling_standards():
            return super().unlink()

    def _get_standard_words(self) -> str:
        """Return what is to be done in this step, by whom and when, in one line."""
        self.ensure_one()
        words = [self.summary or "", self.activity_type_id.name, self.responsible_id.name or ""]
        if self.delay_count:
            labels = [
                dict(self._fields[name]._description_selection(self.env))[self[name]]
                for name in ("delay_unit", "delay_from")
            ]
            words.append(f"{self.delay_count} {' '.join(labels).lower()}")
        words.append(html2plaintext(self.note or "").strip())
        return " · ".join(filter(None, words))

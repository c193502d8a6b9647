from odoo import api, models
from odoo.exceptions import UserError


class CrmStage(models.Model):
    """Stages are what rules speak of: taking one away would change the law unseen."""

    _inherit = "crm.stage"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ruled(self):
        rules = self.env["crm.standard.rule"].sudo()  # a rule one cannot see counts as well
        for stage in self:
            domain = ["|", ("stage_ids", "in", stage.ids), ("next_stage_ids", "in", stage.ids)]
            if rule := rules.search(domain, limit=1):
                raise UserError(
                    self.env._(
                        "Stage “%(stage)s” is part of rule “%(rule)s” of standard “%(standard)s”."
                        " Take it out of the rule first.",
                        stage=stage.name,
                        rule=rule.name,
                        standard=rule.standard_id.display_name,
                    )
                )

from datetime import timedelta

from odoo import api, fields, models

#: The job runs every minute: a source it has not looked at for so long is left alone.
SILENT = timedelta(minutes=30)


class CrmKpiHealth(models.TransientModel):
    """One page that tells what has no value and why; all the rest is counted meanwhile."""

    _name = "crm.kpi.health"
    _description = "Health of KPI"

    summary = fields.Char(compute="_compute_health")
    is_sound = fields.Boolean(compute="_compute_health")
    broken_measure_ids = fields.Many2many(
        "crm.kpi.measure", "crm_kpi_health_broken_rel", compute="_compute_health"
    )
    waiting_measure_ids = fields.Many2many(
        "crm.kpi.measure", "crm_kpi_health_waiting_rel", compute="_compute_health"
    )
    broken_indicator_ids = fields.Many2many("crm.kpi.indicator", compute="_compute_health")
    silent_source_ids = fields.Many2many(
        "crm.kpi.source",
        compute="_compute_health",
        help="The job has not looked at them for half an hour.",
    )

    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_display_name(self):
        self.display_name = self.env._("Health")

    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_health(self):
        measures = self.env["crm.kpi.measure"].search([("active", "=", True)])
        broken = measures.filtered(lambda measure: measure.state == "broken")
        waiting = measures.filtered(lambda measure: measure.state == "waiting")
        indicators = self.env["crm.kpi.indicator"].search([("active", "=", True)])
        for page in self:
            page.broken_measure_ids = broken
            page.waiting_measure_ids = waiting
            page.broken_indicator_ids = indicators.filtered("problem")
            page.silent_source_ids = self._find_silent(measures - broken)
            page.is_sound = not (
                broken or waiting or page.broken_indicator_ids or page.silent_source_ids
            )
            page.summary = page._tell_summary()

    def _find_silent(self, measures):
        """Return the sources of measures that the job has not looked at for long, or never."""
        return self.env["crm.kpi.source"].search(
            [
                ("model_name", "in", measures.mapped("model_name")),
                "|",
                ("date_looked", "=", False),
                ("date_looked", "<", fields.Datetime.now() - SILENT),
            ]
        )

    def _is_still(self):
        """Say whether the job is not at work: without it there may be no source at all."""
        limit = fields.Datetime.now() - SILENT
        return bool(
            self.silent_source_ids
            or self.waiting_measure_ids.filtered(lambda measure: measure.write_date < limit)
        )

    def _tell_summary(self):
        if self._is_still():
            return self.env._(
                "Counting stands still: see whether scheduled actions run on this server."
            )
        if self.is_sound:
            return self.env._("Everything is counted.")
        if not self.broken_measure_ids and not self.broken_indicator_ids:
            return self.env._("What is named here is counted within a minute.")
        return self.env._(
            "What is named here has no value until it is mended. All the rest is counted."
        )

    def action_count(self):
        """Try again to count what is broken, and say how it stands then."""
        self.ensure_one()
        self.broken_measure_ids.action_count()
        return self.env["ir.actions.act_window"]._for_xml_id("crm_kpi.crm_kpi_health_action")

from odoo import api, fields, models


class CrmLead(models.Model):
    """What the card on the kanban board says about the standards."""

    _inherit = "crm.lead"

    standard_badge = fields.Json(
        compute="_compute_standard_badge",
        help="In short what the standards ask of this opportunity, for its card on the board.",
    )

    @api.depends("stage_id", "team_id", "type", "company_id", "won_status")
    @api.depends_context("lang")
    def _compute_standard_badge(self):
        for leads in self.grouped("team_id").values():
            stages = leads[:1]._get_standard_stages()
            for lead in leads:
                lead.standard_badge = lead._describe_badge(stages)

    def _describe_badge(self, stages):
        """Return ``{"kind", "count", "stage", "strength"}`` for the card, False for no badge.

        ``kind`` is *lacking* (the present stage misses ``count`` things), *next* (so many are
        missing on the way to ``stage``) or *ready*.
        """
        self.ensure_one()
        if self.won_status != "pending":
            return False
        readiness = self.env["crm.standard.readiness"]._describe(self, stages)
        if not readiness or readiness["is_new"]:
            return False
        if open_needs := self._open_needs(readiness["lacking"]):
            return self._badge("lacking", open_needs, self.stage_id.name)
        way = next((way for way in readiness["ways"] if way["is_next"]), None)
        if not way:
            return False
        open_needs = self._open_needs(way["needs"])
        return self._badge("next" if open_needs else "ready", open_needs, way["name"])

    @api.model
    def _open_needs(self, needs):
        """Return the needs of the panel that are not met yet."""
        return [
            need
            for need in needs
            if need["is_path"]
            or not all(field["is_filled"] for field in need["fields"])
            or not all(item["is_met"] for item in need["items"])
        ]

    @api.model
    def _badge(self, kind, needs, stage):
        strengths = {need["strength"] for need in needs}
        strictest = next((s for s in ("block", "record", "advise") if s in strengths), "open")
        return {"kind": kind, "count": len(needs), "stage": stage, "strength": strictest}

    def action_view_route_map(self):
        """Open the map of the process with this opportunity on it."""
        self.ensure_one()
        action = self.env["ir.actions.client"]._for_xml_id(
            "crm_standards.crm_standard_route_map_action"
        )
        return {**action, "params": {"lead_id": self.id}}

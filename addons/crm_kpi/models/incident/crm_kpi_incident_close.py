from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .crm_kpi_incident import CLOSED
from .crm_kpi_watch import STAGE


class CrmKpiIncident(models.Model):
    """What people do with an incident: take it, look into it, close it with the cause."""

    _inherit = "crm.kpi.incident"

    def action_take(self):
        """Become the owner."""
        self.check_access("write")
        return self.write({"owner_id": self.env.uid})

    def action_close(self):
        """Close incidents whose cause is known."""
        self.check_access("write")
        for incident in self:
            if incident.user_id == self.env.user:
                raise UserError(
                    self.env._(
                        "%(incident)s: it is about you, so that somebody else closes it.",
                        incident=incident.text,
                    )
                )
            if not (incident.cause or "").strip():
                raise UserError(
                    self.env._(
                        "%(incident)s: note the cause first, then close it.",
                        incident=incident.text,
                    )
                )
        self.filtered(lambda incident: incident.state != CLOSED)._write_found(
            {
                "state": CLOSED,
                "closed_user_id": self.env.uid,
                "date_closed": fields.Datetime.now(),
            }
        )
        return True

    def action_open_rows(self):
        """Open what stands behind it, under the user's own rights."""
        self.ensure_one()
        self.check_access("read")
        if self.partner_id:
            return self._open("res.partner", [("id", "=", self.partner_id.id)], self.text)
        whose = [(name, "=", self[name].id) for name in ("user_id", "team_id") if self[name]]
        if self.kind == STAGE:
            # sudo: the condition of the rule, which not everybody may read
            counted = self.sudo().rule_id._get_open_domain()
            domain = counted & Domain("stage_id", "=", self.stage_id.id) & Domain(whose)
            return self._open("crm.lead", list(domain), self.stage_id.name)
        return self._open("crm.kpi.fact", [*whose, *self._get_counted_domain()], self.text)

    def _get_counted_domain(self):
        """Return which facts its figure was drawn from, whosever they are."""
        # sudo: what is counted on the scorecard, which not everybody may read
        indicators = self.indicator_id or self.sudo().card_id.line_ids.indicator_id
        measures = indicators.sudo()._get_measures()  # sudo: as above
        return [
            ("company_id", "=", self.company_id.id),
            *([("measure_id", "in", measures.ids)] if measures else []),
            *([("date", ">=", self.since)] if self.since else []),
            *([("date", "<=", self.until)] if self.until else []),
        ]

    def _open(self, model, domain, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [(False, "list"), (False, "form")],
            "domain": domain,
        }

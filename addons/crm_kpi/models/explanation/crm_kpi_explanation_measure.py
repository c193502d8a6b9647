from odoo import fields, models


class CrmKpiExplanationMeasure(models.TransientModel):
    """What a line was counted from: a measure, its facts and the documents behind them."""

    _name = "crm.kpi.explanation.measure"
    _description = "Measure of an Explanation"
    _order = "line_id, id"

    line_id = fields.Many2one(
        "crm.kpi.explanation.line", required=True, readonly=True, ondelete="cascade", index=True
    )
    measure_id = fields.Many2one(
        "crm.kpi.measure", required=True, readonly=True, ondelete="cascade"
    )
    has_value = fields.Boolean(readonly=True)
    total = fields.Float("Sum", readonly=True, digits=0)
    count = fields.Float("Number", readonly=True, digits=0)

    def action_open_facts(self):
        """Open the facts that were added up, as far as the user may see them."""
        self.ensure_one()
        explanation = self.line_id.explanation_id
        action = self.env["ir.actions.act_window"]._for_xml_id("crm_kpi.crm_kpi_fact_action")
        return {
            **action,
            "domain": [
                ("measure_id", "=", self.measure_id.id),
                ("user_id", "=", explanation.user_id.id),
                ("company_id", "=", explanation.card_id.company_id.id),
                ("date", ">=", explanation.date_from),
                ("date", "<=", explanation.date_to),
            ],
            "context": {},
        }

    def action_open_documents(self):
        """Open the documents that were counted: those the user may read, and say how many."""
        self.ensure_one()
        explanation = self.line_id.explanation_id
        explanation.check_access("read")
        measure = self.measure_id.sudo()  # its definition leads to documents, rights are theirs
        counted = self.env["crm.kpi.engine"]._find_documents(
            measure,
            explanation.date_from,
            explanation.date_to,
            explanation.card_id.company_id,
            explanation.user_id,
        )
        documents = self.env[measure.model_name].with_context(active_test=False)
        domain = [("id", "in", counted)]
        seen = documents.search_count(domain) if documents.has_access("read") else 0
        return {
            "type": "ir.actions.act_window",
            "name": self.env._(
                "%(measure)s: %(seen)s of %(count)s visible to you",
                measure=measure.name,
                seen=seen,
                count=len(counted),
            ),
            "res_model": measure.model_name,
            "views": [(False, "list"), (False, "form")],
            "domain": domain if seen else [("id", "in", [])],
            "context": {"active_test": False, "create": False},
        }

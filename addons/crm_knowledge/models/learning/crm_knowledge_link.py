from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.crm_deadline.readable import readable


class CrmKnowledgeLink(models.Model):
    """Closed requests, with and without an article: link rate, and what it is worth.

    One line is one closed record of a kind that asks; a user's lines are those of the records he
    or she may read, so that figures follow rights.
    """

    _name = "crm.knowledge.link"
    _description = "Closed Request and Its Articles"
    _auto = False
    _order = "date_closed desc, id desc"
    _rec_name = "res_model"
    _depends = {
        "crm.knowledge.use": ["res_model", "res_id", "state"],
        "crm.lead": [
            "create_date",
            "date_closed",
            "user_id",
            "team_id",
            "company_id",
            "won_status",
        ],
    }

    res_model = fields.Char("Model", readonly=True)
    kind = fields.Char("Kind of Record", compute="_compute_kind")
    res_id = fields.Many2oneReference("Record", model_field="res_model", readonly=True)
    date_closed = fields.Datetime("Closed on", readonly=True)
    user_id = fields.Many2one("res.users", "Responsible", readonly=True)
    team_id = fields.Many2one("crm.team", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    is_linked = fields.Boolean("With an Article", readonly=True)
    closed = fields.Selection(
        [("with", "With an article"), ("without", "Without an article")], readonly=True
    )
    link_percent = fields.Float("Link Rate (%)", readonly=True, aggregator="avg")
    days_to_close = fields.Float("Days to Close", readonly=True, aggregator="avg")
    success_percent = fields.Float(
        "Success (%)",
        readonly=True,
        aggregator="avg",
        help="Deals won; of complaints, those that did not come back.",
    )

    @api.depends("res_model")
    @api.depends_context("lang")
    def _compute_kind(self):
        for link in self:
            known = link.res_model in self.env
            # sudo: what a kind of record is called, of records the user may read
            link.kind = self.env["ir.model"].sudo()._get(link.res_model).name if known else ""

    @api.model
    def _get_sources(self):
        """Hook: return, by model, the SELECT of its closed records.

        Columns: res_id, date_begun, date_closed, user_id, team_id, company_id, success (0 or 1).
        """
        return {
            "crm.lead": SQL(
                "SELECT id AS res_id, create_date AS date_begun, date_closed, user_id, team_id,"
                " company_id, CASE WHEN won_status = 'won' THEN 1 ELSE 0 END AS success"
                " FROM crm_lead WHERE date_closed IS NOT NULL AND won_status IN ('won', 'lost')"
            )
        }

    @property
    def _table_query(self) -> SQL:
        sources = self._get_sources()
        lines = [
            SQL(
                "SELECT res_id * %s::bigint + %s AS id, %s AS res_model, source.* FROM (%s)"
                " AS source",
                len(sources),
                place,
                model,
                select,
            )
            for place, (model, select) in enumerate(sorted(sources.items()))
        ]
        return SQL(
            """
            SELECT line.id, line.res_model, line.res_id, line.date_closed, line.user_id,
                   line.team_id, line.company_id, used.is_linked,
                   CASE WHEN used.is_linked THEN 'with' ELSE 'without' END AS closed,
                   CASE WHEN used.is_linked THEN 100.0 ELSE 0.0 END AS link_percent,
                   EXTRACT(EPOCH FROM line.date_closed - line.date_begun) / 86400
                       AS days_to_close,
                   line.success * 100.0 AS success_percent
              FROM (%s) AS line,
                   LATERAL (SELECT EXISTS (
                       SELECT FROM crm_knowledge_use AS use
                        WHERE use.res_model = line.res_model AND use.res_id = line.res_id
                          AND use.state IN ('sent', 'copied', 'captured')) AS is_linked) AS used
            """,
            SQL(" UNION ALL ").join(lines),
        )

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            domain = Domain(domain) & self._get_readable_domain()
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model
    def _get_readable_domain(self):
        """Return the lines of records that the user may read."""
        return Domain.OR(
            Domain("res_model", "=", model) & readable(self.env[model], "res_id")
            for model in self._get_sources()
            if self.env[model].has_access("read")
        )

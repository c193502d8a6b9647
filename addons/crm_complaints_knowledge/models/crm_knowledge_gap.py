from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.crm_knowledge.models.learning.crm_knowledge_gap import DAYS


class CrmKnowledgeGap(models.Model):
    """A gap beside the cause of complaints it is asked for: what it costs not to know."""

    _inherit = "crm.knowledge.gap"

    complaint_cause_id = fields.Many2one(
        "crm.complaint.cause",
        "Cause of Complaints",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        help="The main cause of most complaints over which this was asked in vain.",
    )
    complaint_count = fields.Integer(
        "Complaints",
        compute="_compute_complaint_count",
        help="With this cause, in the last 90 days, as far as you may see them.",
    )

    @api.depends("complaint_cause_id")
    @api.depends_context("uid")
    def _compute_complaint_count(self):
        shares = self.env["crm.complaint.cause.share"]
        counts = {}
        if shares.has_access("read"):
            since = fields.Datetime.now() - timedelta(days=DAYS)
            counts = dict(
                shares._read_group(
                    [
                        ("cause_id", "in", self.complaint_cause_id.ids),
                        ("complaint_id.date_received", ">=", since),
                    ],
                    ["cause_id"],
                    ["complaint_id:count_distinct"],
                )
            )
        for gap in self:
            gap.complaint_count = counts.get(gap.complaint_cause_id, 0)

    @api.model
    def _cron_find(self):
        result = super()._cron_find()
        since = fields.Date.today() - timedelta(days=DAYS)
        self.env.execute_query(
            SQL(
                """
                UPDATE crm_knowledge_gap AS gap
                   SET complaint_cause_id = asked.cause_id
                  FROM (SELECT company_id, key,
                               mode() WITHIN GROUP (ORDER BY complaint_cause_id) AS cause_id
                          FROM crm_knowledge_query
                         WHERE date >= %s AND complaint_cause_id IS NOT NULL
                           AND (is_hit IS NOT TRUE OR is_opened IS NOT TRUE)
                      GROUP BY company_id, key) AS asked
                 WHERE gap.company_id = asked.company_id AND gap.key = asked.key
                   AND gap.complaint_cause_id IS DISTINCT FROM asked.cause_id
             RETURNING gap.id
                """,
                since,
            )
        )
        self.invalidate_model()
        return result

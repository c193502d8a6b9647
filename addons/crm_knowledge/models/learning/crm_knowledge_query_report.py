from odoo import fields, models
from odoo.tools import SQL


class CrmKnowledgeQueryReport(models.Model):
    """How many questions were asked on a day, and what became of them; never what was asked.

    The log itself is nobody's to read (``crm.knowledge.query``): only counts leave it.
    """

    _name = "crm.knowledge.query.report"
    _description = "Questions to the Knowledge Base"
    _auto = False
    _order = "date desc, outcome"
    _rec_name = "date"
    _depends = {"crm.knowledge.query": ["date", "company_id", "is_hit", "is_opened"]}

    date = fields.Date("Date of the Question", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    outcome = fields.Selection(
        [
            ("opened", "An answer was opened"),
            ("unopened", "Found, nothing opened"),
            ("nothing", "Nothing found"),
        ],
        "What Became of It",
        readonly=True,
    )
    asked_count = fields.Integer("Questions", readonly=True, aggregator="sum")

    @property
    def _table_query(self) -> SQL:
        return SQL(
            """
            SELECT MIN(id) AS id, date, company_id, outcome, COUNT(*) AS asked_count
              FROM (SELECT id, date, company_id,
                           CASE WHEN is_opened THEN 'opened'
                                WHEN is_hit THEN 'unopened'
                                ELSE 'nothing' END AS outcome
                      FROM crm_knowledge_query) AS query
          GROUP BY date, company_id, outcome
            """
        )

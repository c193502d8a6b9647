from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

LEAST_PARAMETER = "crm_knowledge.gap_least"
LEAST = 3
DAYS = 90
OPEN, IN_WORK, ANSWERED, DISMISSED = "open", "in_work", "answered", "dismissed"


class CrmKnowledgeGap(models.Model):
    """A question that is asked again and again and finds no answer, or none that is opened.

    Found every night by one statement over the log of questions; a question asked by few is not
    shown, since its words could tell of whom it is. What is asked in vain after it was answered
    comes back.
    """

    _name = "crm.knowledge.gap"
    _description = "Gap in the Knowledge Base"
    _order = "missed_count desc, id desc"

    name = fields.Char("Question", required=True, readonly=True)
    key = fields.Char(required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    asked_count = fields.Integer("Asked", readonly=True, help="How often, in the last 90 days.")
    missed_count = fields.Integer("In Vain", readonly=True)
    without_hit_count = fields.Integer("Nothing Found", readonly=True)
    unopened_count = fields.Integer("Found, Not Opened", readonly=True)
    date_last = fields.Date("Asked Last", readonly=True)
    state = fields.Selection(
        [
            (OPEN, "Open question"),
            (IN_WORK, "Being written"),
            (ANSWERED, "Answered"),
            (DISMISSED, "Not for us"),
        ],
        required=True,
        readonly=True,
        default=OPEN,
        index=True,
    )
    user_id = fields.Many2one("res.users", "Taken by", readonly=True, ondelete="set null")
    article_id = fields.Many2one(
        "crm.knowledge.article",
        readonly=True,
        ondelete="set null",
        index=True,
        groups=fields.NO_ACCESS,  # screens are told the title of a link whoever may read it
    )
    answer_id = fields.Many2one(
        "crm.knowledge.article",
        compute="_compute_answer_id",
        help="The article that was written for it, if you may read that.",
    )
    date_closed = fields.Date("Closed on", readonly=True)

    _key_uniq = models.UniqueIndex("(company_id, key)", "This question is known already.")

    @api.depends("article_id")
    @api.depends_context("uid")
    def _compute_answer_id(self):
        for gap in self:
            # sudo: nobody reads the link itself; the rights of the user are asked right after
            article = gap.sudo().article_id.sudo(False)
            gap.answer_id = article._filtered_access("read")

    @api.model
    def _get_least(self):
        """Return how often a question must be asked in vain before anybody sees it."""
        # sudo: a setting of the system
        value = self.env["ir.config_parameter"].sudo().get_param(LEAST_PARAMETER)
        try:
            return max(2, int(value or LEAST))
        except ValueError:
            return LEAST

    @api.model
    def _cron_find(self):
        """Bring the gaps up to date with what was asked."""
        self.env["crm.knowledge.query"].flush_model()
        self.flush_model()
        since = fields.Date.today() - timedelta(days=DAYS)
        self.env.execute_query(self._get_upsert(since, self._get_least()))
        self.invalidate_model()

    @api.model
    def _get_upsert(self, since, least):
        """Return the statement that writes down what was asked in vain.

        A question counts as a gap when at least half of those who asked it opened nothing. It was
        asked on more than one day: who types a name again and again at once shall not show it.
        """
        return SQL(
            """
            INSERT INTO crm_knowledge_gap (
                        company_id, key, name, asked_count, missed_count, without_hit_count,
                        unopened_count, date_last, state)
                 SELECT company_id, key, (array_agg(text ORDER BY date DESC, id DESC))[1],
                        count(*), count(*) FILTER (WHERE NOT is_hit OR NOT is_opened),
                        count(*) FILTER (WHERE NOT is_hit),
                        count(*) FILTER (WHERE is_hit AND NOT is_opened),
                        max(date) FILTER (WHERE NOT is_hit OR NOT is_opened), %(open)s
                   FROM (SELECT id, company_id, key, text, date, is_hit IS TRUE AS is_hit,
                                is_opened IS TRUE AS is_opened
                           FROM crm_knowledge_query WHERE date >= %(since)s) AS query
               GROUP BY company_id, key
                 HAVING count(*) FILTER (WHERE NOT is_hit OR NOT is_opened) >= %(least)s
                    AND count(*) FILTER (WHERE NOT is_hit OR NOT is_opened) * 2 >= count(*)
                    AND count(DISTINCT date) FILTER (WHERE NOT is_hit OR NOT is_opened) > 1
            ON CONFLICT (company_id, key) DO UPDATE
                    SET asked_count = EXCLUDED.asked_count,
                        missed_count = EXCLUDED.missed_count,
                        without_hit_count = EXCLUDED.without_hit_count,
                        unopened_count = EXCLUDED.unopened_count,
                        date_last = EXCLUDED.date_last,
                        state = CASE WHEN crm_knowledge_gap.state = %(answered)s
                                      AND EXCLUDED.date_last > crm_knowledge_gap.date_closed
                                     THEN %(open)s ELSE crm_knowledge_gap.state END
              RETURNING id
            """,
            open=OPEN,
            answered=ANSWERED,
            since=since,
            least=least,
        )

    def action_write(self):
        """Take the gap and write the answer."""
        self.ensure_one()
        self._check_open()
        # sudo: authors take gaps by this button only
        self.sudo().write({"state": IN_WORK, "user_id": self.env.uid})
        return self.env["crm.knowledge.capture"]._open_for(gap=self)

    def action_dismiss(self):
        """Say that the question is none for the knowledge base."""
        self._check_open()
        # sudo: as above
        self.sudo().write({"state": DISMISSED, "date_closed": fields.Date.today()})

    def action_reopen(self):
        """Put the gap back on the list."""
        self.check_access("read")
        self._check_author()
        # sudo: as above
        self.sudo().write({"state": OPEN, "user_id": False, "date_closed": False})

    def _check_open(self):
        self.check_access("read")
        self._check_author()
        for gap in self:
            if gap.state not in (OPEN, IN_WORK):
                raise UserError(
                    self.env._(
                        "“%(name)s” is closed already. Reopen it if it is asked for again.",
                        name=gap.name,
                    )
                )

    def _check_author(self):
        """Refuse who does not write articles."""
        self.env["crm.knowledge.article"].check_access("create")

    def _set_answered(self):
        """Close the gaps whose articles are published."""
        # sudo: whoever publishes need not see the list of gaps
        self.sudo().write({"state": ANSWERED, "date_closed": fields.Date.today()})

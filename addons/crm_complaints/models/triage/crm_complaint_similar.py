from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.modules.db import FunctionStatus
from odoo.tools import SQL, html2plaintext

from ...logic.similar import Case, compare, stems
from ..case.crm_complaint_stage import CLOSED_KINDS

#: So many complaints are compared for each way of finding them, and so many shown.
CANDIDATES = 20
#: Of what shares a word, so many of the newest are weighed.
RANKED = 1000
SHOWN = 5
#: What was received longer ago tells nothing about today's products and people.
MEMORY = timedelta(days=3 * 365)
#: The beginning of the substance says what it is about; a text index holds no more than 1 MB.
TEXT_SIZE = 4000
#: What a person says about a similar complaint.
VERDICTS = ("duplicate", "repeat", "related", "different")


class CrmComplaint(models.Model):
    """Complaints like the one that is being written down, open and solved, shown while one types.

    Asked under the record rules of whoever types: a complaint that he may not see is neither shown
    nor hinted at. Words are found by PostgreSQL's full text; where it has trigrams, subjects with
    slips of the pen are found as well.
    """

    _inherit = "crm.complaint"

    similar = fields.Json("Similar Complaints", compute="_compute_similar")

    _text_index = models.Index(
        "USING gin (to_tsvector('simple',"
        " left(coalesce(name, '') || ' ' || coalesce(description, ''), 4000)))"
    )

    @api.depends(
        "name",
        "description",
        "partner_id",
        "email_from",
        "product_id",
        "category_id",
        "lead_id",
    )
    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_similar(self):
        for complaint in self:
            complaint.similar = complaint._find_similar() if len(self) == 1 else []

    def _find_similar(self):
        """Return what is like this complaint, the likeliest first, as the panel shows it."""
        self.ensure_one()
        if self.env.su or self.merged_into_id or self.state in CLOSED_KINDS:
            return []  # asked by nobody in particular, or of no use any more
        mine = self._get_known_case()
        candidates = self._find_candidates(mine) - self._get_compared()
        found = [(compare(mine, other._get_known_case()), other) for other in candidates]
        likely = sorted(
            (pair for pair in found if pair[0].is_likely), key=lambda pair: -pair[0].score
        )
        labels = self._get_likeness_labels()
        return [other._describe_similar(match, labels) for match, other in likely[:SHOWN]]

    def _get_known_case(self):
        """Hook: return by what this complaint is compared, as the logic knows it."""
        customer = self.commercial_partner_id.id or self.partner_id.commercial_partner_id.id
        text = " ".join([self.name or "", html2plaintext(self.description or "")])
        return Case(
            stems=stems(text[:TEXT_SIZE]),
            customer=customer or self.email_normalized or None,
            opportunity=self.lead_id.id or None,
            product=self.product_id.id or None,
            category=self.category_id.id or None,
        )

    def _get_compared(self):
        """Return this complaint and those somebody has compared it with already."""
        return self._origin | self.link_ids.other_id | self.back_link_ids.complaint_id

    def _find_candidates(self, mine):
        """Return complaints that share something with this one, in one statement."""
        parts = []
        for name, value in (
            ("commercial_partner_id", self.partner_id.commercial_partner_id.id),
            ("email_normalized", self.email_normalized),
            ("lead_id", self.lead_id.id),
        ):
            if value:
                condition = SQL("%s = %s", SQL.identifier(self._table, name), value)
                parts.append(self._candidate_sql(condition))
        parts += self._word_candidates(mine.stems)
        if not parts:
            return self.browse()
        self.flush_model(
            ["name", "description", "email_normalized", "commercial_partner_id", "lead_id"]
        )
        rows = self.env.execute_query(SQL("%s", SQL(" UNION ").join(parts)))
        return self.browse(complaint_id for (complaint_id,) in rows)

    def _word_candidates(self, begun):
        """Return the statements that find complaints by words, and by trigrams where there are."""
        parts = []
        if begun:
            # the beginnings hold nothing but letters and digits
            asked = SQL("to_tsquery('simple', %s)", " | ".join(f"{one}:*" for one in sorted(begun)))
            text = self._text_sql()
            parts.append(
                self._candidate_sql(
                    SQL("%s @@ %s", text, asked), SQL("ts_rank(%s, %s)", text, asked)
                )
            )
        subject = " ".join((self.name or "").split())
        registry = self.env.registry
        if subject and registry.has_trigram:
            column = SQL.identifier(self._table, "name")
            if registry.has_unaccent == FunctionStatus.INDEXABLE:  # as the index has it
                column, subject = registry.unaccent(column), registry.unaccent_python(subject)
            parts.append(
                self._candidate_sql(
                    SQL("%s %% %s", column, subject),
                    SQL("similarity(%s, %s)", column, subject),
                )
            )
        return parts

    @api.model
    def _text_sql(self):
        """Return the words of a complaint as the index has them, see ``_text_index``."""
        columns = [SQL.identifier(self._table, name) for name in ("name", "description")]
        return SQL(
            "to_tsvector('simple', left(coalesce(%s, '') || ' ' || coalesce(%s, ''), 4000))",
            *columns,
        )

    @api.model
    def _candidate_sql(self, condition, score=None):
        """Return the statement of a few complaints the user may read.

        The newest; with a score, the best of the newest: a word that half of all complaints have
        would take a minute to compare otherwise.
        """
        since = fields.Datetime.now() - MEMORY
        domain = [("date_received", ">=", since), ("merged_into_id", "=", False)]
        query = self.with_context(active_test=False)._search(domain)
        query.add_where(condition)
        query.order = SQL("%s DESC", SQL.identifier(self._table, "date_received"))
        query.limit = RANKED if score else CANDIDATES
        if not score:
            return SQL("(%s)", query.select())
        newest = query.select(SQL.identifier(self._table, "id"), SQL("%s AS score", score))
        ranked = SQL("SELECT id FROM (%s) AS newest ORDER BY score DESC", newest)
        return SQL("(%s LIMIT %s)", ranked, CANDIDATES)

    def _describe_similar(self, match, labels):
        """Return one candidate as the panel shows it: what tells it from others, and why."""
        date = fields.Datetime.context_timestamp(self, self.date_received).date()
        facts = [
            self.partner_id.name or self.contact_name,
            fields.Date.to_string(date),
            self.stage_id.name,
        ]
        return {
            "id": self.id,
            "name": self.display_name,
            "note": " · ".join(filter(None, facts)),
            "score": match.score,
            "why": ", ".join(labels[reason] for reason in match.reasons),
            "is_ended": self.state in CLOSED_KINDS,
        }

    @api.model
    def _get_likeness_labels(self):
        return {
            "customer": self.env._("customer"),
            "opportunity": self.env._("opportunity"),
            "product": self.env._("product"),
            "category": self.env._("category"),
            "words": self.env._("words"),
        }

    def action_judge_similar(self, other_id, verdict):
        """Keep what a person says about a similar complaint.

        :param verdict: one of :data:`VERDICTS`; "duplicate" opens the form to merge the two
        :return: an action, or False
        """
        self.ensure_one()
        if verdict not in VERDICTS or not isinstance(other_id, int):
            raise UserError(self.env._("Say which complaint, and how it stands to this one."))
        other = self.browse(other_id).exists()
        self.check_access("write")
        other.check_access("read")
        if not other:
            raise UserError(self.env._("There is no such complaint."))
        both = self | other
        can_merge = verdict == "duplicate" and other.has_access("write")
        if can_merge and not both._get_merge_obstacle():
            return both.action_merge()
        self._link(other, verdict)
        return False

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ...logic import lifecycle

ARTICLE, FLAG, GAP = "crm.knowledge.article", "crm.knowledge.flag", "crm.knowledge.gap"
SHOWN = 6  # lines of each pile
SOON = timedelta(days=30)


class CrmKnowledgeDesk(models.AbstractModel):
    """The editor's desk: what waits, in piles, under the rights of the viewer.

    A pile shows what waits longest; a click opens one thing, or all of them as a list.
    """

    _name = "crm.knowledge.desk"
    _description = "Editor's Desk"

    @api.model
    @api.readonly
    def get_desk(self, is_mine=True):
        """Return the piles.

        :param is_mine: only what the user answers for, as an owner or reviewer
        """
        self.env[ARTICLE].check_access("read")
        mine = bool(is_mine)
        return {
            "is_mine": mine,
            "can_write": self.env[ARTICLE].has_access("create"),
            "piles": [
                self._make_pile(**pile)
                for pile in self._get_piles(mine)
                if self.env[pile["model"]].has_access("read")  # gaps are the authors'
            ],
        }

    @api.model
    def _make_pile(self, model, domain, order, line, **pile):
        records = self.env[model].search(domain, order=order, limit=SHOWN)
        return {
            **pile,
            "model": model,
            "domain": list(domain),
            "count": self.env[model].search_count(domain),
            "lines": [{"id": record.id, **line(record)} for record in records],
        }

    @api.model
    def _get_piles(self, is_mine):
        """Hook: return the piles: ``id``, ``name``, ``hint`` (what to do), model, domain, order.

        ``line`` is a function that gives ``name`` and ``note`` of a record.
        """
        cared = self._get_cared_for() if is_mine else Domain.TRUE
        whole = Domain("revision_of_id", "=", False)
        state = Domain("state", "=", lifecycle.IN_REVIEW)
        today = fields.Date.today()
        published = Domain("state", "=", lifecycle.PUBLISHED)
        soon = Domain("date_verify_by", ">=", today) & Domain("date_verify_by", "<", today + SOON)
        return [
            {
                "id": "review",
                "name": self.env._("To review"),
                "hint": self.env._("Publish it, or send it back with a word why."),
                "model": ARTICLE,
                "domain": state & cared,
                "order": "date_edited, id",
                "line": self._line_of_text,
            },
            {
                "id": "verify",
                "name": self.env._("To be verified"),
                "hint": self.env._(
                    "Doubted, or not verified in time: does it hold? If not, mend it."
                ),
                "model": ARTICLE,
                "domain": Domain("state", "=", lifecycle.TO_VERIFY) & whole & cared,
                "order": "date_verify_by, id",
                "line": self._line_of_doubt,
            },
            {
                "id": "flags",
                "name": self.env._("Flags"),
                "hint": self.env._("Readers say that something is wrong: mend it and answer them."),
                "model": FLAG,
                "domain": Domain("state", "=", "open") & self._for_parts(cared),
                "order": "id",
                "line": self._line_of_flag,
            },
            *self._get_gap_piles(is_mine),
            {
                "id": "soon",
                "name": self.env._("To verify within 30 days"),
                "hint": self.env._("Look at it before readers are warned."),
                "model": ARTICLE,
                "domain": published & soon & whole & cared,
                "order": "date_verify_by, id",
                "line": self._line_of_owner,
            },
            {
                "id": "drafts",
                "name": self.env._("Drafts"),
                "hint": self.env._("What was begun: finish it, or take it away."),
                "model": ARTICLE,
                "domain": Domain("state", "=", lifecycle.DRAFT) & self._get_written(is_mine),
                "order": "date_edited, id",
                "line": self._line_of_text,
            },
            *([] if is_mine else [self._get_orphans(whole)]),
        ]

    @api.model
    def _get_gap_piles(self, is_mine):
        taken = Domain("user_id", "in", [False, self.env.uid]) if is_mine else Domain.TRUE
        return [
            {
                "id": "gaps",
                "name": self.env._("Gaps"),
                "hint": self.env._("Asked again and again in vain: write the answer."),
                "model": GAP,
                "domain": Domain("state", "in", ["open", "in_work"]) & taken,
                "order": "missed_count desc, id",
                "line": self._line_of_gap,
            }
        ]

    @api.model
    def _get_orphans(self, whole):
        nobody = Domain("user_id", "=", False) | Domain("user_id.active", "=", False)
        return {
            "id": "orphans",
            "name": self.env._("Without an owner"),
            "hint": self.env._("Nobody is asked to verify it: choose an owner."),
            "model": ARTICLE,
            "domain": Domain("state", "in", sorted(lifecycle.IN_FORCE)) & whole & nobody,
            "order": "name, id",
            "line": self._line_of_owner,
        }

    # ---- whose it is

    @api.model
    def _get_cared_for(self):
        """Return the articles the user owns or reviews."""
        own = Domain("user_id", "=", self.env.uid)
        return own | Domain("category_id.all_reviewer_ids", "in", self.env.user.ids)

    @api.model
    def _get_written(self, is_mine):
        own = Domain("user_id", "=", self.env.uid) | Domain("writer_ids", "in", self.env.user.ids)
        return own if is_mine else Domain.TRUE

    @api.model
    def _for_parts(self, domain):
        """Return the domain of what belongs to articles of a domain."""
        return Domain.TRUE if domain.is_true() else Domain("article_id", "any", domain)

    # ---- lines

    @api.model
    def _line_of_text(self, article):
        # sudo: the name of a colleague
        writer = article.sudo().edited_by_id.name or ""
        return {"name": article.name, "note": self._join(writer, article.date_edited)}

    @api.model
    def _line_of_owner(self, article):
        # sudo: as above
        owner = article.sudo().user_id.name or self.env._("without an owner")
        return {"name": article.name, "note": self._join(owner, article.date_verify_by)}

    @api.model
    def _line_of_doubt(self, article):
        # sudo: as above
        owner = article.sudo().user_id.name or self.env._("without an owner")
        verified = article.date_verified
        since = verified and self.env._("verified on %(day)s", day=format_date(self.env, verified))
        return {"name": article.name, "note": self._join(owner, since)}

    @api.model
    def _line_of_flag(self, flag):
        reasons = dict(flag._fields["reason"]._description_selection(self.env))
        note = self._join(reasons[flag.reason], flag.create_date)
        return {"name": flag.article_id.name, "note": note}

    @api.model
    def _line_of_gap(self, gap):
        asked = self.env._("%(count)s times in vain", count=gap.missed_count)
        return {"name": gap.name, "note": self._join(asked, gap.date_last)}

    @api.model
    def _join(self, word, day):
        said = day if isinstance(day, str) else day and format_date(self.env, day)
        return ", ".join(filter(None, [word, said]))

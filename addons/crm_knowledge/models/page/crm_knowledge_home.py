from odoo import api, models

from ...logic import lifecycle

SHOWN = 8  # lines in each list of the home page


class CrmKnowledgeHome(models.AbstractModel):
    """What the home page shows, under the rights of the viewer."""

    _name = "crm.knowledge.home"
    _description = "Home of the Knowledge Base"

    @api.model
    @api.readonly
    def get_home(self):
        """Return categories, lists of articles, and what waits for the user."""
        return {
            "categories": self._get_categories(),
            "lists": [
                {**one, "articles": self._get_lines(one["domain"], one["order"])}
                for one in self._get_lists()
            ],
            "tasks": self._get_tasks(),
            "can_write": self.env["crm.knowledge.article"].has_access("create"),
        }

    @api.model
    def _get_domain(self):
        """Return the articles everybody with access reads."""
        return [("state", "in", sorted(lifecycle.IN_FORCE)), ("revision_of_id", "=", False)]

    @api.model
    def _get_lists(self):
        """Hook: return the lists of the page: ``id``, ``name``, ``domain``, ``order`` of each."""
        in_force = self._get_domain()
        verified = [("state", "=", lifecycle.PUBLISHED), ("date_verified", "!=", False)]
        return [
            {
                "id": "favorites",
                "name": self.env._("Favorites"),
                "domain": [*in_force, ("is_favorite", "=", True)],
                "order": "name, id",
            },
            {
                "id": "new",
                "name": self.env._("Published lately"),
                "domain": in_force,
                "order": "date_published desc, id desc",
            },
            {
                "id": "verified",
                "name": self.env._("Verified lately"),
                "domain": [*in_force, *verified],
                "order": "date_verified desc, id desc",
            },
        ]

    @api.model
    def _get_lines(self, domain, order):
        articles = self.env["crm.knowledge.article"].search(domain, order=order, limit=SHOWN)
        return [
            {
                "id": article.id,
                "name": article.name,
                "summary": article.summary or "",
                "state": article.state,
            }
            for article in articles
        ]

    @api.model
    def _get_categories(self):
        """Return the categories on top that hold anything to read, with how much it is."""
        articles = self.env["crm.knowledge.article"]
        rows = articles._read_group(self._get_domain(), ["category_id"], ["__count"])
        counts = {}
        for category, count in rows:
            # sudo: where a category stands that the viewer reads articles of
            top = int(category.sudo().parent_path.split("/")[0])
            counts[top] = counts.get(top, 0) + count
        readable = self.env["crm.knowledge.category"].search([("id", "in", list(counts))])
        return [
            {
                "id": category.id,
                "name": category.name,
                "count": counts[category.id],
                "domain": [*self._get_domain(), ("category_id", "child_of", category.id)],
            }
            for category in readable
        ]

    @api.model
    def _get_tasks(self):
        """Return what waits for the user; what is nothing is left out."""
        return [task for task in self._get_all_tasks() if task["count"]]

    @api.model
    def _get_all_tasks(self):
        """Hook: return what may wait for the user: ``id``, ``name``, ``count`` and ``action``.

        A ``context`` with it narrows what the action shows to what is counted.
        """
        articles = self.env["crm.knowledge.article"]
        own = [("user_id", "=", self.env.uid)]
        reviewer = [("state", "=", lifecycle.IN_REVIEW)]
        if not self.env.user.has_group("crm_knowledge.group_editor"):
            reviewer.append(("category_id.all_reviewer_ids", "in", self.env.user.ids))
        return [
            {
                "id": "read",
                "name": self.env._("To read and confirm"),
                "count": self.env["crm.knowledge.reading"].search_count(
                    [*own, ("state", "=", "asked")]
                ),
                "action": "crm_knowledge.crm_knowledge_reading_action_mine",
            },
            {
                "id": "review",
                "name": self.env._("To review"),
                "count": articles.search_count(reviewer),
                "action": "crm_knowledge.crm_knowledge_article_action_review",
            },
            {
                "id": "verify",
                "name": self.env._("To verify"),
                "count": articles.search_count([*own, ("state", "=", lifecycle.TO_VERIFY)]),
                "action": "crm_knowledge.crm_knowledge_article_action_verify",
            },
            {
                "id": "drafts",
                "name": self.env._("My drafts"),
                "count": articles.search_count([*own, ("state", "=", lifecycle.DRAFT)]),
                "action": "crm_knowledge.crm_knowledge_article_action_mine",
                "context": {"search_default_mine": 1, "search_default_draft": 1},
            },
            {
                "id": "flags",
                "name": self.env._("Flags to answer"),
                "count": self.env["crm.knowledge.flag"].search_count(
                    [("state", "=", "open"), ("article_id.user_id", "=", self.env.uid)]
                ),
                "action": "crm_knowledge.crm_knowledge_flag_action",
                "context": {"search_default_mine": 1},
            },
        ]

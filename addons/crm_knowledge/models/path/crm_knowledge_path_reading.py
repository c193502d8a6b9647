from odoo import api, fields, models


class CrmKnowledgePathReading(models.Model):
    """Somebody has said that he or she has read an article of a path: which version, when."""

    _name = "crm.knowledge.path.reading"
    _description = "Reading of an Article"
    _inherit = ["crm.knowledge.part", "crm.deadline.sealed"]
    _order = "date desc, id desc"
    _rec_name = "article_id"

    article_id = fields.Many2one(readonly=True, ondelete="restrict")
    version = fields.Integer(readonly=True)
    user_id = fields.Many2one(
        "res.users", "Reader", required=True, readonly=True, index=True, ondelete="restrict"
    )
    date = fields.Datetime("Read on", required=True, readonly=True)

    _once_uniq = models.UniqueIndex(
        "(article_id, version, user_id)", "You have said already that you have read this version."
    )

    @api.model
    def _get_versions(self, articles, users):
        """Return the latest version read, by article and user id; what was confirmed counts too.

        Not judged by rights: the caller names articles that the user may see.
        """
        # sudo: as said above
        own = self.sudo()._read_group(
            [("article_id", "in", articles.ids), ("user_id", "in", users.ids)],
            ["article_id", "user_id"],
            ["version:max"],
        )
        versions = {(article.id, user.id): version for article, user, version in own}
        # sudo: as said above
        confirmed = self.env["crm.knowledge.reading"].sudo()
        for reading in confirmed.search(
            [
                ("article_id", "in", articles.ids),
                ("user_id", "in", users.ids),
                ("state", "=", "confirmed"),
            ]
        ):
            key = (reading.article_id.id, reading.user_id.id)
            versions[key] = max(versions.get(key, 0), reading.version_id.number)
        return versions

    @api.model
    def _note(self, articles):
        """Note that the user has read the versions in force; what is noted stays."""
        # sudo: readings are sealed; each is noted in the reader's own name
        readings = self.sudo()
        known = readings.search(
            [("article_id", "in", articles.ids), ("user_id", "=", self.env.uid)]
        )
        done = {(reading.article_id.id, reading.version) for reading in known}
        readings._sealed_create(
            [
                {
                    "article_id": article.id,
                    "version": article.version,
                    "user_id": self.env.uid,
                    "date": self.env.cr.now(),
                }
                for article in articles
                if (article.id, article.version) not in done
            ]
        )

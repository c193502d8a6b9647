from odoo.fields import Command

from odoo.addons.crm_deadline.tests.people import PeopleCase


class KnowledgeCase(PeopleCase):
    """People by role, a team, a tree of categories, and a builder of articles.

    The member is of the team that the leader leads; the outsider has lost the role of a reader.
    In ``category`` a reviewer publishes, in ``strict`` one who has not written the text, in
    ``trusted`` the owner. ``secret`` is limited to the team, ``vault`` is confidential to the
    leader; both have a part that says nothing of access.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={"lang": "en_US", "tracking_disable": True})
        (
            cls.reader,
            cls.author,
            cls.colleague,
            cls.reviewer,
            cls.editor,
            cls.manager,
            cls.member,
            cls.leader,
            cls.outsider,
            cls.customer_user,
        ) = cls._make_users(
            ("knw_reader", "Rita Reader", "base.group_user"),
            ("knw_author", "Arno Author", "crm_knowledge.group_author"),
            ("knw_colleague", "Cora Colleague", "crm_knowledge.group_author"),
            ("knw_reviewer", "Rolf Reviewer", "base.group_user"),
            ("knw_editor", "Edda Editor", "crm_knowledge.group_editor"),
            ("knw_manager", "Mara Manager", "crm_knowledge.group_manager"),
            ("knw_member", "Mila Member", "base.group_user"),
            ("knw_leader", "Lena Leader", "base.group_user"),
            ("knw_public", "Pia Public", "base.group_public"),
            ("knw_customer", "Paul Portal", "base.group_portal"),
        )
        cls.team = cls.env["crm.team"].create({"name": "Reading Team", "user_id": cls.leader.id})
        cls.env["crm.team.member"].create({"crm_team_id": cls.team.id, "user_id": cls.member.id})
        cls.type = cls.env.ref("crm_knowledge.crm_knowledge_type_faq")
        reviewers = {"reviewer_ids": [Command.set(cls.reviewer.ids)]}
        cls.category = cls.make_category("Public", review="reviewer", **reviewers)
        cls.strict = cls.make_category("Strict", review="four_eyes", **reviewers)
        cls.trusted = cls.make_category("Trusted", review="owner")
        cls.secret = cls.make_category(
            "Secret", access="limited", reader_team_ids=[Command.set(cls.team.ids)]
        )
        cls.secret_part = cls.make_category("Secret Part", parent_id=cls.secret.id)
        cls.vault = cls.make_category(
            "Vault", access="confidential", reader_user_ids=[Command.set(cls.leader.ids)]
        )
        cls.vault_part = cls.make_category("Vault Part", parent_id=cls.vault.id)

    @classmethod
    def make_category(cls, name, **values):
        return cls.env["crm.knowledge.category"].create({"name": name, **values})

    @classmethod
    def article(cls, *, published=False, **values):
        """Create an article of the author, as the author would; publish it if asked to."""
        article = cls.env["crm.knowledge.article"].create(
            {
                "name": "How to return goods",
                "summary": "Within 14 days.",
                "body": "<p>Send it back with the invoice.</p>",
                "type_id": cls.type.id,
                "category_id": cls.category.id,
                "lang": "en_US",
                "user_id": cls.author.id,
                "writer_ids": [Command.set(cls.author.ids)],
                **values,
            }
        )
        if published:
            article._publish()
        return article

    @classmethod
    def readable(cls, user, articles):
        """Return which of the articles the user finds."""
        domain = [("id", "in", articles.ids)]
        return cls.env["crm.knowledge.article"].with_user(user).search(domain).with_env(cls.env)

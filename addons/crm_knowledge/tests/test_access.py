from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command

from .common import KnowledgeCase

READ, CHANGE = {"read"}, {"read", "write", "create", "unlink"}
ARTICLE, VERSION = "crm.knowledge.article", "crm.knowledge.article.version"
CATEGORY, TYPE, TAG = "crm.knowledge.category", "crm.knowledge.type", "crm.knowledge.tag"
FLAG, IMPORT = "crm.knowledge.flag", "crm.knowledge.import"
READING, QUESTION = "crm.knowledge.reading", "crm.knowledge.question"
CHOICE, FAVORITE = "crm.knowledge.choice", "crm.knowledge.favorite"
VISITOR = "crm.knowledge.public.opinion"
READ_ONLY = [ARTICLE, VERSION, CATEGORY, TYPE, TAG, READING, QUESTION, CHOICE, FAVORITE, VISITOR]
READER = {
    **dict.fromkeys(READ_ONLY, READ),
    FLAG: CHANGE - {"unlink"},
}

#: Who may do what with the models, before the record rules narrow it further.
TABLE = {
    "outsider": {},
    "customer_user": {},
    "reader": READER,
    "author": {
        **READER,
        **dict.fromkeys([ARTICLE, QUESTION, CHOICE], CHANGE),
        IMPORT: CHANGE - {"unlink"},
    },
    "editor": {
        **READER,
        **dict.fromkeys([ARTICLE, QUESTION, CHOICE, TAG], CHANGE),
        IMPORT: CHANGE - {"unlink"},
    },
    "manager": {
        **READER,
        **dict.fromkeys([ARTICLE, QUESTION, CHOICE, CATEGORY, TYPE, TAG], CHANGE),
        IMPORT: CHANGE - {"unlink"},
    },
}


class TestAccess(KnowledgeCase):
    """Threats T1, T15, T21: roles, deeds and outcomes."""

    def test_table_of_roles_and_deeds(self):
        for role, rights in TABLE.items():
            for model in TABLE["manager"]:
                for deed in CHANGE:
                    with self.subTest(role=role, model=model, deed=deed):
                        allowed = self.env[model].with_user(getattr(self, role)).has_access(deed)
                        self.assertEqual(allowed, deed in rights.get(model, ()))

    def test_t1_who_reads_which_category(self):
        articles = {
            "category": self.article(published=True),
            "secret": self.article(published=True, category_id=self.secret.id),
            "secret_part": self.article(published=True, category_id=self.secret_part.id),
            "vault": self.article(published=True, category_id=self.vault.id),
            "vault_part": self.article(published=True, category_id=self.vault_part.id),
        }
        secret, vault = {"secret", "secret_part"}, {"vault", "vault_part"}
        seen = {
            "reader": {"category"},
            "author": {"category"},
            "editor": {"category"},
            "member": {"category"} | secret,
            "leader": {"category"} | secret | vault,
            "manager": {"category"} | secret,
        }
        every = self.env[ARTICLE].union(*articles.values())
        for role, names in seen.items():
            user = getattr(self, role)
            expected = self.env[ARTICLE].union(*(articles[name] for name in names))
            with self.subTest(role=role):
                self.assertEqual(self.readable(user, every), expected)
                for name, article in articles.items():
                    self.assertEqual(article.with_user(user).has_access("read"), name in names)
                versions = self.env[VERSION].with_user(user).search([])
                self.assertEqual(versions.article_id & every.with_user(user), expected)
                categories = self.env[CATEGORY].with_user(user).search([])
                self.assertEqual(
                    {
                        name
                        for name in articles
                        if getattr(self, name) in categories.with_env(self.env)
                    },
                    names,
                )

    def test_a_limited_article_is_for_its_readers_its_owner_and_managers(self):
        limited = self.article(
            published=True, access="limited", reader_user_ids=[Command.set(self.reader.ids)]
        )
        confidential = self.article(
            published=True,
            access="confidential",
            reader_group_ids=[Command.set(self.env.ref("crm_knowledge.group_editor").ids)],
        )
        both = limited | confidential

        self.assertEqual(self.readable(self.reader, both), limited)
        self.assertEqual(self.readable(self.author, both), both)
        self.assertEqual(self.readable(self.colleague, both), self.env[ARTICLE])
        # a manager is an editor as well, and so of the chosen group
        self.assertEqual(self.readable(self.manager, both), both)

    def test_no_manager_reads_a_confidential_article_of_others(self):
        article = self.article(
            published=True,
            access="confidential",
            reader_user_ids=[Command.set(self.reader.ids)],
        )

        self.assertFalse(self.readable(self.manager, article))

    def test_an_article_open_to_all_is_still_limited_by_its_category(self):
        article = self.article(
            published=True,
            category_id=self.secret_part.id,
            access="limited",
            reader_user_ids=[Command.set(self.reader.ids)],
        )

        self.assertFalse(self.readable(self.reader, article))

    def test_a_limit_set_later_holds_at_once_for_all_below(self):
        part = self.make_category("Part", parent_id=self.category.id)
        article = self.article(published=True, category_id=part.id)
        self.assertTrue(self.readable(self.reader, article))

        self.category.write(
            {"access": "limited", "reader_user_ids": [Command.set(self.leader.ids)]}
        )

        self.assertFalse(self.readable(self.reader, article))
        self.assertFalse(article.with_user(self.reader).has_access("read"))
        self.assertTrue(self.readable(self.leader, article))

    def test_archiving_a_limited_category_opens_nothing(self):
        article = self.article(published=True, category_id=self.vault_part.id)

        (self.vault | self.vault_part).active = False

        self.assertFalse(self.readable(self.manager, article))
        self.assertTrue(self.readable(self.leader, article))

    def test_moving_a_category_out_of_a_limited_one_opens_it(self):
        article = self.article(published=True, category_id=self.secret_part.id)

        self.secret_part.parent_id = False

        self.assertTrue(self.readable(self.reader, article))

    def test_drafts_are_for_writers_reviewers_and_editors(self):
        draft = self.article()
        seen = ("author", "reviewer", "editor", "manager")

        for role in TABLE | dict.fromkeys(seen):
            if role in ("outsider", "customer_user"):
                continue
            with self.subTest(role=role):
                self.assertEqual(bool(self.readable(getattr(self, role), draft)), role in seen)

    def test_nobody_creates_in_a_category_one_may_not_read(self):
        with self.assertRaises(AccessError):
            self.env[ARTICLE].with_user(self.author).create(
                {"name": "Spy", "category_id": self.vault.id, "type_id": self.type.id}
            )

    def test_t15_articles_of_other_companies_are_not_seen(self):
        company = self.env["res.company"].create({"name": "Other Company of Knowledge"})
        article = self.article(published=True, company_id=company.id)
        category = self.make_category("Theirs", company_id=company.id)

        self.assertFalse(self.readable(self.reader, article))
        self.assertFalse(self.readable(self.manager, article))
        self.assertFalse(category.with_user(self.manager).has_access("read"))

    def test_limited_means_somebody_is_chosen(self):
        with self.assertRaisesRegex(ValidationError, "nobody is chosen"):
            self.make_category("Nobody's", access="limited")

    def test_t19_nobody_writes_a_version(self):
        version = self.article(published=True).version_ids

        for user in (self.author, self.manager, self.env.ref("base.user_root")):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    version.with_user(user).write({"body": "<p>Never said</p>"})
                with self.assertRaises(AccessError):
                    version.with_user(user).sudo().unlink()

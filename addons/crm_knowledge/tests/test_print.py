from odoo.exceptions import AccessError

from .common import KnowledgeCase

REPORT = "crm_knowledge.crm_knowledge_article_page"


class TestPrint(KnowledgeCase):
    """An article on paper."""

    def _print(self, articles, user):
        render = self.env["ir.actions.report"].with_user(user)._render_qweb_html
        return render(REPORT, articles.ids)[0].decode()

    def test_paper_says_its_version_and_leads_to_the_present_text(self):
        article = self.article(published=True)

        page = self._print(article, self.reader)

        self.assertIn("Send it back with the invoice.", page)
        self.assertIn(f"knowledge-base%2F{article.id}", page)
        self.assertIn("Version <span>1</span>", page)

    def test_t1_nobody_prints_what_one_may_not_read(self):
        secret = self.article(published=True, category_id=self.vault.id)

        with self.assertRaises(AccessError):
            self._print(secret, self.reader)

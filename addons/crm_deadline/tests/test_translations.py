from pathlib import Path

import polib

from .common import DeadlineCase

I18N = Path(__file__).parents[1] / "i18n"


class TestTranslations(DeadlineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("ru_RU")
        cls.env["ir.module.module"].search([("name", "=", "crm_deadline")])._update_translations(
            ["ru_RU"]
        )

    def test_every_term_has_a_russian_translation(self):
        template = {entry.msgid for entry in polib.pofile(str(I18N / "crm_deadline.pot"))}
        russian = polib.pofile(str(I18N / "ru.po"))

        self.assertEqual({entry.msgid for entry in russian.translated_entries()}, template)

    def test_the_explanation_is_in_the_language_of_the_reader(self):
        self.salesman.lang = "ru_RU"
        clock = self._start().with_user(self.salesman).with_context(lang="ru_RU", tz=None)

        self.assertEqual(
            clock.deadline_summary,
            "8 раб. ч, начало пн 2 мар. 2026 09:00, график «Nine to six»: "
            "срок пн 2 мар. 2026 18:00",
        )

    def test_states_are_translated(self):
        field = self.env["crm.deadline.clock"]._fields["state"]

        labels = dict(field._description_selection(self.env(context={"lang": "ru_RU"})))

        self.assertEqual(labels["missed"], "Просрочен")

"""In which languages a standard is an article."""

from crm_knowledge_standards.logic.texts import SOURCE, Text, by_language, pick
from hypothesis import given
from hypothesis import strategies as st

LANGS = st.sampled_from(("en_US", "ru_RU", "de_DE"))
TEXTS = st.dictionaries(LANGS, st.sampled_from(("", "a", "b", "c")), min_size=1)


def test_what_was_not_translated_is_said_once_in_the_first_language():
    texts = {"en_US": "Правила", "ru_RU": "Правила"}

    assert by_language(texts, texts, ["ru_RU", "en_US"]) == (Text("ru_RU", "Правила", "Правила"),)


def test_each_translation_is_said():
    bodies = {"en_US": "Rules", "ru_RU": "Правила"}

    assert [text.lang for text in by_language({}, bodies, ["ru_RU", "en_US"])] == ["ru_RU", "en_US"]


def test_what_says_nothing_is_left_out():
    assert by_language("Name", None, ["en_US"]) == by_language("Name", {}, ["en_US"]) == ()
    assert pick("plain", "ru_RU") == "plain"


@given(TEXTS, TEXTS, st.lists(LANGS))
def test_texts_differ_and_stand_in_different_languages(names, bodies, langs):
    said = by_language(names, bodies, langs)

    assert len({text.lang for text in said}) == len({text.body for text in said}) == len(said)
    assert {text.body for text in said} == {pick(bodies, lang) for lang in langs} - {""}
    assert bodies.get(SOURCE) is None or all(text.body for text in said)

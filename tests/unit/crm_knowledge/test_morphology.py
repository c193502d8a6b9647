"""Forms of words are one word: recall on lists that people wrote, no library."""

from pathlib import Path

import pytest
from crm_knowledge import morphology
from crm_knowledge.logic.words import plain_word
from crm_knowledge.morphology import lexemes, missing_libraries

FOLDER = Path(__file__).parent / "words"


def forms(name):
    """Yield for each word of a list its forms; the first is the one that dictionaries list."""
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        stem, found = "", []
        if line.startswith("#"):
            continue
        for part in line.split():
            head, bar, tail = part.partition("|")
            stem, ending = (head, tail) if bar else (stem, part)
            found.append(stem + ending.replace("-", ""))
        yield found


def found_by(word):
    return lexemes(plain_word(word))


def recall(name):
    """Return by which share of all forms the word itself finds them, and how many words."""
    words = list(forms(name))
    pairs = [(word[0], form) for word in words for form in set(word)]
    found = [not found_by(base).isdisjoint(found_by(form)) for base, form in pairs]
    return sum(found) / len(found), len(words)


def test_all_libraries_are_there():
    assert missing_libraries() == []


@pytest.mark.parametrize(
    ("name", "least"), [("nouns_ru.txt", 0.99), ("verbs_ru.txt", 0.95), ("forms_en.txt", 0.99)]
)
def test_a_word_finds_its_forms(name, least):
    share, _count = recall(name)
    assert share >= least


def test_the_lists_are_long_enough_to_tell():
    assert recall("nouns_ru.txt")[1] + recall("verbs_ru.txt")[1] >= 130


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("стол", "столица"),
        ("договор", "разговор"),
        ("поставка", "отставка"),
        ("отказ", "заказ"),
        ("касса", "кассета"),
        ("order", "border"),
        ("policy", "police"),
    ],
)
def test_other_words_are_not_found(one, other):
    assert found_by(one).isdisjoint(found_by(other))


def test_a_word_no_dictionary_has_is_found_by_its_forms():
    assert found_by("вартанесян") & found_by("вартанесяном")


def test_a_language_of_the_article_adds_its_own_forms():
    assert lexemes("häuser", ("de",)) & lexemes("haus", ("de",))


def test_a_language_nobody_knows_is_read_by_letters():
    assert "shqip" in lexemes("shqip", ("sq", "xx"))


def test_mutilated_words_are_answered():
    for word in ("", "ё", "-", "привет123", "ъъъ", "שלום", "😀", "a" * 64):
        assert isinstance(lexemes(word), frozenset)


@pytest.fixture
def no_libraries(monkeypatch):
    """A Python on which none of the three libraries is installed."""
    caches = (
        morphology.lexemes,
        morphology._russian,
        morphology._stemmer,
        morphology._library,
    )

    def forget():
        for one in caches:
            one.cache_clear()

    def fail(name):
        raise ImportError(name)

    forget()
    with monkeypatch.context() as patched:
        patched.setattr(morphology.importlib, "import_module", fail)
        yield
    forget()


def test_without_libraries_a_word_is_found_as_it_is_written(no_libraries):
    assert missing_libraries() == ["pymorphy3", "simplemma", "snowballstemmer"]
    assert lexemes("скидок") == {"скидок"}
    assert lexemes("went", ("de",)) == {"went"}
    assert not morphology.is_known("скидка")

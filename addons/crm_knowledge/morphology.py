"""Forms of words: which lexemes a word is found by.

A thin adapter for three libraries, each of which may be missing: pymorphy3 knows the dictionary
form of every Russian word form, simplemma that of English and some fifty languages more, and
snowballstemmer cuts endings. A lexeme is the stem of a dictionary form; the stem of the word
itself is one as well, so that a word no dictionary knows is found by its own forms.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from functools import lru_cache

from .logic.words import is_cyrillic, plain_word

CACHED_WORDS = 200_000  # about 50 MB when it is full: all words of a large base
MAX_LEMMAS = 4
MIN_SCORE = 0.01  # of a reading of a Russian word against its others
MIN_LEMMA = 3  # letters of a dictionary form: shorter ones are abbreviations of the dictionary
STEMMERS = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "fi": "finnish", "fr": "french", "hu": "hungarian", "hy": "armenian",
    "it": "italian", "lt": "lithuanian", "nl": "dutch", "nb": "norwegian", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish",
    "tr": "turkish",
}  # fmt: skip
LIBRARIES = ("pymorphy3", "simplemma", "snowballstemmer")


def missing_libraries() -> list[str]:
    """Return which libraries this Python lacks; search then knows fewer forms of words."""
    return [name for name in LIBRARIES if not _library(name)]


@lru_cache(maxsize=CACHED_WORDS)
def lexemes(word: str, languages: tuple[str, ...] = ()) -> frozenset[str]:
    """Return what a word is found by.

    :param word: as `logic.words` gives it
    :param languages: codes of two letters, beside Russian for Cyrillic and English for other words
    """
    own = "ru" if is_cyrillic(word) else "en"
    found = set()
    for language in dict.fromkeys((own, *languages)):
        stem = _stemmer(language)
        found.add(stem(word))
        found.update(stem(lemma) for lemma in _lemmas(word, language))
    return frozenset(one for one in found if one)


@lru_cache(maxsize=CACHED_WORDS)
def lexemes_as_written(written: str, languages: tuple[str, ...] = ()) -> frozenset[str]:
    """Return what a word is found by, as it stands in a text; nothing where it is no word."""
    return lexemes(plain_word(written), languages)


def is_known(word: str) -> bool:
    """Whether the Russian dictionary has the word; none is known where the library is missing."""
    analyzer = _russian()
    return bool(analyzer and analyzer.word_is_known(word))


def _lemmas(word: str, language: str) -> Iterable[str]:
    """Return the dictionary forms of a word, likely ones first."""
    if language == "ru":
        return _russian_lemmas(word)
    library = _library("simplemma")
    if not library or not word.isalpha():
        return []
    try:
        return [library.lemmatize(word, lang=language).casefold()]
    except ValueError:  # a language it does not know
        return []


def _russian_lemmas(word: str) -> Iterable[str]:
    """Return the dictionary forms of a Russian word: one form may belong to several words."""
    analyzer = _russian()
    if not analyzer or not is_cyrillic(word):
        return []
    readings = [one for one in analyzer.parse(word) if one.is_known] or analyzer.parse(word)[:1]
    found = dict.fromkeys(
        one.normal_form.replace("ё", "е") for one in readings if one.score >= MIN_SCORE
    )
    return [lemma for lemma in found if len(lemma) >= MIN_LEMMA][:MAX_LEMMAS]


@lru_cache(maxsize=1)
def _russian():
    """Return the analyzer of Russian, loaded when the first word asks for it (half a second)."""
    library = _library("pymorphy3")
    return library.MorphAnalyzer() if library else None


@lru_cache(maxsize=32)
def _stemmer(language: str) -> Callable[[str], str]:
    """Return what cuts the endings of a language; the word itself where nobody can."""
    library = _library("snowballstemmer")
    if not library or language not in STEMMERS:
        return str
    return library.stemmer(STEMMERS[language]).stemWord


@lru_cache(maxsize=8)
def _library(name: str):
    """Return a library, or nothing where it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None

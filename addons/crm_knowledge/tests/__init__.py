from . import (
    test_access,
    test_answers,
    test_article_tour,
    test_flag,
    test_import,
    test_lifecycle,
    test_print,
    test_revision,
    test_search,
    test_search_texts,
    test_settings,
    test_translation,
)

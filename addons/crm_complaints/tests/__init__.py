from . import (
    test_access,
    test_answering,
    test_case,
    test_catalogue,
    test_clocks,
    test_keep,
    test_move,
    test_part,
    test_register,
    test_secret,
    test_talk,
    test_terms,
)

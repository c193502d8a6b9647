from . import (
    test_access,
    test_case,
    test_catalogue,
    test_keep,
    test_move,
    test_part,
    test_register,
    test_secret,
)

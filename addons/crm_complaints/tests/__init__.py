from . import (
    test_access,
    test_case,
    test_catalogue,
    test_keep,
    test_mail,
    test_move,
    test_part,
    test_quarantine,
    test_register,
    test_secret,
)

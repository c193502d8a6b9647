from . import (
    test_access,
    test_case,
    test_catalogue,
    test_form,
    test_keep,
    test_move,
    test_part,
    test_portal,
    test_portal_browser,
    test_portal_link,
    test_register,
    test_secret,
)

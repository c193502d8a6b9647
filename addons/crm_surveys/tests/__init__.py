from . import (
    test_access,
    test_budget,
    test_budget_two_workers,
    test_fact,
    test_invitation,
    test_result,
    test_result_core_page,
    test_result_drop,
    test_result_export,
    test_result_summary,
    test_result_text,
    test_result_tour,
    test_role,
    test_trigger,
    test_trigger_preview,
    test_trigger_tour,
)
from . import test_access, test_fact, test_invitation, test_ready, test_role

from . import (
    test_access,
    test_budget,
    test_budget_two_workers,
    test_fact,
    test_invitation,
    test_role,
    test_trigger,
    test_trigger_preview,
    test_trigger_tour,
)

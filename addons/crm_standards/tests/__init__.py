from . import (
    test_access,
    test_gate,
    test_gate_unattended,
    test_kept_fields,
    test_readiness,
    test_readiness_browser,
    test_role,
    test_standard,
    test_time_limit,
    test_transition,
    test_violation,
)

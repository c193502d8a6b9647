from . import (
    test_standard,
    test_gate,
    test_gate_unattended,
    test_kept_fields,
    test_transition,
    test_violation,
    test_time_limit,
    test_readiness,
    test_access,
    test_readiness_browser,
)

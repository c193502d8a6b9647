from . import (
    test_access,
    test_clock,
    test_mixin,
    test_planning,
    test_policy,
    test_sealed,
    test_summary,
    test_sweep,
    test_translations,
)

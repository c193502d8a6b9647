from . import (
    test_access,
    test_customer,
    test_engine,
    test_history,
    test_map,
    test_method,
    test_oracle,
    test_rate,
    test_reach,
    test_tour,
    test_two_workers,
)

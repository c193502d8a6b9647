from . import (
    test_access,
    test_card,
    test_fact,
    test_forecast,
    test_incident,
    test_indicator,
    test_late,
    test_marketing,
    test_measure,
    test_oracle,
    test_rate,
    test_screen,
)

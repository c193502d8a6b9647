from . import (
    test_access,
    test_appeal,
    test_card,
    test_closing,
    test_explanation,
    test_fact,
    test_indicator,
    test_measure,
    test_oracle,
    test_rate,
    test_tamper,
    test_trial,
)

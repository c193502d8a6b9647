from . import test_breach_cause, test_missed, test_secret, test_two_workers

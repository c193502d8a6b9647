from . import test_access, test_fact, test_measure, test_oracle

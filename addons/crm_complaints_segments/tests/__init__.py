from . import test_level, test_reach

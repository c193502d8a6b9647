from . import test_measures

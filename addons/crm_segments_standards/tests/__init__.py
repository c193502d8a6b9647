from . import test_norm, test_tour

from . import test_norm

from . import test_access, test_case, test_figures, test_replacement, test_return

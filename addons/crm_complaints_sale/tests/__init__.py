from . import test_access, test_case, test_figures

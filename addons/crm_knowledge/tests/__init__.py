from . import test_access, test_lifecycle, test_search

from . import test_bad_file

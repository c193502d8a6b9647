from . import test_standard_article

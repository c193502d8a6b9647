from . import test_sms_composer

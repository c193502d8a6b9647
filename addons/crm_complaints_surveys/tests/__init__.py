from . import test_followup, test_trigger, test_wave

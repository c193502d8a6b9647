from . import test_followup, test_wave

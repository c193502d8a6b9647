from . import test_trigger, test_wave

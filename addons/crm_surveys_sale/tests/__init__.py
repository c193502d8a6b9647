from . import test_trigger, test_wave, test_wave_invoice

from . import test_answer, test_answer_tour, test_form, test_gap

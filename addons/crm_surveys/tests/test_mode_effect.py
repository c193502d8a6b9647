from freezegun import freeze_time

from .result_common import TODAY, ResultCase


@freeze_time(TODAY)
class TestModeEffect(ResultCase):
    """Whether customers answer otherwise on the phone is shown with its bounds."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.asked = cls.survey(("nps",))

    def effect(self, phone, alone):
        """Return the effect where so many of twenty recommend us by phone, and alone."""
        for mode, good in (("interview", phone), ("self", alone)):
            values = [{"nps": 10}] * good + [{"nps": 0}] * (20 - good)
            self.answer(self.asked, values, mode=mode)
        return self.results(metric="nps", survey=self.asked.id)["mode_effect"]

    def test_a_clear_difference_is_said(self):
        found = self.effect(20, 2)

        self.assertTrue(found["is_clear"])
        self.assertEqual(found["value"], 180)
        self.assertLess(0, found["low"])
        self.assertLess(found["low"], found["value"])

    def test_luck_is_no_difference(self):
        found = self.effect(12, 10)

        self.assertFalse(found["is_clear"])
        self.assertEqual(found["value"], 20)

    def test_too_few_answers_show_none(self):
        self.answer(self.asked, [{"nps": 10}] * 20, mode="self")
        self.answer(self.asked, [{"nps": 0}] * 9, mode="interview")

        self.assertIsNone(self.results(metric="nps", survey=self.asked.id)["mode_effect"])

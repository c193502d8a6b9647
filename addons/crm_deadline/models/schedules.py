"""The schedules one deed asks for, so that each calendar is read and expanded once in it."""


class Schedules:
    """A small cache, made for one batch of clocks and dropped after it."""

    def __init__(self):
        self._known = {}

    def get(self, calendar, company, term):
        """Return the ``Schedule`` by which ``term`` passes for records of ``company``."""
        key = term.is_working, calendar.id, company.id
        if key not in self._known:
            self._known[key] = calendar._get_deadline_schedule(term, company)
        return self._known[key]

    def of(self, clock, term=None):
        """Return the schedule of a clock's own term, or of another by the same calendar."""
        # sudo: the working time is the same for everybody who may see the clock
        clock = clock.sudo()
        return self.get(clock.calendar_id, clock.company_id, term or clock._get_term())

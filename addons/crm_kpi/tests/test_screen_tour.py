from odoo.tests import HttpCase, tagged

from .test_forecast import ForecastCase
from .test_incident import IncidentCase
from .test_screen import ScreenCase


@tagged("post_install", "-at_install")
class TestScoreTour(ScreenCase, HttpCase):
    """The own score and the board in a browser."""

    browser_size = "1400x900"

    def test_an_employee_sees_where_he_stands(self):
        self.start_tour("/odoo/my-score", "crm_kpi_my_score", login="kpi_employee")

    def test_a_manager_goes_from_the_company_to_rows(self):
        self.start_tour("/odoo/kpi-board", "crm_kpi_board", login="kpi_manager")


@tagged("post_install", "-at_install")
class TestFiveMinutesTour(IncidentCase, HttpCase):
    """The five-minute page in a browser."""

    browser_size = "1400x900"

    def test_a_leader_closes_what_is_not_as_it_should_be(self):
        self.stuck()
        self.find(self.stage_rule())

        self.start_tour("/odoo/five-minutes", "crm_kpi_five_minutes", login="kpi_leader")

    def test_a_director_goes_from_an_incident_to_its_rows_and_takes_it(self):
        self.stuck()
        self.find(self.stage_rule())

        self.start_tour("/odoo/five-minutes", "crm_kpi_director", login="kpi_manager")


@tagged("post_install", "-at_install")
class TestForecastTour(ForecastCase, HttpCase):
    """The forecast in a browser."""

    browser_size = "1400x900"

    def test_an_employee_sees_what_is_short(self):
        self.target(self.result, self.employee, target=100_000, date_from=self.today())

        self.start_tour("/odoo/kpi-forecast", "crm_kpi_forecast", login="kpi_employee")

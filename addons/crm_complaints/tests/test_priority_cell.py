from psycopg2.errors import UniqueViolation

from odoo.tools import mute_logger

from .common import ComplaintsCase


class TestPriorityCell(ComplaintsCase):
    """The priority follows the matrix of the company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cells = cls.env["crm.complaint.priority.cell"]
        cls.common = cls.env.ref("crm_complaints.crm_complaint_priority_cell_low_low")

    def test_a_change_is_applied_to_open_complaints_only(self):
        opened, ended = self.complaint(), self.complaint()
        ended.stage_id = self.stage_closed

        self.common.priority = "3"

        self.assertEqual((opened.priority, ended.priority), ("3", "0"))

    def test_a_company_may_judge_otherwise(self):
        complaint = self.complaint(severity="medium", impact="medium")
        cell = self.cells.create(
            {
                "company_id": self.env.company.id,
                "severity": "medium",
                "impact": "medium",
                "priority": "3",
            }
        )
        self.assertEqual(complaint.priority, "3")

        cell.unlink()

        self.assertEqual(complaint.priority, "1")

    def test_a_cell_that_is_missing_counts_as_usual(self):
        self.cells.search([]).unlink()

        self.assertEqual(self.complaint(severity="critical", impact="high").priority, "3")

    def test_there_is_one_cell_of_a_kind(self):
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            self.common.copy()

    def test_the_shipped_matrix_is_the_usual_one(self):
        from_data = {
            (cell.severity, cell.impact): cell.priority
            for cell in self.cells.search([("company_id", "=", False)])
        }

        self.assertEqual(len(from_data), 16)
        self.cells.search([]).unlink()
        for (severity, impact), priority in from_data.items():
            with self.subTest(severity=severity, impact=impact):
                complaint = self.env["crm.complaint"].new({"severity": severity, "impact": impact})
                self.assertEqual(complaint.priority, priority)

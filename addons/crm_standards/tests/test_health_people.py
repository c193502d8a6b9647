from .handover_common import HandoverCase


class TestHealthPeople(HandoverCase):
    """What stands still about people is on the page of problems."""

    def texts(self):
        return "\n".join(p.text for p in self.env["crm.standard.health"]._find_problems())

    def test_record_that_did_not_pass(self):
        handover = self.handed_over()
        self.line(handover, self.deal)._sealed_write({"state": "failed"})

        self.assertIn("1 records did not pass", self.texts())

    def test_report_that_reaches_nobody(self):
        self.env["crm.standard.safety.event"]._sealed_create(
            [
                {
                    "date": "2026-01-01",
                    "user_id": self.salesman.id,
                    "company_id": self.env.company.id,
                    "kind": "export",
                    "res_model": "crm.lead",
                    "is_mass": True,
                }
            ]
        )

        self.assertIn("1 reports reach nobody", self.texts())

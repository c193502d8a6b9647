from datetime import datetime, timedelta

from odoo.tests import tagged

from .common import DeliveriesCase

NOW = datetime(2026, 6, 1, 12)


@tagged("post_install", "-at_install")
class TestFigures(DeliveriesCase):
    def _complain(self, count, days_ago=1, **values):
        for _number in range(count):
            self.complaint(date_received=NOW - timedelta(days=days_ago), **values)

    def _watch(self):
        incidents = self.env["crm.complaint.incident"]
        return incidents._watch(self.env.company, NOW).filtered(
            lambda one: one.category_id == self.category
        )

    def test_a_sudden_rise_of_one_lot_opens_an_incident(self):
        self._complain(6, lot_id=self.lot.id)

        incident = self._watch().filtered("lot_id")

        self.assertRecordValues(
            incident, [{"lot_id": self.lot.id, "product_id": False, "case_count": 6}]
        )
        self.assertIn("TEST-1", incident.subject)

    def test_a_rise_without_lots_opens_none_about_a_lot(self):
        self._complain(6, product_id=self.cabinet.id)

        incidents = self._watch()

        self.assertTrue(incidents.product_id)
        self.assertFalse(incidents.lot_id)

    def test_a_second_look_opens_nothing_more(self):
        self._complain(6, lot_id=self.lot.id)
        self._watch()

        self.assertFalse(self._watch())

    def test_an_incident_of_a_lot_shows_its_complaints(self):
        self._complain(6, lot_id=self.lot.id)
        self._complain(2, product_id=self.cabinet.id)

        domain = self._watch().filtered("lot_id")._get_complaint_domain()

        self.assertEqual(self.env["crm.complaint"].search_count(domain), 6)

    def test_a_confirmed_cause_is_looked_at_by_lot(self):
        cause = self.env["crm.complaint.cause"].create({"name": "Hinge"})
        share = {"cause_id": cause.id, "share_percent": 100}
        self._complain(6, lot_id=self.lot.id, cause_share_ids=[(0, 0, share)])

        found = self.env["crm.complaint.incident"]._watch(self.env.company, NOW)

        self.assertIn((cause, self.lot), [(one.cause_id, one.lot_id) for one in found])

    def test_the_lot_of_an_incident_cannot_be_changed(self):
        self._complain(6, lot_id=self.lot.id)
        incident = self._watch().filtered("lot_id")

        with self.assertRaisesRegex(Exception, "found by the system"):
            incident.lot_id = self.foreign_lot

    def test_reports_group_by_lot(self):
        cause = self.env["crm.complaint.cause"].create({"name": "Hinge"})
        share = {"cause_id": cause.id, "share_percent": 100}
        self._complain(2, lot_id=self.lot.id, cause_share_ids=[(0, 0, share)])
        domain = [("lot_id", "=", self.lot.id)]

        counts = [
            self.env[model].with_user(self.manager)._read_group(domain, ["lot_id"], [measure])
            for model, measure in (
                ("crm.complaint.report", "complaint_count:sum"),
                ("crm.complaint.report.cause", "weight:sum"),
            )
        ]

        self.assertEqual([rows[0][1] for rows in counts], [2, 2])

    def test_an_action_about_a_lot_is_judged_by_it(self):
        self._complain(2, lot_id=self.lot.id)
        self._complain(3, product_id=self.cabinet.id)
        action = self.env["crm.complaint.action"].create(
            {"name": "Change the hinge", "lot_id": self.lot.id}
        )

        count = self.env["crm.complaint"].search_count(action._get_effect_domain())

        self.assertEqual(count, 2)

    def test_an_action_is_compared_by_deliveries_of_its_lot(self):
        action = self.env["crm.complaint.action"].create(
            {"name": "Hinge", "effect_base": "deliveries", "lot_id": self.lot.id}
        )
        done = self.delivery.date_done

        count = action._count_effect_base(done - timedelta(days=1), done + timedelta(days=1))

        self.assertEqual(count, 1)

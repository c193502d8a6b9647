from .common import ComplaintsCase


class TestCostReport(ComplaintsCase):
    """What complaints cost, by cause."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        causes = cls.env["crm.complaint.cause"]
        cls.carrier, cls.packing = causes.create([{"name": "Carrier"}, {"name": "Packing"}])
        cls.case = cls.complaint()
        cls.env["crm.complaint.cost"].create(
            [
                {"complaint_id": cls.case.id, "name": "Talk", "amount": 60},
                {"complaint_id": cls.case.id, "name": "Freight", "amount": 40},
            ]
        )

    def share(self, **percents):
        self.env["crm.complaint.cause.share"].create(
            [
                {
                    "complaint_id": self.case.id,
                    "cause_id": getattr(self, name).id,
                    "share_percent": percent,
                }
                for name, percent in percents.items()
            ]
        )

    def by_cause(self, user):
        rows = (
            self.env["crm.complaint.cost.report"]
            .with_user(user)
            ._read_group([("complaint_id", "=", self.case.id)], ["cause_id"], ["amount:sum"])
        )
        return {cause.name: amount for cause, amount in rows}

    def test_costs_are_divided_by_the_shares_of_the_causes(self):
        self.share(carrier=70, packing=30)

        self.assertEqual(self.by_cause(self.clerk), {"Carrier": 70, "Packing": 30})

    def test_what_no_cause_explains_stands_under_none(self):
        self.assertEqual(self.by_cause(self.clerk), {False: 100})
        self.share(carrier=25)

        self.assertEqual(self.by_cause(self.clerk), {"Carrier": 25, False: 75})

    def test_t21_others_see_no_costs(self):
        self.assertEqual(self.by_cause(self.colleague), {})

from odoo.fields import Command

from odoo.addons.crm_complaints.tests.common import ComplaintsCase


class AccountComplaintsCase(ComplaintsCase):
    """Complaints of a company that writes invoices; people with rights in accounting.

    The bookkeeper has no rights on complaints; the clerk none in accounting; ``both`` has both;
    the auditor is a clerk who only reads accounting.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        if not cls.company.chart_template:
            cls.env["account.chart.template"].try_loading("generic_coa", cls.company)
        cls.bookkeeper, cls.both, cls.auditor = cls._make_users(
            ("cma_bookkeeper", "Bo Bookkeeper", "account.group_account_invoice"),
            ("cma_both", "Bea Both", "account.group_account_invoice"),
            ("cma_auditor", "Ada Auditor", "account.group_account_readonly"),
        )
        cls.both.group_ids = [Command.link(cls.env.ref("crm_complaints.group_all").id)]
        cls.auditor.group_ids = [Command.link(cls.env.ref("crm_complaints.group_all").id)]
        cls.refund = cls.env.ref("crm_complaints.crm_complaint_remedy_refund")
        cls.tax = cls._make_tax("Test 19", 19)
        cls.low_tax = cls._make_tax("Test 7", 7)
        cls.stranger = cls.env["res.partner"].create({"name": "Sven Stranger"})

    @classmethod
    def _make_tax(cls, name, percent):
        return cls.env["account.tax"].create(
            {
                "name": name,
                "amount": percent,
                "type_tax_use": "sale",
                "company_id": cls.company.id,
            }
        )

    @classmethod
    def invoice(cls, *lines, post=True, **values):
        """Create an invoice of lines (net amount, tax), by default 100 with 19 %, and post it."""
        invoice = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": cls.customer.id,
                "invoice_date": "2026-03-01",
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": f"Shelf {number}",
                            "quantity": 1,
                            "price_unit": net,
                            "tax_ids": [Command.set(tax.ids)],
                        }
                    )
                    for number, (net, tax) in enumerate(lines or [(100, cls.tax)])
                ],
                **values,
            }
        )
        if post:
            invoice.action_post()
        return invoice

    @classmethod
    def granted(cls, complaint, amount, **values):
        """Grant ``amount`` on a complaint as the system, which has any limit."""
        one = cls.env["crm.complaint.compensation"].create(
            {
                "complaint_id": complaint.id,
                "remedy_id": cls.refund.id,
                "amount": amount,
                **values,
            }
        )
        if one.state == "proposed":
            one.with_user(cls.manager).action_approve()
        return one

    @classmethod
    def make_currency(cls, name="XTS", rate=2.0, date="2026-03-01"):
        """Return a currency of which ``rate`` units make one of the company's."""
        currency = cls.env["res.currency"].create({"name": name, "symbol": name})
        if rate:
            cls.env["res.currency.rate"].create(
                {"currency_id": currency.id, "rate": rate, "name": date}
            )
        return currency

from odoo import api, fields, models
from odoo.tools import SQL

CODE = "crm.complaint"


class CrmComplaint(models.Model):
    """The number of a complaint: unique in its company and never given twice.

    Numbers come from the sequence of the company, or from the common one where a company has none
    of its own. Complaints cannot be deleted, so no number becomes free.
    """

    _inherit = "crm.complaint"

    number = fields.Char(readonly=True, copy=False, index="trigram")
    date_registered = fields.Datetime(
        "Registered",
        readonly=True,
        copy=False,
        help="When it was written down here. The difference to the receipt is on record.",
    )

    _number_unique = models.Constraint(
        "unique(company_id, number)", "There is already a complaint of this number."
    )

    @api.model
    def _give_numbers(self, vals_list):
        """Return the values of new complaints with their numbers and the time of registration."""
        vals_list = [
            {**vals, "company_id": vals.get("company_id") or self.env.company.id}
            for vals in vals_list
        ]
        companies = [vals["company_id"] for vals in vals_list]
        numbers = {
            company_id: iter(self._draw_numbers(company_id, companies.count(company_id)))
            for company_id in set(companies)
        }
        now = fields.Datetime.now()
        return [
            {**vals, "number": next(numbers[vals["company_id"]]), "date_registered": now}
            for vals in vals_list
        ]

    @api.model
    def _draw_numbers(self, company_id, count):
        """Return ``count`` new numbers of a company, in one statement where the sequence can."""
        # sudo: whoever registers a complaint gets a number
        sequence = (
            self.env["ir.sequence"]
            .sudo()
            .search(
                [("code", "=", CODE), ("company_id", "in", [company_id, False])],
                order="company_id",  # the company's own before the common one
                limit=1,
            )
        )
        if sequence.implementation != "standard" or sequence.use_date_range:
            return [sequence._next() for _one in range(count)]
        # as ir.sequence itself calls its PostgreSQL sequence
        name = f"ir_sequence_{sequence.id:03d}"
        rows = self.env.execute_query(
            SQL("SELECT nextval(%s) FROM generate_series(1, %s)", name, count)
        )
        return [sequence.get_next_char(number) for (number,) in rows]

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...logic import abc, bcg, rfm, xyz


class CrmSegment(models.Model):
    """A class of a method: A, B, C; what it is called, and what is to be done with its customers.

    Methods make their classes themselves; a manager names and colors them and says what to do.
    """

    _name = "crm.segment"
    _description = "Customer Class"
    _order = "method_id, sequence, id"
    _rec_names_search = ["name", "code", "method_id.name"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, readonly=True)
    method_id = fields.Many2one(
        "crm.segment.method", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="method_id.company_id", store=True, index=True)
    kind = fields.Selection(related="method_id.kind")
    sequence = fields.Integer(readonly=True, help="The best first.")
    color = fields.Integer()
    advice = fields.Text(
        "What to Do", translate=True, help="Read by those who work with these customers."
    )
    member_count = fields.Integer("Customers", compute="_compute_member_count")

    _code_unique = models.Constraint(
        "UNIQUE(method_id, code)", "The method has this class already."
    )

    @api.depends("name", "method_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for segment in self:
            segment.display_name = f"{segment.method_id.name}: {segment.name}"

    @api.depends("method_id.date_counted")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_member_count(self):
        counts = self.env["crm.segment.membership"]._read_group(
            [("segment_id", "in", self.ids)], ["segment_id"], ["__count"]
        )
        found = {segment.id: count for segment, count in counts}
        for segment in self:
            segment.member_count = found.get(segment.id, 0)

    @api.model_create_multi
    def create(self, vals_list):
        raise self._fixed_error()

    def write(self, vals):
        if vals.keys() - {"name", "color", "advice"}:
            raise self._fixed_error()
        return super().write(vals)

    def unlink(self):
        # pylint: disable=no-raise-unlink; removing the add-on drops the table and asks nobody
        raise self._fixed_error()

    def action_view_members(self):
        """Show the customers in the class."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_segments.crm_segment_membership_action"
        )
        return {**action, "domain": [("segment_id", "in", self.ids)], "context": {}}

    def _fixed_error(self):
        return UserError(
            self.env._(
                "Classes belong to their method. Name and color them and say what to do; for "
                "others define another method."
            )
        )

    # pylint: disable=super-method-mismatch; going round our own refusals is the point below

    @api.model
    def _make(self, vals_list):
        """Create classes. For their method only."""
        # sudo: whoever may define a method has its classes
        return super(CrmSegment, self.sudo()).create(vals_list)

    def _drop(self):
        """Delete classes nobody is in. For their method only."""
        return super().unlink()

    @api.model
    def _get_standard_classes(self, kind):
        """Return code, name, color and advice of the classes of a kind, the best first."""
        text = self.env._
        nothing = (abc.NOTHING, text("No turnover"), 1, text("Find out why they stopped."))
        classes = {
            "abc": [
                (abc.A, "A", 10, text("Keep them: a manager of their own, regular visits.")),
                (abc.B, "B", 3, text("Develop them: what do they buy elsewhere?")),
                (abc.C, "C", 4, text("Serve them with little effort.")),
                nothing,
            ],
            "xyz": [
                (xyz.X, "X", 10, text("Buys evenly: plan stock and visits ahead.")),
                (xyz.Y, "Y", 3, text("Buys with ups and downs: ask for plans.")),
                (xyz.Z, "Z", 2, text("Buys now and then: react to inquiries.")),
                (xyz.NEW, text("New"), 4, text("Not judged yet: win their trust.")),
                nothing,
            ],
            "bcg": [
                (bcg.STAR, text("Star"), 10, text("Invest: they bring much, and ever more.")),
                (bcg.COW, text("Cash cow"), 3, text("Hold: they bring much without growing.")),
                (bcg.QUESTION, text("Question mark"), 4, text("Look closer: can they be large?")),
                (bcg.DOG, text("Dog"), 2, text("Little effort, or a fresh start.")),
                nothing,
            ],
            "rfm": [
                (rfm.CHAMPION, text("Champion"), 10, text("Reward them, ask for references.")),
                (rfm.LOYAL, text("Loyal"), 10, text("Offer more of the range.")),
                (rfm.PROMISING, text("Promising"), 4, text("Bring them to a second order.")),
                (rfm.ATTENTION, text("Needs attention"), 3, text("Remind them of you.")),
                (rfm.RISK, text("At risk"), 2, text("Call now: they used to buy much.")),
                (rfm.LOST, text("Almost lost"), 1, text("One last offer.")),
                nothing,
            ],
            "domain": [("in", text("Meets the condition"), 4, False)],
        }[kind]
        names = ("code", "name", "color", "advice")
        return [dict(zip(names, values, strict=True)) for values in classes]

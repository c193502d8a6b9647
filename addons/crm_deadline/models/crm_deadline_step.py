from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..logic import ladder as logic
from ..logic.term import Term
from .crm_deadline_policy import TERM_UNITS
from .deadline_text import format_amount

#: What makes a step another one: it is then not taken for moments that have passed.
MOMENT_FIELDS = ("moment", "amount", "unit", "active", "policy_id")


class CrmDeadlineStep(models.Model):
    """A step of a policy's ladder: whom to tell what, and when, as a deadline nears and passes.

    A step is taken once for each deadline. Editing the ladder concerns the moments to come of
    all open deadlines of the policy.
    """

    _name = "crm.deadline.step"
    _description = "Deadline Ladder Step"
    _order = "policy_id, sequence, id"
    _rec_name = "display"

    policy_id = fields.Many2one(
        "crm.deadline.policy", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    moment = fields.Selection(
        [
            (logic.BEFORE, "Before it is due"),
            (logic.AT, "When it is due"),
            (logic.AFTER, "After it was due"),
        ],
        "When",
        required=True,
        default=logic.AFTER,
    )
    amount = fields.Integer(
        default=1, aggregator=None, help="How long before or after the due time."
    )
    unit = fields.Selection(
        TERM_UNITS,
        required=True,
        default="working_hours",
        help="Working units pass in the working hours of the deadline.",
    )
    whom = fields.Selection(
        [
            ("responsible", "The person responsible"),
            ("leader", "The team leader"),
            ("superior", "The leader's superior"),
            ("user", "A certain person"),
            ("group", "A group"),
        ],
        required=True,
        default="responsible",
        help="Who is away is replaced by his deputy. Where the person responsible leads the team "
        "himself, the step for the leader goes to his superior.",
    )
    user_id = fields.Many2one("res.users", "Person", ondelete="restrict")
    group_id = fields.Many2one("res.groups", ondelete="restrict")
    deed = fields.Selection(
        [
            ("activity", "Schedule an activity"),
            ("mail", "Send a mail"),
            ("server", "Run a server action"),
        ],
        "What",
        required=True,
        default="activity",
    )
    activity_type_id = fields.Many2one(
        "mail.activity.type",
        ondelete="restrict",
        default=lambda self: self.env.ref("mail.mail_activity_data_todo", False),
    )
    summary = fields.Char(translate=True, help="What the activity says. Empty: the policy's name.")
    template_id = fields.Many2one(
        "mail.template",
        "Mail Template",
        ondelete="restrict",
        help="A template for deadlines, or for the documents whose deadlines these are.",
    )
    server_action_id = fields.Many2one(
        "ir.actions.server",
        ondelete="restrict",
        help="Run by the system for the document. It is told nobody in particular.",
    )
    date_from = fields.Datetime(
        "Since",
        readonly=True,
        copy=False,
        help="Moments of the step before this time are not made up for.",
    )
    display = fields.Char("In Words", compute="_compute_display")

    @api.depends("moment", "amount", "unit", "whom", "deed", "user_id", "group_id")
    @api.depends_context("lang")
    def _compute_display(self):
        whom = dict(self._fields["whom"]._description_selection(self.env))
        deeds = dict(self._fields["deed"]._description_selection(self.env))
        for step in self:
            # sudo: whom a step tells is part of what the policy says
            person = step.sudo().user_id.name or step.sudo().group_id.display_name
            if step.deed == "server":
                text = deeds.get(step.deed, "")
            else:
                text = f"{person or whom.get(step.whom, '')}: {deeds.get(step.deed, '').lower()}"
            step.display = f"{step._explain_moment()} · {text}"

    def _explain_moment(self):
        """Return "4 working hours after it was due"."""
        self.ensure_one()
        amount = format_amount(self.env, self.amount, self.unit)
        if self.moment == logic.BEFORE:
            return self.env._("%(time)s before it is due", time=amount)
        if self.moment == logic.AFTER:
            return self.env._("%(time)s after it was due", time=amount)
        return self.env._("When it is due")

    @api.constrains("moment", "amount")
    def _check_amount(self):
        for step in self:
            if step.moment != logic.AT and step.amount < 1:
                raise ValidationError(
                    self.env._(
                        'Deadline policy "%(policy)s": a step before or after the due time is at '
                        "least one unit away from it.",
                        policy=step.policy_id.name,
                    )
                )

    @api.constrains(
        "whom", "deed", "user_id", "group_id", "activity_type_id", "template_id", "server_action_id"
    )
    def _check_complete(self):
        for step in self:
            needed = {"activity": "activity_type_id", "mail": "template_id"}.get(step.deed)
            whom = {"user": "user_id", "group": "group_id"}.get(step.whom)
            names = [needed or "server_action_id", *([whom] if whom and needed else [])]
            for name in names:
                if not step[name]:
                    raise ValidationError(
                        self.env._(
                            'Deadline policy "%(policy)s": the step "%(step)s" needs: %(field)s.',
                            policy=step.policy_id.name,
                            step=step.display,
                            field=self._fields[name]._description_string(self.env),
                        )
                    )

    @api.model_create_multi
    def create(self, vals_list):
        now = fields.Datetime.now()
        steps = super().create([{**vals, "date_from": now} for vals in vals_list])
        if steps.server_action_id:  # of the steps: the caller's context has defaults, too
            self._check_may_choose_action()
        steps.policy_id._look_again()
        return steps

    def write(self, vals):
        vals = {name: value for name, value in vals.items() if name != "date_from"}
        if vals.get("server_action_id"):
            self._check_may_choose_action()
        policies = self.policy_id
        if not vals.keys().isdisjoint(MOMENT_FIELDS):
            vals["date_from"] = fields.Datetime.now()
        result = super().write(vals)
        if "date_from" in vals:
            (policies | self.policy_id)._look_again()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_taken(self):
        # sudo: a notice the user cannot see still needs its step
        taken = (
            self.env["crm.deadline.notice"].sudo().search([("step_id", "in", self.ids)], limit=1)
        )
        if taken:
            raise UserError(
                self.env._(
                    'The step "%(step)s" has been taken for deadlines and cannot be deleted. '
                    "Archive it instead.",
                    step=taken.step_id.display,
                )
            )

    def _check_may_choose_action(self):
        """Refuse server actions to all but administrators: they run with the system's rights."""
        if not (self.env.su or self.env.user.has_group("base.group_system")):
            raise AccessError(
                self.env._(
                    "Server actions run with the rights of the system. Ask an administrator to "
                    "choose one for the ladder."
                )
            )

    def _get_logic(self):
        """Return the steps as the logic knows them."""
        return [
            logic.Step(
                step.id,
                step.moment,
                None if step.moment == logic.AT else Term(step.amount, step.unit),
                step.date_from,
            )
            for step in self
        ]

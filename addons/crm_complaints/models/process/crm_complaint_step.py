from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...logic import process as logic

#: What may be changed while cases go by the process: it changes nobody's work.
FREE_FIELDS = frozenset({"name", "guidance", "sequence"})


class CrmComplaintStep(models.Model):
    """A step of a process: where the case stands, who works on it, in what time, what follows.

    A step whose stage ends the case is an end: nobody has anything to do there. What follows an
    end are the ways to reopen the case.
    """

    _name = "crm.complaint.step"
    _description = "Step of a Process of Complaints"
    _order = "process_id, sequence, id"
    _check_company_auto = True

    process_id = fields.Many2one(
        "crm.complaint.process", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="process_id.company_id")
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10, help="A case begins with the first step.")
    stage_id = fields.Many2one(
        "crm.complaint.stage",
        required=True,
        index=True,
        ondelete="restrict",
        help="Where the case stands while this step is worked on.",
    )
    is_end = fields.Boolean("Ends the Case", related="stage_id.is_closed")
    role_id = fields.Many2one(
        "crm.complaint.role",
        "Done by",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    is_fresh = fields.Boolean(
        "By Somebody New",
        help="Not by anybody who has worked on this case before: for a second instance.",
    )
    check_role_id = fields.Many2one(
        "crm.complaint.role",
        "Checked by",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Looks at the result before the case goes on. Empty: nobody has to.",
    )
    accept_policy_id = fields.Many2one(
        "crm.deadline.policy",
        "Accept Within",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="How soon the hand-over is accepted or refused. Whoever goes on with his own case"
        " need not accept it from himself.",
    )
    work_policy_id = fields.Many2one(
        "crm.deadline.policy",
        "Do Within",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Counted from acceptance; it stops while the case waits for the customer.",
    )
    guidance = fields.Text(translate=True, help="What to do in this step, shown to who does it.")
    check_ids = fields.One2many("crm.complaint.step.check", "step_id", "Checklist", copy=True)
    need_ids = fields.One2many("crm.complaint.step.need", "step_id", "Required Fields", copy=True)
    next_step_ids = fields.Many2many(
        "crm.complaint.step",
        "crm_complaint_step_next_rel",
        "step_id",
        "next_id",
        string="Next Steps",
        domain="[('process_id', '=', process_id), ('id', '!=', id)]",
        copy=False,
    )
    is_split = fields.Boolean(
        "All Next Steps at Once",
        help="All next steps begin together, such as in two departments, and what comes after"
        " waits for all of them. Otherwise whoever finishes the step chooses one.",
    )

    @api.constrains("next_step_ids", "process_id")
    def _check_next_steps(self):
        for step in self:
            strange = step.next_step_ids.filtered(lambda n, s=step: n.process_id != s.process_id)
            if strange or step in step.next_step_ids:
                raise ValidationError(
                    self.env._(
                        "Step “%(step)s”: what follows is another step of the same process.",
                        step=step.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        processes = self.env["crm.complaint.process"]
        self._check_not_fixed(processes.browse([vals.get("process_id") for vals in vals_list]))
        return super().create(vals_list)

    def write(self, vals):
        if not FREE_FIELDS.issuperset(vals):
            processes = self.process_id.browse(vals.get("process_id", ()))
            self._check_not_fixed(self.process_id | processes)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_fixed(self):
        self._check_not_fixed(self.process_id)

    @api.model
    def _check_not_fixed(self, processes):
        """Refuse to change what cases go by.

        :raise UserError: cases go by one of the processes; a new version is the way
        """
        for process in processes:
            if process._has_run():
                raise UserError(
                    self.env._(
                        "Cases go by “%(process)s”: their steps stay as they are. Use “New"
                        " Version” and change that.",
                        process=process.display_name,
                    )
                )

    def _get_node(self):
        """Return the step as the logic knows it."""
        self.ensure_one()
        return logic.Step(
            id=self.id,
            sequence=self.sequence,
            stage=self.stage_id.id,
            next_ids=tuple(self.next_step_ids.ids),
            is_end=self.is_end,
            is_split=self.is_split,
        )

    def _prepare_task(self, complaint):
        """Hook: return the values of a task that does this step of a complaint."""
        self.ensure_one()
        return {
            "complaint_id": complaint.id,
            "step_id": self.id,
            "name": self.name,
            "description": self.guidance,
            "accept_policy_id": self.accept_policy_id.id,
            "work_policy_id": self.work_policy_id.id,
            "team_id": self.role_id.team_id.id or complaint.team_id.id,
            "check_ids": [
                fields.Command.create({"name": check.name, "is_required": check.is_required})
                for check in self.check_ids
            ],
        }

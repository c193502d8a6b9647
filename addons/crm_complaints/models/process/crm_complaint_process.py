from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...logic import process as logic


class CrmComplaintProcess(models.Model):
    """The typical process of handling complaints, as data: steps, who does them, what follows.

    Each record is one version. A draft is edited freely; once it is in force and cases go by it,
    its steps are fixed, and changes are made in a new version. A running case keeps its own.
    """

    _name = "crm.complaint.process"
    _description = "Process of Complaints"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(
        default=10, help="Of several processes that fit a complaint, the first one is taken."
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="Leave empty to share the process between all companies.",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("in_force", "In Force"), ("replaced", "Replaced")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
        help="New complaints go by processes in force.",
    )
    version = fields.Integer(required=True, default=1, readonly=True, copy=False, aggregator=None)
    previous_id = fields.Many2one(
        "crm.complaint.process",
        "Version Before",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    category_ids = fields.Many2many(
        "crm.complaint.category",
        "crm_complaint_process_category_rel",
        string="Categories",
        help="Only for complaints of these categories and those below them. Empty: for all.",
    )
    team_ids = fields.Many2many(
        "crm.team",
        "crm_complaint_process_team_rel",
        string="Teams",
        check_company=True,
        help="Only for complaints of these teams. Empty: for all.",
    )
    exit_stage_ids = fields.Many2many(
        "crm.complaint.stage",
        "crm_complaint_process_exit_rel",
        string="Ways Out",
        help="Stages to which a case may go from every step, such as “Withdrawn”.",
    )
    deviate_by = fields.Selection(
        [
            ("user", "Whoever works on the case"),
            ("leader", "The team leader and managers"),
            ("manager", "Managers"),
        ],
        "Who May Deviate",
        required=True,
        default="user",
        help="Who may move a case past the process. He says why, and it is kept for ever.",
    )
    step_ids = fields.One2many("crm.complaint.step", "process_id", "Steps")
    complaint_count = fields.Integer("Cases", compute="_compute_complaint_count")
    is_fixed = fields.Boolean(
        compute="_compute_is_fixed", help="Cases go by it: steps are changed in a new version."
    )

    @api.depends("name", "version")
    def _compute_display_name(self):
        for process in self:
            process.display_name = f"{process.name} ({process.version})" if process.name else ""

    def _compute_complaint_count(self):
        counts = dict(
            self.env["crm.complaint"]._read_group(
                [("process_id", "in", self.ids)], ["process_id"], ["__count"]
            )
            if self.env["crm.complaint"].has_access("read")
            else []
        )
        for process in self:
            process.complaint_count = counts.get(process, 0)

    @api.depends("state")
    def _compute_is_fixed(self):
        for process in self:
            process.is_fixed = bool(process._origin) and process._has_run()

    def _has_run(self):
        """Tell whether a case goes or went by this version."""
        self.ensure_one()
        # sudo: also cases out of the user's sight keep their process
        complaints = self.env["crm.complaint"].sudo().with_context(active_test=False)
        return bool(complaints.search([("process_id", "=", self._origin.id)], limit=1))

    @api.constrains("state")
    def _check_complete(self):
        """A process that cases could not end by does not come into force, by whatever door."""
        for process in self.filtered(lambda process: process.state == "in_force"):
            if errors := process._find_errors():
                raise ValidationError(
                    self.env._(
                        "“%(process)s” cannot come into force:\n%(problems)s",
                        process=process.display_name,
                        problems="\n".join(errors),
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        for process in self:
            if process._has_run():
                raise UserError(
                    self.env._(
                        "Complaints have gone by “%(process)s”: it is kept. Archive it instead.",
                        process=process.display_name,
                    )
                )

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        if default and "name" in default:
            return vals_list
        return [
            {**vals, "name": self.env._("%(name)s (copy)", name=process.name)}
            for process, vals in zip(self, vals_list, strict=True)
        ]

    def copy(self, default=None):
        """Copy the steps, too, and let the copies follow each other as the originals do."""
        copies = super().copy(default)
        for process, new in zip(self, copies, strict=True):
            process._copy_steps(new)
        return copies

    def _copy_steps(self, process):
        twins = {
            step: step.copy({"process_id": process.id, "next_step_ids": False})
            for step in self.step_ids
        }
        for step, twin in twins.items():
            twin.next_step_ids = [
                fields.Command.set([twins[n].id for n in step.next_step_ids if n in twins])
            ]

    # ---- versions --------------------------------------------------------------------------

    def action_new_version(self):
        """Make a draft to change the process, and open it."""
        self.ensure_one()
        self.check_access("write")
        draft = self.search([("previous_id", "=", self.id), ("state", "=", "draft")], limit=1)
        if not draft:
            draft = self.copy({"name": self.name})
            draft.write({"previous_id": self.id, "version": self.version + 1})
        return draft._get_form_action()

    def action_put_in_force(self):
        """Let new complaints go by these versions; cases under way keep theirs."""
        self.check_access("write")
        self.previous_id.filtered(lambda process: process.state == "in_force").state = "replaced"
        self.state = "in_force"

    def action_withdraw(self):
        """Let no new complaint go by these versions any more."""
        self.check_access("write")
        self.state = "replaced"

    def action_complaints(self):
        """Open the complaints that go by this version."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("crm_complaints.crm_complaint_action")
        return {**action, "domain": [("process_id", "=", self.id)], "context": {}}

    def _get_form_action(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }

    # ---- choice ----------------------------------------------------------------------------

    @api.model
    def _choose(self, complaints):
        """Return the process of each complaint that has one, by the id of the complaint."""
        # sudo: whoever registers a complaint need not see how it is handled
        processes = self.sudo().search([("state", "=", "in_force")])
        chosen = {}
        for complaint in complaints:
            fitting = (process for process in processes if process._fits(complaint))
            if process := next(fitting, None):
                chosen[complaint.id] = process
        return chosen

    def _get_step_for(self, stage):
        """Return the step a case begins with that comes in at ``stage``, in sudo."""
        self.ensure_one()
        graph = self._get_graph()
        first = logic.first_step(graph.values())
        key = logic.step_of_stage(graph.values(), stage.id) or (first and first.id)
        # sudo: what a process asks for is no secret
        return self.env["crm.complaint.step"].sudo().browse(key or ())

    def _fits(self, complaint):
        """Hook: tell whether a complaint is to go by this process."""
        self.ensure_one()
        if self.company_id and self.company_id != complaint.company_id:
            return False
        if self.team_ids and complaint.team_id not in self.team_ids:
            return False
        path = (complaint.category_id.parent_path or "").split("/")
        return not self.category_ids or any(str(key) in path for key in self.category_ids.ids)

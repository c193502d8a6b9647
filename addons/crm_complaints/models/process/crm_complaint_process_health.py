from odoo import api, fields, models

from ...logic import process as logic


class CrmComplaintProcess(models.Model):
    """What should be mended in a process, and the process drawn as a map."""

    _inherit = "crm.complaint.process"

    problem = fields.Text(
        "To Mend",
        compute="_compute_problem",
        search="_search_problem",
        help="What keeps the process from going as it is written.",
    )
    map = fields.Json(compute="_compute_map")

    @api.depends(
        "step_ids.sequence",
        "step_ids.name",
        "step_ids.stage_id.is_closed",
        "step_ids.next_step_ids",
        "step_ids.is_split",
        "step_ids.role_id",
        "step_ids.check_role_id",
        "step_ids.need_ids.field_name",
    )
    @api.depends_context("lang")
    def _compute_problem(self):
        for process in self:
            texts = [*process._find_errors(), *process._find_warnings()]
            process.problem = "\n".join(dict.fromkeys(texts)) or False

    @api.model
    def _search_problem(self, operator, value):
        if operator != "in":
            return NotImplemented
        # pylint: disable=no-search-all; a company has a handful of processes
        processes = self.search([])
        wanted = {bool(item) for item in value}
        return [("id", "in", [p.id for p in processes if bool(p.problem) in wanted])]

    @api.depends(
        "step_ids.name", "step_ids.sequence", "step_ids.stage_id", "step_ids.next_step_ids"
    )
    @api.depends_context("lang")
    def _compute_map(self):
        for process in self:
            process.map = process._draw()

    @api.model
    def _find_problems(self):
        """Return the processes in force that should be mended, with the text: (process, text).

        For a page of problems. Never raises.
        """
        processes = self.search([("state", "=", "in_force")])
        return [(process, process.problem) for process in processes if process.problem]

    def _get_graph(self):
        """Return the steps as the logic knows them, by their id."""
        self.ensure_one()
        # sudo: what a process asks for is no secret
        return {step.id: step._get_node() for step in self.sudo().step_ids}

    def _find_errors(self):
        """Return why cases could not come to an end, as texts; each forbids to come into force."""
        self.ensure_one()
        names = {step.id: step.name for step in self.step_ids}
        return [
            self._describe_problem(problem.kind, names.get(problem.step, ""))
            for problem in logic.problems(self._get_graph())
        ]

    def _describe_problem(self, kind, step):
        if kind == "empty":
            return self.env._("There is no step. Add the first one.")
        if kind == "no_end":
            return self.env._("No step ends the case. Add one whose stage ends it.")
        if kind == "unreachable":
            return self.env._(
                "Step “%(step)s”: no way leads to it. Name it as a next step, or remove it.",
                step=step,
            )
        if kind == "dead_end":
            return self.env._("Step “%(step)s”: nothing follows. Choose what does.", step=step)
        return self.env._(
            "Step “%(step)s”: the way goes in a circle and never comes to an end.", step=step
        )

    def _find_warnings(self):
        """Hook: return what else should be mended, as texts; work goes on meanwhile."""
        self.ensure_one()
        texts = []
        for step in self.step_ids.filtered(lambda step: not step.is_end):
            if not step.role_id:
                texts.append(
                    self.env._(
                        "Step “%(step)s” has no role: it comes into nobody's hands.", step=step.name
                    )
                )
            texts += [role.problem for role in step.role_id | step.check_role_id if role.problem]
            texts += [
                self.env._(
                    "Step “%(step)s” asks for the field “%(field)s”, which is there no more.",
                    step=step.name,
                    field=need.field_name,
                )
                for need in step.need_ids
                if not need._is_there()
            ]
        return texts

    def _draw(self):
        """Return the map: steps with their places, and the ways between them."""
        self.ensure_one()
        steps = self.step_ids.filtered(lambda step: isinstance(step.id, int))
        places = logic.layout([step._get_node() for step in steps])
        return {
            "steps": [
                {
                    "id": step.id,
                    "name": step.name,
                    "stage": step.stage_id.name,
                    "role": step.role_id.name or "",
                    "is_end": step.is_end,
                    "is_split": step.is_split,
                    "column": places[step.id][0],
                    "row": places[step.id][1],
                }
                for step in steps
            ],
            "ways": [
                {"from": step.id, "to": target.id}
                for step in steps
                for target in step.next_step_ids & steps
            ],
        }

from odoo import api, fields, models

from ...logic.priority import LEVELS
from ..case.crm_complaint import PRIORITY_CHOICES
from ..case.crm_complaint_category import LEVEL_CHOICES
from ..case.crm_complaint_stage import OPEN_KINDS


class CrmComplaintPriorityCell(models.Model):
    """One cell of the matrix that makes a priority of severity and impact.

    A cell of a company counts before the common one; where there is neither, the matrix of the
    program does (``logic/priority.py``). A change is applied to open complaints at once; ended
    ones keep the priority by which they were handled.
    """

    _name = "crm.complaint.priority.cell"
    _description = "Priority of Complaints"
    _order = "company_id, severity_rank, impact_rank, id"

    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        ondelete="cascade",
        help="Empty: for all companies that have no cell of their own.",
    )
    severity = fields.Selection(LEVEL_CHOICES, required=True)
    impact = fields.Selection(LEVEL_CHOICES, required=True)
    priority = fields.Selection(PRIORITY_CHOICES, required=True)
    severity_rank = fields.Integer(compute="_compute_ranks", store=True, aggregator=None)
    impact_rank = fields.Integer(compute="_compute_ranks", store=True, aggregator=None)

    _cell_unique = models.UniqueIndex(
        "(COALESCE(company_id, 0), severity, impact)",
        "The matrix already has a priority for this severity and impact. Change that one.",
    )

    @api.depends("severity", "impact")
    def _compute_ranks(self):
        for cell in self:
            cell.severity_rank = LEVELS.index(cell.severity) if cell.severity else 0
            cell.impact_rank = LEVELS.index(cell.impact) if cell.impact else 0

    @api.depends("severity", "impact")
    @api.depends_context("lang")
    def _compute_display_name(self):
        names = dict(self._fields["severity"]._description_selection(self.env))
        for cell in self:
            cell.display_name = f"{names.get(cell.severity)} × {names.get(cell.impact)}"

    @api.model_create_multi
    def create(self, vals_list):
        cells = super().create(vals_list)
        self._judge_again(cells._get_judged())
        return cells

    def write(self, vals):
        before = self._get_judged()
        result = super().write(vals)
        self._judge_again(before | self._get_judged())
        return result

    def unlink(self):
        before = self._get_judged()
        result = super().unlink()
        self._judge_again(before)
        return result

    @api.model
    def _judge_again(self, complaints):
        """Have the priority of these complaints computed anew."""
        self.env.add_to_compute(complaints._fields["priority"], complaints)

    def _get_judged(self):
        """Return the open complaints that these cells are about, in sudo."""
        # sudo: the matrix counts for complaints out of the manager's sight, too
        complaints = self.env["crm.complaint"].sudo().with_context(active_test=False)
        found = complaints.browse()
        for cell in self:
            domain = [
                ("state", "in", OPEN_KINDS),
                ("severity", "in", cell._get_levels("severity")),
                ("impact", "in", cell._get_levels("impact")),
            ]
            if cell.company_id:
                domain.append(("company_id", "=", cell.company_id.id))
            found |= complaints.search(domain)
        return found

    def _get_levels(self, name):
        """Return the levels of a complaint that mean this cell: not judged counts as the least."""
        return [self[name], False] if self[name] == LEVELS[0] else [self[name]]

    @api.model
    def _get_matrix(self):
        """Return all priorities by company id (or False), severity and impact."""
        # sudo: every complaint is judged by the matrix, whoever writes it
        cells = self.sudo().search([("priority", "!=", False)])
        return {(cell.company_id.id, cell.severity, cell.impact): cell.priority for cell in cells}

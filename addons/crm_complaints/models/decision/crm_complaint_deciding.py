from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty

from ...logic.outcome import UPHELD, overall
from ...way import way_of


class CrmComplaint(models.Model):
    """Decides about a complaint. Every change of its outcome is a decision on record.

    The dialog (``crm.complaint.decision.take``) asks for reasons. An outcome that comes without
    them, by import or with the answer, is put on record as it is.
    """

    _inherit = "crm.complaint"

    decision_ids = fields.One2many(
        "crm.complaint.decision", "complaint_id", "Decisions", readonly=True
    )
    decision_id = fields.Many2one(
        "crm.complaint.decision", compute="_compute_decision_id", compute_sudo=True
    )

    @api.depends("decision_ids")
    def _compute_decision_id(self):
        """The last decision is the one that counts, unless it took the one before back."""
        for complaint in self:
            last = complaint.decision_ids.sorted("id", reverse=True)[:1]
            complaint.decision_id = last if last.outcome != "taken_back" else False

    @api.model_create_multi
    def create(self, vals_list):
        complaints = super().create(vals_list)
        complaints.filtered("outcome")._note_decision()
        return complaints

    def write(self, vals):
        if "outcome" not in vals:
            return super().write(vals)
        before = {complaint.id: complaint.outcome for complaint in self}
        result = super().write(vals)
        self.filtered(lambda one: one.outcome != before[one.id])._note_decision()
        return result

    def action_decide(self):
        """Open the dialog that decides about the complaint."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_complaints.crm_complaint_decision_take_action"
        )
        return {**action, "context": {"default_complaint_id": self.id}}

    def _decide(self, outcome, reasons="", points=()):
        """Decide about the complaint, and return the decision.

        :param reasons: HTML, as the complainant will read them
        :param points: values (name, outcome, reasons) of each point, if it has several
        :raise UserError: without reasons where something is refused, or if the points say otherwise
        """
        self.ensure_one()
        self.check_access("write")
        points = list(points)
        self._check_decision(outcome, reasons, points)
        # pylint: disable=super-method-mismatch; our own write would note no reasons
        super().write({"outcome": outcome})
        decision = self._note_decision(reasons=reasons, points=points)
        self._follow_decision(decision)
        return decision

    def _check_decision(self, outcome, reasons, points):
        whole = overall(point["outcome"] for point in points)
        if whole and whole != outcome:
            choices = dict(self._fields["outcome"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "The points amount to “%(whole)s”. Decide so, or change a point.",
                    whole=choices[whole],
                )
            )
        if outcome in ("partly", "rejected") and is_html_empty(reasons):
            raise UserError(
                self.env._("Give the reasons: whoever is refused something has to learn why.")
            )
        if any(point["outcome"] != UPHELD and not point.get("reasons") for point in points):
            raise UserError(self.env._("Give the reasons for each point that is not upheld."))

    def _note_decision(self, reasons="", points=()):
        """Put the outcome of these complaints on record."""
        # sudo: the record is written by the system
        return (
            self.env["crm.complaint.decision"]
            .sudo()
            ._sealed_create(
                [
                    {
                        "complaint_id": complaint.id,
                        "date": fields.Datetime.now(),
                        "user_id": self.env.uid,
                        "way": way_of(self.env),
                        "outcome": complaint.outcome or "taken_back",
                        "reasons": reasons or False,
                    }
                    for complaint in self
                ]
            )
            ._note_points(points)
        )

    def _follow_decision(self, decision):
        """Hook: somebody has decided about this complaint (``crm.complaint.decision``)."""

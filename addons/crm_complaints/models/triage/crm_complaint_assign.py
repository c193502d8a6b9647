from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.fields import Domain

from ...logic.assignment import load
from ..case.crm_complaint_stage import OPEN_KINDS

BATCH = 100
CRON = "crm_complaints.ir_cron_assign"


class CrmComplaint(models.Model):
    """Who gets a complaint that nobody has taken: the rules decide, as soon as it is there.

    A job assigns, so that taking a complaint in waits for nobody and cannot fail by it. Two
    workers at once do the work of one: each locks the rules first, and the second leaves it to
    the first.
    """

    _inherit = "crm.complaint"

    assignment_id = fields.Many2one(
        "crm.complaint.assignment",
        "Assigned by",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
        help="The rule that chose the person responsible.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        complaints = super().create(vals_list)
        if any(not complaint.user_id for complaint in complaints):
            # sudo: whoever hands in a complaint has it assigned
            rules = self.env["crm.complaint.assignment"].sudo()
            if rules.search_count([], limit=1):
                self.env.ref(CRON).sudo()._trigger()  # sudo: as above
        return complaints

    def write(self, vals):
        result = super().write(vals)
        if "user_id" in vals and "assignment_id" not in vals:
            by_rule = self.filtered("assignment_id")
            if by_rule:
                by_rule.assignment_id = False  # somebody has chosen by hand
        return result

    def action_assign(self):
        """Give those of these complaints that nobody has taken to people, by the rules."""
        self.check_access("write")
        # sudo: people and their work may be out of sight of whoever asks
        self.sudo()._assign()
        return True

    @api.model
    def _cron_assign(self):
        """Assign what nobody has taken, the oldest first, in batches."""
        commit = self.env["ir.cron"]._commit_progress
        domain = Domain("user_id", "=", False) & Domain("state", "in", OPEN_KINDS)
        waiting = self.search(domain, order="date_received, id").ids
        commit(remaining=len(waiting))
        for start in range(0, len(waiting), BATCH):
            ids = waiting[start : start + BATCH]
            if not self.browse(ids)._assign():
                self.env.ref(CRON)._trigger()  # another worker is at it: see to the rest later
                commit(len(waiting) - start)
                return
            if not commit(len(ids)):
                return

    def _assign(self):
        """Assign complaints by the rules; in sudo. Return False if another worker is at it."""
        rules = self.env["crm.complaint.assignment"]._get_of(self.company_id)
        if not rules:
            return True
        try:
            with self.env.cr.savepoint():
                locked = rules.try_lock_for_update(allow_referencing=True)
                if locked != rules:
                    return False
        except SerializationFailure:
            return False  # another worker has assigned since this transaction began
        complaints = self.exists().filtered(
            lambda complaint: not complaint.user_id and complaint.state in OPEN_KINDS
        )
        loads = rules._get_people_loads(complaints)
        for complaint in complaints:
            complaint._assign_one(rules, loads)
        return True

    def _assign_one(self, rules, loads):
        """Give one complaint to whom the first fitting rule finds."""
        self.ensure_one()
        for rule in rules:
            user = rule._choose(self, loads) if rule._fits(self) else self.env["res.users"]
            if user:
                team = {"team_id": rule.team_id.id} if rule.team_id else {}
                self.write({**team, "user_id": user.id, "assignment_id": rule.id})
                rule._note_assigned(user)
                loads[user.id] = loads.get(user.id, 0) + load([(self.priority, 1)])
                return

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from odoo.addons.crm_deadline.readable import readable


class CrmComplaintTask(models.Model):
    """Who sees a task: whose it is, who gave or checks it, and who sees the complaint.

    The record rules narrow it: nobody sees a task of a complaint that is hidden from him. Being
    part of the search, this holds for lists, counts, groups and exports alike.
    """

    _inherit = "crm.complaint.task"

    complaint_number = fields.Char("Number", compute="_compute_complaint_glance")
    complaint_name = fields.Char("About", compute="_compute_complaint_glance")
    complaint_text = fields.Html("Substance", compute="_compute_complaint_glance")
    is_complaint_visible = fields.Boolean(compute="_compute_complaint_glance")
    is_mine_to_do = fields.Boolean(compute="_compute_parties")
    is_mine_to_check = fields.Boolean(compute="_compute_parties")
    is_mine_to_direct = fields.Boolean(compute="_compute_parties")

    @api.depends("complaint_id")
    @api.depends_context("uid")
    def _compute_complaint_glance(self):
        for task in self:
            # sudo: who may read the task must know what it is about
            complaint = task.sudo().complaint_id
            task.complaint_number = complaint.number
            task.complaint_name = complaint.name
            task.complaint_text = complaint.description
            own = self.env["crm.complaint"].browse(complaint.id)
            task.is_complaint_visible = bool(own) and own.has_access("read")

    @api.depends("sender_id", "user_id", "controller_id", "state")
    @api.depends_context("uid")
    def _compute_parties(self):
        for task in self:
            parties = task._get_parties()
            task.is_mine_to_do = "receiver" in parties
            task.is_mine_to_check = "controller" in parties
            task.is_mine_to_direct = "director" in parties

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            domain = Domain(domain) & self._search_visible()
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model
    def _search_visible(self):
        """Return the domain of one's own tasks, and of those of complaints in one's reach."""
        uid = self.env.uid
        visible = Domain.OR(
            Domain(name, "=", uid) for name in ("user_id", "sender_id", "controller_id")
        )
        complaints = self.env["crm.complaint"]
        if complaints.has_access("read"):
            visible |= readable(complaints, "complaint_id")
        return visible

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if result or not any(self._ids):
            return result
        # sudo: only to learn whose each task is, and of which complaint, whose own check decides
        tasks = self.sudo()
        user = self.env.user
        others = tasks.filtered(
            lambda task: user not in (task.user_id | task.sender_id | task.controller_id)
        )
        hidden = others and others.complaint_id.sudo(False)._check_access("read")
        if not hidden:
            return None
        forbidden = others.filtered(lambda task: task.complaint_id in hidden[0]).sudo(False)
        return forbidden, forbidden._reach_error

    def _reach_error(self):
        return AccessError(
            self.env._("These tasks are out of your reach: they are of complaints of others.")
        )

    def _get_parties(self):
        """Return the parts that the person at the screen plays in this task.

        Nobody checks what he did himself. What is in nobody's hands may be taken by whoever works
        on the complaint.
        """
        self.ensure_one()
        user, parties = self.env.user, set()
        # sudo: whose it is decides, not what he may read
        task = self.sudo()
        complaint = self.env["crm.complaint"].browse(task.complaint_id.id)
        works_on_it = bool(complaint) and complaint.has_access("write")
        if user == task.user_id or (not task.user_id and works_on_it):
            parties.add("receiver")
        if user == task.sender_id or (works_on_it and self._directs(task.complaint_id)):
            parties.add("director")
        if user == task.controller_id and user != task.user_id:
            parties.add("controller")
        return parties

    def _directs(self, complaint):
        """Hook: tell whether the person at the screen says who works on a complaint (in sudo)."""
        user = self.env.user
        return user in (complaint.user_id | complaint.team_id.user_id) or user.has_group(
            "crm_complaints.group_manager"
        )

    @api.model
    def _is_menu_needed(self):
        """Whether the user has tasks, and no complaints beside which he would find them."""
        if self.env.user.has_group("crm_complaints.group_user"):
            return False
        # sudo: only whether there is one of his own; which of them he sees, the list decides
        tasks = self.sudo()
        return any(
            tasks.search_count([(name, "=", self.env.uid)], limit=1)
            for name in ("user_id", "controller_id", "sender_id")
        )

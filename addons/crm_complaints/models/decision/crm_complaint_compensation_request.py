from odoo import models

ACTIVITY = "crm_complaints.mail_activity_type_approval"


class CrmComplaintCompensation(models.Model):
    """Somebody whose limit covers a compensation is asked by an activity on the complaint."""

    _inherit = "crm.complaint.compensation"

    def _ask_approval(self):
        """Ask one person to decide; if nobody can, the list of what waits still shows it."""
        self.ensure_one()
        approver = self._get_approvers()[:1]
        if approver:
            self.complaint_id.activity_schedule(
                ACTIVITY,
                user_id=approver.id,
                summary=self.env._(
                    "Decide about: %(compensation)s", compensation=self.display_name
                ),
            )

    def _end_request(self):
        """End the activities of requests where nothing waits for a decision any more."""
        for complaint in self.complaint_id:
            waiting = complaint.compensation_ids.filtered(lambda one: one.state == "proposed")
            if not waiting:
                # sudo: the activity is somebody else's
                complaint.sudo().activity_unlink([ACTIVITY])

    def _get_approvers(self):
        """Hook: return who may decide, those to be asked first in front.

        The leader of the team, then the superior of whoever proposed, then anybody else.
        """
        self.ensure_one()
        # sudo: who may decide does not depend on who asks
        one = self.sudo()
        limits = self.env["crm.complaint.limit"].sudo()  # sudo: as above
        roles = limits.search([("company_id", "in", [one.company_id.id, False])]).group_id
        people = one.complaint_id.team_id.user_id | self.env.user.deadline_superior_id
        people |= roles.all_user_ids.sorted("id")
        people = people.filtered(lambda user: user.active and not user.share)
        now = self.env.cr.now()
        people = people.browse(
            dict.fromkeys(user._deadline_stand_in(now).id or user.id for user in people)
        )
        root = self.env.ref("base.user_root")
        return (people - root).filtered(
            lambda user: (
                one._find_refusal(user) is None
                and one.complaint_id.with_user(user).has_access("write")
            )
        )

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from odoo.addons.crm_deadline.readable import readable


class CrmComplaintAction(models.Model):
    """Who sees an action: its owner, and whoever sees a complaint it follows from.

    But not whom one of these complaints is kept secret from, though he sees another: the words of
    an action tell what the complaint says. Nor the employee it is about. The rule is part of the
    search itself, so that lists, counts, groups and exports follow it alike.
    """

    _inherit = "crm.complaint.action"

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            domain = Domain(domain) & self._get_visible_domain()
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model
    def _get_visible_domain(self):
        """Hook: return the domain of the actions that the user may see."""
        user = self.env.user
        complaints = self.env["crm.complaint"]
        seen = readable(complaints, "id")
        # sudo: of what the user does not see, only that it is secret
        secret = complaints.sudo()._search(
            ~seen
            & (Domain("is_confidential", "=", True) | Domain("hidden_user_ids", "in", user.ids)),
            active_test=False,
        )
        general = Domain("complaint_ids", "=", False)
        if not user.has_group("crm_complaints.group_manager"):
            general &= Domain("about_user_id", "=", False)
        by_complaint = Domain("complaint_ids", "any!", seen)
        kept_secret = Domain("complaint_ids", "any!", Domain("id", "in", secret))
        is_own = Domain("user_id", "=", user.id)
        is_about = Domain("about_user_id", "=", user.id)
        return ~is_about & (is_own | ((general | by_complaint) & ~kept_secret))

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if result or self.env.su or not any(self._ids):
            return result
        seen = self.with_context(active_test=False).search([("id", "in", self.ids)])
        forbidden = self - seen
        if not forbidden:
            return None
        return forbidden, lambda: AccessError(
            self.env._("You may not see these actions: they follow from complaints of others.")
        )

    @api.model_create_multi
    def create(self, vals_list):
        actions = super().create(vals_list)
        actions._check_new_complaints({})
        return actions

    def write(self, vals):
        if "complaint_ids" not in vals:
            return super().write(vals)
        # sudo: complaints out of sight were there before, and stay
        before = {action.id: action.sudo().complaint_ids for action in self}
        result = super().write(vals)
        self._check_new_complaints(before)
        return result

    def _check_new_complaints(self, before):
        """Let nobody tie an action to a complaint he may not work on."""
        for action in self:
            # sudo: to learn which were added; their own check decides
            now = action.sudo().complaint_ids
            added = now - before.get(action.id, now.browse())
            added.sudo(self.env.su).check_access("write")

    def _deadline_get_shut_out(self, users):
        """Have the ladder tell nobody who must not hear of the action."""
        # sudo: the ladder runs as the system
        return {
            action.id: users & (action.complaint_ids.hidden_user_ids | action.about_user_id)
            for action in self.sudo()
        }

    def _get_hidden_partner_ids(self):
        """Return the ids of the partners of those who must not hear of any of these actions."""
        # sudo: the answer must not depend on who posts
        actions = self.sudo()
        users = actions.complaint_ids.hidden_user_ids | actions.about_user_id
        return set(users.partner_id.ids)

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        hidden = self._get_hidden_partner_ids()
        return [person for person in recipients if person["id"] not in hidden]

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        hidden = self._get_hidden_partner_ids()
        allowed = [partner for partner in partner_ids or [] if partner not in hidden]
        return super()._message_subscribe(allowed, subtype_ids, customer_ids)

    def message_post(self, *, partner_ids=None, **kwargs):
        if partner_ids:
            hidden = self._get_hidden_partner_ids()
            partner_ids = [partner for partner in partner_ids if partner not in hidden]
        return super().message_post(partner_ids=partner_ids, **kwargs)

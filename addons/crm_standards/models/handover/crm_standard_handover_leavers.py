from __future__ import annotations

import logging

from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import SQL

from .crm_standard_handover_flow import ACTIVITY

_logger = logging.getLogger(__name__)


class CrmStandardHandover(models.Model):
    """Work that waits for somebody: of people who leave, and of people who are back.

    Nothing is moved by itself. A hand-over is prepared with everything listed, and one person is
    told: the leader of the sales team, else the controller of the company.
    """

    _inherit = "crm.standard.handover"

    @api.model
    def _prepare_for(self, users, team=None) -> None:
        """Prepare hand-overs of these people's work; whatever fails, they can leave.

        :param team: the one sales team they have left, or nothing if they have left altogether
        """
        # sudo: whoever archives a user need not be one who hands over work
        register = self.sudo().with_context(active_test=True)
        for user in users.sudo():  # sudo: as above
            for company in user.company_ids:
                try:
                    with self.env.cr.savepoint():
                        register._prepare_one(user, company, team)
                except Exception:  # another add-on's records must not keep anybody from leaving
                    _logger.exception("the work of user %s could not be listed", user.id)

    @api.model
    def _prepare_one(self, user, company, team) -> None:
        """Prepare the hand-over of a person's work in a company, unless it is there already."""
        domain = [("giver_id", "=", user.id), ("company_id", "=", company.id)]
        known = self.search([*domain, ("state", "=", "draft"), ("ordered_by_id", "=", False)])
        if team and known:
            return  # all his work, or that of another team, is being looked at
        if known:  # he has left the team first, and everything now
            known[0]._write_fact({"team_ids": [Command.clear()], "reason": "leaving"})
            known[0]._plan()
            return
        handover = self._create_offer(
            {
                "giver_id": user.id,
                "company_id": company.id,
                "reason": "other" if team else "leaving",
                "rule": "one",
                "team_ids": team.ids if team else False,
            }
        )
        handover._plan()
        if not handover.line_ids:
            handover.unlink()
            return
        handover._tell_organizer(team)

    def _tell_organizer(self, team) -> None:
        """Ask one person to find somebody for the work, and tell the one at the screen."""
        self.ensure_one()
        organizer = self._get_organizer(team)
        text = self.with_context(lang=organizer.lang).env._(
            "Find somebody for the work of %(giver)s: %(summary)s",
            giver=self.giver_id.name,
            summary=self.with_context(lang=organizer.lang).summary,
        )
        if organizer:
            self.activity_schedule(ACTIVITY, summary=text, user_id=organizer.id)
        self.env.user._bus_send(
            "simple_notification",
            {
                "type": "warning",
                "sticky": True,
                "title": self.env._("Open work stays behind"),
                "message": self.env._(
                    "%(giver)s: %(summary)s. A hand-over is prepared: see People, Hand-overs.",
                    giver=self.giver_id.name,
                    summary=self.summary,
                ),
            },
        )

    def _get_organizer(self, team):
        """Hook: return the one who finds receivers: the leader of the team, else the controller."""
        teams = team or self.giver_team_ids
        leaders = teams.user_id.filtered("active") - self.giver_id
        if leaders:
            return leaders[0]._deadline_stand_in()
        return self.company_id._get_standard_controllers()[:1]

    # ---- the daily look --------------------------------------------------------------------

    @api.model
    def _cron_follow_up(self) -> None:
        """Offer work back when an absence has ended, and find work of people who have left."""
        commit = self.env["ir.cron"]._commit_progress
        back = self.search(self._get_return_domain())
        left = self._find_left_behind()
        commit(remaining=len(back) + len(left))
        for handover in back:
            handover._offer_back()
            if not commit(1):
                return
        for user in left:
            self._prepare_for(user)
            if not commit(1):
                return

    @api.model
    def _get_return_domain(self) -> list:
        return [
            ("state", "=", "done"),
            ("reason", "=", "absence"),
            ("date_until", "<", fields.Date.today()),
            ("is_return_offered", "=", False),
        ]

    def _offer_back(self) -> None:
        """Tell the giver that he can take his work back; once."""
        self.ensure_one()
        if not self.try_lock_for_update():
            return  # another worker is telling him
        self._write_fact({"is_return_offered": True})
        if self.giver_id.active:
            self.with_context(lang=self.giver_id.lang).activity_schedule(
                ACTIVITY,
                summary=self.with_context(lang=self.giver_id.lang).env._(
                    "Welcome back: take your work back, or leave it where it is"
                ),
                user_id=self.giver_id.id,
            )

    @api.model
    def _find_left_behind(self):
        """Return archived employees with open leads for whom nothing is prepared.

        Asked by the leads: they are what gets lost first, and the index on their user answers.
        """
        self.env["crm.lead"].flush_model(["user_id", "active", "won_status"])
        self.flush_model(["giver_id", "state"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT person.id
                  FROM res_users AS person
                 WHERE person.active IS NOT TRUE AND person.share IS NOT TRUE
                   AND EXISTS (SELECT FROM crm_lead AS lead
                                WHERE lead.user_id = person.id AND lead.active
                                  AND lead.won_status = 'pending')
                   AND NOT EXISTS (SELECT FROM crm_standard_handover AS known
                                    WHERE known.giver_id = person.id
                                      AND known.state IN ('draft', 'offered', 'accepted'))
              ORDER BY person.id
                """
            )
        )
        return self.env["res.users"].browse(user_id for (user_id,) in rows)

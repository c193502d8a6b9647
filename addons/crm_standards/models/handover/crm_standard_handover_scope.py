from __future__ import annotations

from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Command, Domain

from ...logic.handover import Item

#: One note in the register replaces a message on each record and a mail for each assignment.
QUIET = {
    "mail_auto_subscribe_no_notify": True,
    "mail_notrack": True,
    "mail_activity_quick_update": True,
    "skip_attendee_notification": True,
    "dont_notify": True,
}


class HandoverScope(NamedTuple):
    """A kind of work that people have in their hands.

    :param model: model of the records
    :param domain: which of them are open work
    :param user_field: the field that says in whose hands they are
    :param team_field: the field that says to which sales team they belong
    :param customer_field: the path that says which customer they concern
    :param is_anchored: whether ``res_model`` and ``res_id`` say to which record they belong
    :param is_open_to_leaders: whether a leader hands over records that belong to no team
    :param is_proposal: only listed for a person to decide, never moved
    """

    model: str
    domain: list
    user_field: str = "user_id"
    team_field: str | None = None
    customer_field: str | None = None
    is_anchored: bool = False
    is_open_to_leaders: bool = False
    is_proposal: bool = False


class CrmStandardHandoverScope(models.AbstractModel):
    """What people have in their hands, and how it passes to somebody else.

    A bridge adds its records by extending :meth:`_get_scopes`, and :meth:`_give` where writing the
    user is not all there is to do.
    """

    _name = "crm.standard.handover.scope"
    _description = "What Can Be Handed Over"

    @api.model
    def _get_scopes(self, giver) -> list[HandoverScope]:
        """Hook: return the kinds of work, in the order in which they move.

        What others are anchored to comes first.
        """
        now = fields.Datetime.now()
        meetings = Domain("start", ">=", now) & Domain("privacy", "!=", "private")
        if giver.calendar_default_privacy == "private":  # what is unmarked is private, too
            meetings &= Domain("privacy", "!=", False)
        # the task of a meeting to come goes with the meeting, or stays private with it
        tasks = Domain("calendar_event_id", "=", False) | Domain(
            "calendar_event_id.start", "<", now
        )
        tasks &= Domain("res_model", "!=", self.env["crm.standard.handover"]._name)
        return [
            HandoverScope(
                "res.partner",
                [("partner_share", "=", True)],  # colleagues are nobody's customers
                customer_field="commercial_partner_id",
                is_open_to_leaders=True,
            ),
            HandoverScope(
                "crm.lead",
                [("won_status", "=", "pending")],
                team_field="team_id",
                customer_field="partner_id.commercial_partner_id",
                is_open_to_leaders=True,
            ),
            HandoverScope("calendar.event", list(meetings), is_anchored=True),
            HandoverScope("mail.activity", list(tasks), is_anchored=True),
            HandoverScope("crm.team", [], team_field="id", is_proposal=True),
        ]

    @api.model
    def _find_records(self, scope: HandoverScope, giver, company):
        """Return the giver's records of a kind, in sudo: the hand-over decides who sees what."""
        # sudo: a leader hands over work that only its owner may read
        records = self.env[scope.model].sudo().with_context(active_test=True)
        domain = Domain(scope.domain) & Domain(scope.user_field, "=", giver.id)
        if "company_id" in records._fields:
            domain &= Domain("company_id", "in", [company.id, False])
        return records.search(domain, order="id")

    @api.model
    def _to_items(self, scope: HandoverScope, records) -> list[Item]:
        """Return the records as the logic wants them."""
        items = []
        for record in records:
            anchor = None
            if scope.is_anchored and record.res_model and record.res_id:
                anchor = record.res_model, record.res_id
            team = record[scope.team_field] if scope.team_field else None
            customer = record.mapped(scope.customer_field) if scope.customer_field else None
            items.append(Item(scope.model, record.id, _to_id(team), anchor, _to_id(customer)))
        return items

    @api.model
    def _describe(self, scope: HandoverScope, record) -> str:
        """Hook: return what a record is called in the register."""
        name = record.display_name or ""
        if scope.model == "mail.activity" and record.res_name:
            return f"{name}: {record.res_name}"
        return name

    @api.model
    def _give(self, scope: HandoverScope, records, giver, receiver, is_for_good: bool) -> None:
        """Hook: pass records, in sudo, from one person to another, as they stand.

        Due dates and running deadlines keep their dates; the receiver goes on from the exact
        point. The gate of standards judges as always.

        :param is_for_good: the giver does not come back, and follows no more
        """
        records = records.with_context(**QUIET)
        values = {scope.user_field: receiver.id}
        if scope.model == "calendar.event":
            values["partner_ids"] = [Command.link(receiver.partner_id.id)]
            if is_for_good:
                values["partner_ids"].append(Command.unlink(giver.partner_id.id))
        if "team_id" in records._fields:
            # another person is no reason to start again in another team's pipeline
            with self.env.protecting([records._fields["team_id"]], records):
                records.write(values)
        else:
            records.write(values)
        self._follow(records, giver, receiver, is_for_good)
        self._assign_deadlines(records, giver, receiver)

    @api.model
    def _follow(self, records, giver, receiver, is_for_good: bool) -> None:
        """Let the receiver follow the records, and the giver no more if he is gone."""
        if not hasattr(records, "message_subscribe"):
            return
        records.message_subscribe(partner_ids=receiver.partner_id.ids)
        if is_for_good:
            records.message_unsubscribe(partner_ids=giver.partner_id.ids)

    @api.model
    def _assign_deadlines(self, records, giver, receiver) -> None:
        """Make the receiver responsible for the giver's running deadlines on the records."""
        # sudo: deadlines go with their record
        clocks = (
            self.env["crm.deadline.clock"]
            .sudo()
            .search(
                [
                    ("res_model", "=", records._name),
                    ("res_id", "in", records.ids),
                    ("date_end", "=", False),
                    ("user_id", "=", giver.id),
                ]
            )
        )
        clocks._assign(receiver)


def _to_id(value) -> int | None:
    """Return the id of a record, or of what is an id already."""
    return getattr(value, "id", value) or None

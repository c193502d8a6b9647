from zoneinfo import ZoneInfo

from odoo import models

from ...logic import window
from .crm_segment_method import BCG


class CrmSegmentMethod(models.Model):
    """The classes of a method, its days, and what it opens."""

    _inherit = "crm.segment.method"

    def action_view_members(self):
        """Show the customers the methods have classed."""
        return self._open("crm_segment_membership_action", {"search_default_group_segment": 1})

    def action_view_changes(self):
        """Show how customers changed class."""
        return self._open("crm_segment_change_action", {})

    def _open(self, name, context):
        action = self.env["ir.actions.act_window"]._for_xml_id(f"crm_segments.{name}")
        return {**action, "domain": [("method_id", "in", self.ids)], "context": context}

    def _make_classes(self):
        """Give each method the classes of its kind, in all languages; those of another kind go."""
        segments = self.env["crm.segment"]
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        for method in self:
            # sudo: classes follow the method; nobody else makes or removes them
            method.segment_ids.sudo()._drop()
            made = segments._make(
                [
                    {**values, "method_id": method.id, "sequence": place}
                    for place, values in enumerate(segments._get_standard_classes(method.kind), 1)
                ]
            )
            for code in languages:
                made.with_context(lang=code)._translate(method.kind)

    def _get_companies(self):
        """Return the company and its branches, archived ones too.

        By their ids: PostgreSQL cannot guess how many documents a path of companies has, and would
        look for the customer of each one by one.
        """
        # sudo: the job has no company of its own, and a branch belongs to the whole
        companies = self.env["res.company"].sudo().with_context(active_test=False)
        return companies.search([("id", "child_of", self.company_id.ids)])

    def _get_window(self):
        """Return the periods that count today; BCG looks as far back again.

        :raises ValueError: for periods that cannot be
        """
        self.ensure_one()
        count = self.period_count * (2 if self.kind == BCG else 1)
        return window.window_before(self._get_today(), int(self.period_months), count)

    def _get_today(self):
        """Return the day it is at the company."""
        now = self.env.cr.now().replace(tzinfo=ZoneInfo("UTC"))
        return now.astimezone(self._get_zone()).date()

    def _get_zone(self):
        # sudo: the time zone of a company is no secret
        return ZoneInfo(self.company_id.sudo().resource_calendar_id.tz or "UTC")

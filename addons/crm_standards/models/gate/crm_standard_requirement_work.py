from __future__ import annotations

from odoo import api, models
from odoo.tools import SQL

from ...logic.gate import need_key, split_need

LEAD = "crm.lead"
#: Fields of an activity that say whether it is done, and on which lead.
DONE_FIELDS = ("active", "res_id", "res_model", "standard_date_done")


class CrmStandardRequirement(models.AbstractModel):
    """Work that must be done: activities of a type, and the steps of a checklist.

    Core keeps an activity that is done: archived, with the day it was done. Archiving alone can be
    had for nothing (an import, a write), so only what went through core's own "mark done" counts,
    which writes a message that cannot be had otherwise (see ``mail.activity``).
    """

    _inherit = "crm.standard.requirement"

    @api.model
    def _get_needs(self, rule):
        if rule.requirement_kind == "activity":
            details = (rule.activity_type_id.id, max(rule.activity_count, 1))
            return (need_key("activity", *details),)
        if rule.requirement_kind == "checklist":
            items = rule.sudo().plan_id.template_ids  # the steps are no secret
            return tuple(self._get_step_key(item.id) for item in items)
        return super()._get_needs(rule)

    @api.model
    def _find_problem(self, rule):
        if rule.requirement_kind == "activity" and not rule.activity_type_id:
            return self.env._("choose the kind of activity that must be done.")
        if rule.requirement_kind == "checklist":
            plan = rule.sudo().plan_id  # see _get_needs
            if not plan.template_ids:
                return self.env._("choose a checklist that has at least one step.")
            if plan.res_model != LEAD:
                return self.env._("its checklist is for other records than leads.")
        return super()._find_problem(rule)

    @api.model
    def _prepare_query(self, kind, needs, lead_ids):
        if kind == "activity":
            return self._prepare_activity_query(needs, lead_ids)
        if kind == "checklist":
            return self._prepare_checklist_query(needs, lead_ids)
        return super()._prepare_query(kind, needs, lead_ids)

    @api.model
    def _prepare_activity_query(self, needs, lead_ids) -> SQL:
        """Return the statement that counts activities done."""
        details = [split_need(need) for need in needs]
        return SQL(
            """
            (SELECT need.name, done.res_id, NULL::jsonb
               FROM unnest(%s::varchar[], %s::int[], %s::int[]) AS need(name, type_id, times)
               JOIN mail_activity AS done ON done.activity_type_id = need.type_id
              WHERE done.res_model = %s AND done.res_id = ANY(%s)
                AND done.active IS FALSE AND done.standard_date_done IS NOT NULL
           GROUP BY need.name, need.times, done.res_id
             HAVING COUNT(*) >= need.times)
            """,
            needs,
            [int(type_id) for _kind, type_id, _times in details],
            [int(times) for _kind, _type, times in details],
            LEAD,
            lead_ids,
            to_flush=self._get_read_fields("mail.activity", "activity_type_id", *DONE_FIELDS),
        )

    @api.model
    def _prepare_checklist_query(self, needs, lead_ids) -> SQL:
        """Return the statement that finds steps that are ticked."""
        return SQL(
            """
            (SELECT DISTINCT need.name, done.res_id, NULL::jsonb
               FROM unnest(%s::varchar[], %s::int[]) AS need(name, step_id)
               JOIN mail_activity AS done ON done.standard_step_id = need.step_id
              WHERE done.res_model = %s AND done.res_id = ANY(%s)
                AND done.active IS FALSE AND done.standard_date_done IS NOT NULL)
            """,
            needs,
            [int(split_need(need)[1]) for need in needs],
            LEAD,
            lead_ids,
            to_flush=self._get_read_fields("mail.activity", "standard_step_id", *DONE_FIELDS),
        )

    @api.model
    def _get_label(self, need):
        kind, *details = split_need(need)
        if kind == "activity":
            # the name of a kind of activity is no secret
            activity_type = self.env["mail.activity.type"].sudo().browse(int(details[0]))
            if details[1] == "1":
                return self.env._("do “%(activity)s”", activity=activity_type.name)
            return self.env._(
                "do “%(activity)s” %(count)s times", activity=activity_type.name, count=details[1]
            )
        if kind == "checklist":
            return self.env._("tick “%(step)s”", step=self._get_step(need).summary or "…")
        return super()._get_label(need)

    @api.model
    def _get_step_key(self, step_id: int) -> str:
        """Return the need of one step of a checklist."""
        return need_key("checklist", step_id)

    @api.model
    def _get_step(self, need: str):
        """Return the step of a checklist that a need speaks of."""
        steps = self.env["mail.activity.plan.template"].sudo()  # see _get_needs
        return steps.browse(int(split_need(need)[1])).exists()

    @api.model
    def _describe(self, rule):
        if rule.requirement_kind == "checklist":
            plan = rule.sudo().plan_id  # see _get_needs
            return self.env._("tick all of “%(checklist)s”", checklist=plan.name or "…")
        return super()._describe(rule)

    @api.model
    def _prepare_item(self, lead, rule, need, *, is_met):
        item = super()._prepare_item(lead, rule, need, is_met=is_met)
        if item["type"] == "activity":
            item["activity_type_id"] = int(split_need(need)[1])
        if item["type"] == "checklist":
            step = self._get_step(need)
            item |= {"step_id": step.id, "label": step.summary or step.activity_type_id.name}
        return item

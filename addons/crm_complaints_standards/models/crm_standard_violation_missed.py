from odoo import api, models

from odoo.addons.crm_standards.models.common.breach import Breach
from odoo.addons.crm_standards.origin import SYSTEM

from ..logic.missed import Miss, Period, first_broken, version_at
from .crm_standard_rule import RANKS


class CrmStandardViolation(models.Model):
    """How missed deadlines of complaints come into the register: each of them once.

    The sweep tells each clock once, isolates one that fails and asks for it again. Should it ask
    twice all the same, what stands in the register is left out, and the unique index stands behind.
    """

    _inherit = "crm.standard.violation"

    @api.model
    def _record_missed(self, clocks):
        """Enter missed ``clocks`` of complaints or their tasks that a rule speaks of.

        :return: the new violations
        """
        laws = self.env["crm.standard.rule"]._get_complaint_laws()
        if not laws or not clocks:
            return self.browse()
        # sudo: who misses a deadline must not need the right to write it down
        register = self.sudo()
        known = register.search([("complaint_clock_id", "in", clocks.ids)]).complaint_clock_id
        broken = {}
        for clock, record in register._get_documents(clocks.sudo() - known).items():
            if law := first_broken(self._prepare_miss(clock, record), laws):
                broken[clock] = (record, register.env["crm.standard.rule"].browse(law.id))
        if not broken:
            return self.browse()
        return register._insert_missed(broken)

    @api.model
    def _get_documents(self, clocks):
        """Return the complaint or task of each clock; those of a record that is gone are left."""
        documents = {}
        for model, group in clocks.grouped("res_model").items():
            records = self.env[model].browse(group.mapped("res_id")).exists()
            by_id = {record.id: record for record in records}
            documents |= {clock: by_id[clock.res_id] for clock in group if clock.res_id in by_id}
        return documents

    @api.model
    def _prepare_miss(self, clock, record):
        """Return a missed clock as the logic knows it."""
        is_task = record._name == "crm.complaint.task"
        complaint = record.complaint_id if is_task else record
        step = record.step_id if is_task else self.env["crm.complaint.step"]
        path = (complaint.category_id.parent_path or "").split("/")
        return Miss(
            deadline=clock.kind,
            moment=clock.date_missed,
            company=complaint.company_id.id,
            team=record.team_id.id or None,
            categories=frozenset(map(int, filter(None, path))),
            severity=RANKS.get(complaint.severity),
            stage=step.stage_id.id or None,
            role=step.role_id.id or None,
        )

    @api.model
    def _insert_missed(self, broken):
        """Enter violations in one statement; ``broken``: (record, rule) by clock."""
        now = self.env.cr.now()
        rules = self.env["crm.standard.rule"].union(*(rule for _record, rule in broken.values()))
        periods = self._get_periods(rules.standard_id)
        vals_list = []
        for clock, (record, rule) in broken.items():
            version = version_at(periods.get(rule.standard_id.id, ()), clock.date_missed)
            vals_list.append(
                {
                    **self._prepare_missed(clock, record, rule, now),
                    "version_id": version or rule.standard_id.version_id.id,
                }
            )
        return self._insert(vals_list, now)

    @api.model
    def _get_periods(self, standards):
        """Return when each version of these standards was in force, by the id of the standard."""
        versions = self.env["crm.standard.version"].search_fetch(
            [("standard_id", "in", standards.ids), ("date_in_force", "!=", False)],
            ["standard_id", "date_in_force", "date_end"],
        )
        return {
            standard.id: [Period(v.id, v.date_in_force, v.date_end or None) for v in group]
            for standard, group in versions.grouped("standard_id").items()
        }

    @api.model
    def _prepare_missed(self, clock, record, rule, now):
        """Return the values of a violation: whose it is, is who was responsible at the miss."""
        person = clock.missed_user_id or clock.user_id
        breach = Breach(rule.id, None, None, None, (), "complaint_late", person.id or None)
        is_task = record._name == "crm.complaint.task"
        complaint = record.complaint_id if is_task else record
        return {
            **self._prepare_violation(breach, SYSTEM, now),
            "team_id": record.team_id.id,
            "company_id": complaint.company_id.id,
            "complaint_id": complaint.id,
            "complaint_clock_id": clock.id,
            "complaint_number": complaint.number,
            "complaint_deadline": clock.kind,
            "date_complaint_due": clock.date_missed,
        }

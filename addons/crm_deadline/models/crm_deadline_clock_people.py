from collections import defaultdict

from odoo import api, models


class CrmDeadlineClock(models.Model):
    """Whom a step of the ladder tells, for many clocks at once."""

    _inherit = "crm.deadline.clock"

    def _find_people(self, steps_by_clock):
        """Return the ids of the persons each step tells, absences not regarded.

        :param steps_by_clock: ``crm.deadline.step`` by the id of the clock
        :return: sets of ids of ``res.users`` by (clock id, step id)
        """
        steps = self.env["crm.deadline.step"].union(*steps_by_clock.values())
        leaders = {}
        if {"leader", "superior"} & set(steps.mapped("whom")):
            leaders = self._get_leaders()
        members = {step: step.group_id.all_user_ids.filtered("active") for step in steps}
        found = defaultdict(set)
        for clock in self:
            leader = leaders.get(clock.id, self.env["res.users"])
            for step in steps_by_clock.get(clock.id, ()):
                people = clock._choose_people(step, leader, members[step])
                found[clock.id, step.id] = set(people.ids)
        users = self.env["res.users"].browse(set().union(*found.values()))
        shut_out = self._get_shut_out(users)
        return {key: ids - shut_out.get(key[0], set()) for key, ids in found.items()}

    def _get_shut_out(self, users):
        """Return the ids of those of ``users`` who must not be told of each clock, by its id.

        Clocks of which nobody is shut out may miss.
        """
        found = {}
        for model, clocks in self.grouped("res_model").items():
            if model not in self.env or not self._is_told(model, "_deadline_get_shut_out"):
                continue
            records = self.env[model].browse(clocks.mapped("res_id")).exists()
            by_record = records._deadline_get_shut_out(users)
            for clock in clocks:
                if people := by_record.get(clock.res_id):
                    found[clock.id] = set(people.ids)
        return found

    def _choose_people(self, step, leader, members):
        """Return whom one step tells of one clock.

        The leader of oneself is one's superior: nobody is told what he is told anyway.
        """
        self.ensure_one()
        if step.deed == "server":
            return self.env["res.users"]  # the system acts, and tells nobody
        if step.whom == "leader":
            superior = self.user_id.deadline_superior_id
            return superior or leader if leader == self.user_id else leader or superior
        if step.whom == "superior":
            return (leader or self.user_id).deadline_superior_id
        if step.whom == "user":
            return step.user_id
        if step.whom == "group":
            company = self.company_id
            return members.filtered(lambda user: not company or company in user.company_ids)
        return self.user_id

    def _get_leaders(self):
        """Return the leader of each clock's record, by the id of the clock."""
        leaders = {}
        for model, clocks in self.grouped("res_model").items():
            if model not in self.env:
                continue
            records = self.env[model].browse(clocks.mapped("res_id")).exists()
            has_hook = hasattr(records, "_deadline_get_leaders")
            by_record = (
                records._deadline_get_leaders() if has_hook else self._get_team_leaders(records)
            )
            for clock in clocks:
                leaders[clock.id] = by_record.get(clock.res_id, self.env["res.users"])
        return leaders

    @api.model
    def _get_team_leaders(self, records):
        """Return the leader of each record's sales team, by the id of the record."""
        field = records._fields.get("team_id")
        if field is None or field.comodel_name != "crm.team":
            return {}
        records.fetch(["team_id"])  # of many records this column only
        return {record.id: record.team_id.user_id for record in records if record.team_id.user_id}

from __future__ import annotations

from odoo import api, models
from odoo.tools import SQL

from ...logic.handover import Item, distribute
from .crm_standard_handover_scope import HandoverScope

COLUMNS = ("res_model", "res_id", "name", "team_id", "receiver_id", "state", "note")


class CrmStandardHandover(models.Model):
    """The preview: all that would pass, to whom, and what the receiver could not see."""

    _inherit = "crm.standard.handover"

    def action_preview(self):
        """List what is open in the giver's hands and who would get it. Nothing else happens."""
        self._check_state("draft")
        self._check_may_order()
        for handover in self:
            handover._plan()

    def _forget_plan(self) -> None:
        """Drop a preview that no longer fits the terms."""
        # sudo: the register is written by its own course, the right was checked before
        self.sudo().line_ids._sealed_unlink()

    def _plan(self) -> None:
        """List the open work anew. What was taken out by hand stays out."""
        self.ensure_one()
        # sudo: a line of a record one may not read is left out below, see _select_items
        old = self.sudo().line_ids
        skipped = {(line.res_model, line.res_id) for line in old if line.state == "skipped"}
        old._sealed_unlink()
        scopes = self._get_scopes()
        names, items = self._collect(scopes)
        receivers = self._get_receivers()
        found = distribute(items, receivers.ids, self.rule, self._get_members(items))
        problems = self._find_obstacles(scopes, receivers)
        proposals = {scope.model for scope in scopes if scope.is_proposal}
        rows = []
        for item in items:
            receiver_id = None if item.model in proposals else found.get(item.key)
            state = "proposal" if item.model in proposals else "planned"
            state = "skipped" if item.key in skipped else state
            note = problems.get((item.model, receiver_id))
            rows.append(
                (item.model, item.id, names[item.key], item.team_id, receiver_id, state, note)
            )
        self._append_lines(rows)

    def _get_scopes(self) -> list[HandoverScope]:
        """Return the kinds of work of the giver."""
        # sudo: what is open decides, whatever the user knows of the giver
        return self.env["crm.standard.handover.scope"]._get_scopes(self.sudo().giver_id)

    def _get_receivers(self):
        """Return the receivers, who must still work here."""
        # sudo: names of colleagues are no secret
        return self.sudo().receiver_ids.filtered("active")

    def _get_members(self, items: list[Item]) -> dict[int, frozenset[int]]:
        """Return who works in the teams of the items; their leaders count as well."""
        # sudo: who works where is no secret
        teams = self.env["crm.team"].sudo().browse({i.team_id for i in items if i.team_id})
        return {team.id: frozenset((team.member_ids | team.user_id).ids) for team in teams}

    def _collect(self, scopes) -> tuple[dict, list[Item]]:
        """Return the items that belong to this hand-over, and what each is called."""
        tool = self.env["crm.standard.handover.scope"]
        names, items = {}, []
        giver = self.sudo().giver_id  # sudo: what is open decides, whatever one knows of him
        for scope in scopes:
            records = tool._find_records(scope, giver, self.company_id)
            names |= {(scope.model, rec.id): tool._describe(scope, rec) for rec in records}
            items += tool._to_items(scope, records)
        return names, self._select_items(scopes, items)

    def _select_items(self, scopes, items: list[Item]) -> list[Item]:
        """Return what may be handed over here: of this company, these teams, this orderer.

        A leader hands over the work of his own teams; what belongs to no team only if he leads
        all the giver's teams; private work, which belongs to no record of theirs, never.
        """
        anchors = self._get_anchor_facts(items)
        led, is_whole = self._get_limits()
        open_models = {scope.model for scope in scopes if scope.is_open_to_leaders}
        kept, kept_keys = [], set()
        for item in items:
            if item.anchor:
                company_id, team_id = anchors.get(item.anchor, (None, None))
                if company_id not in (None, self.company_id.id):
                    continue
                item = Item(item.model, item.id, team_id, item.anchor)
            if led is not None and item.team_id not in led:
                is_carried = item.anchor in kept_keys
                if not (is_carried or (is_whole and item.model in open_models)):
                    continue
                if item.team_id:
                    continue
                item = Item(item.model, item.id, min(led), item.anchor, item.customer_id)
            kept.append(item)
            kept_keys.add(item.key)
        return kept

    def _get_limits(self) -> tuple[frozenset[int] | None, bool]:
        """Return the teams whose work passes (None: all), and whether what has no team does."""
        chosen = self.team_ids
        if self._may_order_all():
            return (frozenset(chosen.ids), False) if chosen else (None, True)
        led = self._get_led_teams()
        # sudo: all teams of the giver count, also those the leader does not know
        register = self.sudo()
        # who has left is in no team any more: then those he was in last
        teams = register.giver_id.crm_team_ids or register.giver_team_ids
        is_whole = not chosen and teams <= led
        return frozenset((led & chosen if chosen else led).ids), is_whole

    @api.model
    def _get_anchor_facts(self, items: list[Item]) -> dict:
        """Return company and team of the records that items belong to."""
        ids = {}
        for item in items:
            if item.anchor:
                ids.setdefault(item.anchor[0], set()).add(item.anchor[1])
        facts = {}
        for model, model_ids in ids.items():
            if model not in self.env:
                continue
            # sudo: the record decides where its tasks belong, whoever may read it
            records = self.env[model].sudo().browse(model_ids).exists()
            has_company = "company_id" in records._fields
            team = records._fields.get("team_id")
            has_team = team is not None and team.comodel_name == "crm.team"
            for record in records:
                facts[model, record.id] = (
                    (record.company_id.id or None) if has_company else None,
                    (record.team_id.id or None) if has_team else None,
                )
        return facts

    def _find_obstacles(self, scopes, receivers) -> dict[tuple[str, int], str]:
        """Return, by model and receiver, why he would not see what he gets."""
        found = {}
        for user in receivers:
            is_foreign = self.company_id not in user.company_ids
            companies = user.company_ids.ids
            env = self.env(user=user, su=False, context={"allowed_company_ids": companies})
            for scope in scopes:
                values = {"user": user.name, "company": self.company_id.name}
                if is_foreign:
                    found[scope.model, user.id] = self.env._(
                        "%(user)s does not work in company %(company)s.", **values
                    )
                elif not env[scope.model].has_access("read"):
                    found[scope.model, user.id] = self.env._(
                        "%(user)s has no right to see such records.", **values
                    )
        return found

    def _append_lines(self, rows: list[tuple]) -> None:
        """Write the lines in one statement, however many there are."""
        if not rows:
            return
        columns = dict(zip(COLUMNS, map(list, zip(*rows, strict=True)), strict=True))
        self.flush_recordset()
        self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_standard_handover_line (
                    handover_id, company_id, res_model, res_id, name, team_id, receiver_id,
                    state, note, create_uid, create_date)
                SELECT %(handover)s, %(company)s, row.*, %(user)s, %(now)s
                  FROM unnest(%(res_model)s::varchar[], %(res_id)s::int[], %(name)s::varchar[],
                              %(team_id)s::int[], %(receiver_id)s::int[], %(state)s::varchar[],
                              %(note)s::varchar[]) AS row
             RETURNING id
                """,
                handover=self.id,
                company=self.company_id.id,
                user=self.env.uid,
                now=self.env.cr.now(),
                **columns,
            )
        )
        self.invalidate_recordset(["line_ids"])
        self.env["crm.standard.handover.line"].invalidate_model()

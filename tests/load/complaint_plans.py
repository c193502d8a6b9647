"""Every list, board, form and smart button of complaints reads by an index; in Odoo's shell.

A clerk and a controller open each action with its default filters, a form of each kind, and follow
its smart buttons. PostgreSQL is asked for the plan of each query that this takes: none
may read a big table from end to end, but for those that :data:`KNOWN` names with a reason.
``COMPLAINTS`` (environment, default 100,000) are written first.
"""

import os
from functools import partial

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tools.safe_eval import datetime, safe_eval, time

from tests.load._complaints import TABLES, fill
from tests.load._measure import recorded, report, scans_of

COMPLAINTS = int(os.environ.get("COMPLAINTS", "100000"))
MODULES = ("crm_complaints", "crm_deadline")
#: Reports go through all they report on; ``complaint_volume`` measures what that costs.
REPORTS = (
    "crm.complaint.report",
    "crm.complaint.report.cause",
    "crm.complaint.cost.report",
    "crm.deadline.segment",
)
#: What is known to read a big table from end to end, and why; a place that is not here fails.
KNOWN = {
    "Complainers": "figures of each customer are counted over all his complaints",
    "action_complaint_profile": "the same, for one customer: to be narrowed before it is counted",
    "Complaints Analysis": "an analysis has no filter of its own",
    "Confirmed Causes": "its order is that of shares, which nearly all complaints have alike",
    "Tasks of": "open tasks of all are joined with their complaints, one in ten",
    "Compensations of Clerk": "the count to 10,001 of what is within his reach",
    "Costs of Complaints of Clerk": "the same",
    "Decisions of Clerk": "the same",
    "Log of Stages of Clerk": "the same",
    "Terms Judged of Clerk": "the same",
}


class Walk:
    """One person who opens everything there is, and the queries this takes."""

    def __init__(self, env):
        """Take the environment of the person."""
        self.env = env
        self.asked = {}

    def ask(self, place, deed):
        """Do something and keep its queries under the name of a place."""
        with recorded() as queries:
            self.env.invalidate_all()
            result = deed()
        for query in queries:
            self.asked.setdefault(str(query), (place, query))
        return result

    def open_actions(self):
        """Open the lists and boards of all actions, with the filters they begin with."""
        actions = self.env["ir.actions.act_window"].sudo().search([])
        ids = actions.get_external_id()
        for action in actions:
            model = action.res_model
            if ids[action.id].partition(".")[0] not in MODULES or model not in self.env:
                continue
            records = self.env[model]
            if model in REPORTS or records._transient or not records.has_access("read"):
                continue
            self.open_action(action._get_action_dict())

    def open_action(self, action):
        """Open an action as the web client does; return the first record."""
        context = self.evaluate(action.get("context") or "{}")
        records = self.env[action["res_model"]].with_context(**context)
        views = records.get_views([(False, "list"), (False, "kanban"), (False, "search")])["views"]
        filters = self.get_filters(views["search"]["arch"])
        domain = self.evaluate(action.get("domain") or "[]")
        for name, value in context.items():
            if name.startswith("search_default_") and value:
                domain = domain + filters.get(name.removeprefix("search_default_"), [])
        place = f"{action['name']} of {self.env.user.name}"
        found = self.open_list(records, views["list"]["arch"], domain, place)
        self.open_board(records, views["kanban"]["arch"], domain, place)
        return found

    def open_list(self, records, arch, domain, place):
        """Read the first page and the count; return the first record."""
        spec = self.get_spec(records, etree.fromstring(arch))
        read = partial(records.web_search_read, domain, spec, limit=80, count_limit=10001)
        rows = self.ask(f"list {place}", read)["records"]
        return records.browse(rows[0]["id"] if rows else ())

    def open_board(self, records, arch, domain, place):
        """Read the columns of a board and their cards."""
        board = etree.fromstring(arch)
        group = board.get("default_group_by")
        if group:
            spec = self.get_spec(records, board)
            read = partial(
                records.web_read_group,
                domain,
                [group],
                [],
                limit=80,
                auto_unfold=True,
                unfold_read_specification=spec,
                unfold_read_default_limit=40,
            )
            self.ask(f"board {place}", read)

    def open_form(self, record):
        """Read all a form shows, and what its smart buttons open."""
        place = f"{record._description} of {self.env.user.name}"
        arch = etree.fromstring(record.get_views([(False, "form")])["views"]["form"]["arch"])
        spec = self.get_spec(record, arch)
        try:
            self.ask(f"form {place}", partial(record.web_read, spec))
        except AccessError:
            return  # the form of a team asks for rights of sales
        for button in arch.iterfind(".//button[@class][@name]"):
            if "oe_stat_button" in button.get("class"):
                self.press(record, button, f"button {button.get('name')} on {place}")

    def press(self, record, button, place):
        """Press a smart button and read the list it opens."""
        here = {"active_id": record.id, "active_ids": record.ids, "active_model": record._name}
        if button.get("type") == "action":
            action = self.env["ir.actions.act_window"].sudo().browse(int(button.get("name")))
            if not action.exists() or action._name != "ir.actions.act_window":
                return
            values = action._get_action_dict()
        else:
            try:
                values = self.ask(place, getattr(record, button.get("name")))
            except UserError:
                return  # a button that the form does not show for this record
        if values and values.get("type") == "ir.actions.act_window" and not values.get("res_id"):
            values = {**values, "name": place}
            walk = Walk(self.env(context={**self.env.context, **here}))
            walk.asked = self.asked
            walk.open_action(values)

    def evaluate(self, value):
        """Return a domain or context, which actions keep as text."""
        if not isinstance(value, str):
            return dict(value) if isinstance(value, dict) else list(value)
        today = datetime.date.today
        names = {"uid": self.env.uid, "datetime": datetime, "time": time, "context_today": today}
        context = self.env.context
        return safe_eval(value, {**names, **context, "context": context})

    def get_filters(self, arch):
        """Return the domains of a search view by the names of their filters."""
        filters = etree.fromstring(arch).iterfind(".//filter[@domain]")
        # dates relative to today are the web client's own language: no default is one
        return {
            node.get("name"): self.evaluate(node.get("domain"))
            for node in filters
            if "today" not in node.get("domain")
        }

    def get_spec(self, records, node):
        """Return what a view reads: fields by name, those of inline lists within."""
        spec = {}
        for field in node.iterfind(".//field[@name]"):
            nearest = next(field.iterancestors("field"), None)
            name = field.get("name")
            if nearest is not (node if node.tag == "field" else None) or name not in records:
                continue
            kind = records._fields[name]
            spec[name] = {}
            if kind.relational:
                shown = {"fields": {"display_name": {}}}
                if kind.type.endswith("2many"):
                    inner = self.get_spec(self.env[kind.comodel_name], field)
                    shown = {"fields": inner or {"display_name": {}}, "limit": 40}
                spec[name] = shown
        return spec


def make_people(env, clerks):
    """Return a clerk who leads a team, and a controller who sees all."""
    controller = env["res.users"].create(
        {
            "name": "Controller",
            "login": "bench_controller",
            "group_ids": [(6, 0, env.ref("crm_complaints.group_manager").ids)],
        }
    )
    clerks[0].name = "Clerk"
    return clerks[0], controller


def walk_through(env, user):
    """Let a person open everything; return the queries by place."""
    walk = Walk(env(user=user.id))
    walk.open_actions()
    complaint = walk.env["crm.complaint"].search([("state", "=", "open")], limit=1)
    lead = env["crm.lead"].create({"name": "Bench", "partner_id": complaint.partner_id.id})
    for record in (
        complaint,
        walk.env["crm.complaint"].search([("state", "=", "closed")], limit=1),
        walk.env["crm.complaint.task"].search([], limit=1),
        walk.env["crm.deadline.clock"].search([], limit=1),
        complaint.category_id,
        complaint.sudo().partner_id.with_env(walk.env),
        lead.with_env(walk.env),
        complaint.team_id,
    ):
        if record and record.has_access("read"):
            walk.open_form(record)
    return walk.asked.values()


def measure(env):
    """Return the figures and the places that read a table from end to end."""
    _teams, clerks, _policy = fill(env, COMPLAINTS)
    figures, missed, known = {"complaints": COMPLAINTS}, [], set()
    for user in make_people(env, clerks):
        env.flush_all()
        asked = list(walk_through(env, user))
        figures[f"queries of {user.name}"] = len(asked)
        for place, query in asked:
            tables = scans_of(env, query, TABLES)
            if tables and any(name in place for name in KNOWN):
                known.add(place)
            elif tables:
                missed.append(f"{place}: {', '.join(tables)}")
    figures["places that read a big table from end to end, known"] = len(known)
    figures["queries that read one, others (limit 0)"] = len(missed)
    return figures, missed


report(*measure(env))

"""200 mails through the gateway, a tenth of them twice: 180 complaints, and what a mail costs.

Run inside Odoo's shell on a database with crm_complaints. Prints one JSON object. The floor is
Odoo's own gateway making leads of as many mails in the same run; statements are exact, CPU is that
of this process.
"""

import json
import os
import time
from email.message import EmailMessage

MAILS = int(os.environ.get("MAILS", "200"))
TWICE = MAILS // 10
#: A complaint may cost so many times the CPU of a lead: it has a number, a log of its moves, a
#: register of its mail, and its complainant gets a receipt.
MOST_RATIO = 2.0
#: Statements of a mail that came again: to know it, and no more.
MOST_STATEMENTS_OF_ONE_AGAIN = 8


def mails(to, count):
    """Return mails of different senders, each with a file."""
    result = []
    for n in range(count):
        message = EmailMessage()
        message["Message-Id"] = f"<{to}-{n}@load.example.com>"
        message["From"] = f"Customer {n} <customer{n}@load.example.com>"
        message["To"] = f"{to}@load-test.example.com"
        message["Subject"] = f"Case {n}"
        message.set_content(f"Box {n} was damaged.")
        message.add_attachment(b"x" * 1000, maintype="image", subtype="png", filename="a.png")
        result.append(message.as_bytes())
    return result


def receive(env, raws):
    """Return statements and CPU seconds of receiving mails one by one, as servers do."""
    env.flush_all()
    statements, started = env.cr.sql_log_count, time.process_time()
    for raw in raws:
        env["mail.thread"].message_process(None, raw)
        env.flush_all()
        env.invalidate_all()
    return env.cr.sql_log_count - statements, time.process_time() - started


def measure(env):
    """Return the figures; raise where a limit is missed."""
    domain = env["mail.alias.domain"].create({"name": "load-test.example.com"})
    env.company.alias_domain_id = domain
    team = env["crm.team"].create({"name": "Sales", "alias_name": "load-leads"})
    env["crm.complaint.mailbox"].create({"name": "Complaints", "alias_name": "load-complaints"})
    complaints = env["crm.complaint"].with_context(active_test=False)
    before = complaints.search_count([])
    new = mails("load-complaints", MAILS - TWICE)
    leads_to_be = mails("load-leads", MAILS - TWICE)
    receive(env, leads_to_be[:3])  # caches are warm
    statements, seconds = receive(env, new)
    again_statements, again_seconds = receive(env, new[:TWICE])
    lead_statements, lead_seconds = receive(env, leads_to_be[3:])
    made = complaints.search_count([]) - before
    per_lead = lead_seconds / len(leads_to_be[3:])
    ratio = seconds / len(new) / per_lead
    result = {
        "mails": MAILS,
        "complaints": made,
        "statements_per_mail": round(statements / len(new), 1),
        "ms_per_mail": round(seconds / len(new) * 1000, 2),
        "statements_per_mail_again": round(again_statements / TWICE, 1),
        "ms_per_mail_again": round(again_seconds / TWICE * 1000, 2),
        "statements_per_lead": round(lead_statements / len(leads_to_be[3:]), 1),
        "ms_per_lead": round(per_lead * 1000, 2),
        "ratio_to_lead": round(ratio, 2),
    }
    assert made == MAILS - TWICE, result
    assert env["crm.lead"].search_count([("team_id", "=", team.id)]) == MAILS - TWICE, result
    assert ratio <= MOST_RATIO, result
    assert again_statements / TWICE <= MOST_STATEMENTS_OF_ONE_AGAIN, result
    return result


print(json.dumps(measure(env)))
env.cr.rollback()

"""Invite 400 customers by mail: at most one eighth of the processor time of core's wizard.

Run inside Odoo's shell on a database with crm_surveys. Prints one JSON object: milliseconds of
processor time for each recipient, ours and core's, in the same run. Each sends its own general
text: ours has a link for each score, core's has one link.
"""

import json
import time

RECIPIENTS = 400
#: Ours may cost at most so much of core's.
MOST_SHARE = 1 / 8


def fill(env):
    """Make a survey with one question, and two halves of customers."""
    survey = env["survey.survey"].create(
        {
            "title": "Load",
            "survey_type": "crm_satisfaction",
            "access_mode": "token",
            "question_and_page_ids": [
                (
                    0,
                    0,
                    {
                        "title": "Recommend?",
                        "question_type": "scale",
                        "scale_min": 0,
                        "scale_max": 10,
                        "role": "nps",
                    },
                )
            ],
        }
    )
    customers = env["res.partner"].create(
        [
            {"name": f"Load {number}", "email": f"load{number}@load.example.com"}
            for number in range(2 * RECIPIENTS)
        ]
    )
    env.flush_all()
    return survey, customers[:RECIPIENTS], customers[RECIPIENTS:]


def core_invites(env, survey, customers):
    """Send by core's wizard and core's template."""
    template = env.ref("survey.mail_template_user_input_invite")
    wizard = env["survey.invite"].create(
        {
            "survey_id": survey.id,
            "template_id": template.id,
            "partner_ids": [(6, 0, customers.ids)],
        }
    )
    wizard.action_invite()


def ours_invites(env, survey, customers):
    """Decide and send by our job, our template, which does more."""
    invitations = env["crm.survey.invitation"]
    decided = invitations._decide(
        [{"survey_id": survey.id, "partner_id": customer.id} for customer in customers]
    )
    for start in range(0, len(decided), 200):
        decided[start : start + 200]._send()


def timed(env, deed, *args):
    """Return milliseconds of processor time for each recipient."""
    env.invalidate_all()
    start = time.process_time()
    deed(env, *args)
    env.flush_all()
    return 1000 * (time.process_time() - start) / RECIPIENTS


def main(env):
    survey, first, second = fill(env)
    core_invites(env, survey, first[:2])
    ours_invites(env, survey, second[:2])
    core = timed(env, core_invites, survey, first)
    ours = timed(env, ours_invites, survey, second)
    print(
        json.dumps(
            {
                "core_ms": round(core, 2),
                "ours_ms": round(ours, 2),
                "share": round(ours / core, 3),
                "within_limit": ours / core <= MOST_SHARE,
            }
        )
    )
    env.cr.rollback()
    if ours / core > MOST_SHARE:
        raise SystemExit(1)


main(env)

"""The results of many surveys; run inside Odoo's shell.

``RESPONSES`` responses with ten answers each (environment, default 20,000; 200,000 for the
record) are generated in SQL, over two years and 300 employees. The floor of core's page is one bare
``GROUP BY`` over the answers, the floor of the table of employees its bare SQL over the facts.
Prints one JSON object. Limits: each at most twice its floor, statements that do not grow, and a
process that grows by no more than a few megabytes.
"""

import json
import os
import resource
import time

RESPONSES = int(os.environ.get("RESPONSES", "20000"))
EMPLOYEES = 300
RUNS = 7
LIMIT_RATIO = 2
LIMIT_MB = 60


def fill(env):
    """Insert a survey of ten questions with its responses, answers, facts and scores."""
    survey = env["survey.survey"].create(
        {"title": "Bench", "survey_type": "crm_satisfaction", "access_mode": "token"}
    )
    roles = ["nps", "csat", "ces", *["driver"] * 6]
    scales = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7), "driver": (1, 5)}
    questions = env["survey.question"].create(
        [
            {
                "survey_id": survey.id,
                "title": f"Question {number}",
                "role": role,
                "question_type": "scale",
                "scale_min": scales[role][0],
                "scale_max": scales[role][1],
                "sequence": number,
            }
            for number, role in enumerate(roles)
        ]
        + [
            {
                "survey_id": survey.id,
                "title": "Words",
                "role": "text",
                "question_type": "text_box",
                "sequence": 10,
            }
        ]
    )
    users = (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create([{"name": f"Bench {one}", "login": f"bench{one}"} for one in range(EMPLOYEES)])
    )
    team = env["crm.team"].create({"name": "Bench"})
    partners = env["res.partner"].create([{"name": f"Customer {one}"} for one in range(1000)])
    env.flush_all()
    env.cr.execute(
        """
        INSERT INTO survey_user_input (survey_id, state, test_entry, access_token, company_id,
               start_datetime, end_datetime, partner_id, commercial_partner_id, rated_user_id,
               rated_team_id, channel, mode, scoring_success)
        SELECT %(survey)s, 'done', FALSE, 'bench' || n, %(company)s, day, day,
               (%(partners)s::int[])[1 + n %% 1000], (%(partners)s::int[])[1 + n %% 1000],
               (%(users)s::int[])[1 + n %% %(user_count)s], %(team)s,
               (ARRAY['mail', 'sms', 'phone'])[1 + n %% 3], 'self', FALSE
          FROM generate_series(1, %(count)s) AS n,
               LATERAL (SELECT now()::timestamp - (n %% 700) * interval '1 day' AS day) AS moment
        """,
        {
            "survey": survey.id,
            "company": env.company.id,
            "partners": partners.ids,
            "users": users.ids,
            "user_count": EMPLOYEES,
            "team": team.id,
            "count": RESPONSES,
        },
    )
    env.cr.execute(
        """
        INSERT INTO survey_user_input_line (user_input_id, survey_id, question_id,
               question_sequence, answer_type, value_scale, value_text_box, skipped)
        SELECT response.id, %s, question.id, question.sequence,
               CASE WHEN question.role = 'text' THEN 'text_box' ELSE 'scale' END,
               CASE WHEN question.role != 'text' THEN question.scale_min
                    + (response.id * 7 + question.id * 13)
                    %% (question.scale_max - question.scale_min + 1) END,
               CASE WHEN question.role = 'text' THEN 'Words of ' || response.id END, FALSE
          FROM survey_user_input response, survey_question question
         WHERE response.survey_id = %s AND question.id = ANY(%s)
        """,
        [survey.id, survey.id, questions.ids],
    )
    env.invalidate_all()
    for table in ("survey_user_input", "survey_user_input_line"):
        env.cr.execute(f"ANALYZE {table}")
    survey._rebuild_facts()
    for table in ("crm_survey_fact", "crm_survey_fact_score"):
        env.cr.execute(f"ANALYZE {table}")
    return survey


def race(deed, floor):
    """Return the best wall times of a deed and of its floor, in seconds, run in turn.

    Neighbors make all others longer, and both alike.
    """
    times: dict = {deed: [], floor: []}
    for _run in range(RUNS):
        for one, taken in times.items():
            start = time.perf_counter()
            one()
            taken.append(time.perf_counter() - start)
    return min(times[deed]), min(times[floor])


def bare_lines(env, survey):
    """The floor of core's page: equal answers counted, by hand."""
    env.cr.execute(
        """
        SELECT question_id, answer_type, suggested_answer_id, matrix_row_id, value_scale,
               value_numerical_box, value_date, value_datetime, COUNT(*)
          FROM survey_user_input_line WHERE survey_id = %s
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
        """,
        [survey.id],
    )
    env.cr.fetchall()


def bare_employees(env, survey):
    """The floor of the table of employees, by hand."""
    env.cr.execute(
        """
        SELECT user_id, COUNT(nps_points), COUNT(*) FILTER (WHERE nps_points > 0),
               COUNT(*) FILTER (WHERE nps_points < 0)
          FROM crm_survey_fact WHERE survey_id = %s AND date >= now() - interval '365 days'
      GROUP BY user_id
        """,
        [survey.id],
    )
    env.cr.fetchall()


def measure(env):
    """Return the figures by name, and which limits are missed."""
    manager = env["res.users"].create(
        {
            "name": "Bench Manager",
            "login": "bench_manager",
            "group_ids": [(6, 0, env.ref("crm_surveys.group_manager").ids)],
        }
    )
    survey = fill(env)
    ours = env(user=manager.id)
    results = ours["crm.survey.result"]
    asked = results._read_filters({"survey": survey.id})
    domain = [("survey_id", "=", survey.id), ("test_entry", "=", False)]
    questions = survey.with_env(ours).question_and_page_ids

    def page_of_core():
        return questions._count_answers(ours["survey.user_input"]._get_result_lines(domain))

    def employees():
        return results._count_by(asked, "nps", ["user"])

    def own_page():
        return results.get_results({"survey": survey.id})

    own_page(), page_of_core()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    figures, missed = {"responses": RESPONSES, "answers": RESPONSES * 10}, []
    floors = {
        "core's page": (page_of_core, lambda: bare_lines(env, survey)),
        "table of employees": (employees, lambda: bare_employees(env, survey)),
        "own page": (own_page, lambda: bare_lines(env, survey)),
    }
    for name, (deed, floor) in floors.items():
        taken, bare = race(deed, floor)
        ratio = round(taken / bare, 2)
        figures[f"{name}: bare, s"] = round(bare, 3)
        figures[f"{name}: ours, s"] = round(taken, 3)
        figures[f"{name}: ratio (limit {LIMIT_RATIO})"] = ratio
        if ratio > LIMIT_RATIO:
            missed.append(name)
    start = env.cr.sql_log_count
    own_page()
    figures["own page: statements"] = env.cr.sql_log_count - start
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    figures[f"memory grown, MB (limit {LIMIT_MB})"] = round(grown, 1)
    if grown > LIMIT_MB:
        missed.append("memory")
    return figures, missed


figures, missed = measure(env)
print(json.dumps({**figures, "missed": missed}))
env.cr.rollback()
if missed:
    raise SystemExit(1)

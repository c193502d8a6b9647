from odoo.tools import SQL


def migrate(cr, version):
    """Give every policy its versions: the wordings its clocks were started by, and today's.

    A clock has kept its own copy of the term, so that nothing has to be guessed but the calendar:
    there the policy's present one stands in.
    """
    cr.execute(
        SQL(
            """
            INSERT INTO crm_deadline_policy_version (
                policy_id, number, date_from, term_amount, term_unit, day_count, calendar_id,
                warning_amount, user_id, create_uid, create_date, write_uid, write_date)
            SELECT policy_id, row_number() OVER (PARTITION BY policy_id ORDER BY is_current, since),
                   since, term_amount, term_unit, day_count, calendar_id, warning_amount, 1,
                   1, now() AT TIME ZONE 'UTC', 1, now() AT TIME ZONE 'UTC'
              FROM (SELECT wording.policy_id, wording.term_amount, wording.term_unit,
                           wording.day_count, wording.warning_amount, policy.calendar_id,
                           bool_or(wording.is_current) AS is_current, min(wording.since) AS since
                      FROM (SELECT policy_id, term_amount, term_unit, day_count,
                                   COALESCE(warning_amount, 0) AS warning_amount,
                                   date_start AS since, FALSE AS is_current
                              FROM crm_deadline_clock
                             UNION ALL
                            SELECT id, term_amount, term_unit, day_count,
                                   COALESCE(warning_amount, 0), write_date, TRUE
                              FROM crm_deadline_policy) AS wording
                      JOIN crm_deadline_policy AS policy ON policy.id = wording.policy_id
                     WHERE NOT EXISTS (SELECT FROM crm_deadline_policy_version AS known
                                        WHERE known.policy_id = policy.id)
                  GROUP BY 1, 2, 3, 4, 5, 6) AS wordings
            """
        )
    )
    cr.execute(
        SQL(
            """
            UPDATE crm_deadline_clock AS clock
               SET version_id = version.id
              FROM crm_deadline_policy_version AS version
             WHERE clock.version_id IS NULL
               AND version.policy_id = clock.policy_id
               AND (version.term_amount, version.term_unit, version.day_count,
                    version.warning_amount)
                 = (clock.term_amount, clock.term_unit, clock.day_count,
                    COALESCE(clock.warning_amount, 0))
            """
        )
    )
    cr.execute(
        SQL(
            """
            UPDATE crm_deadline_event AS event
               SET version_id = clock.version_id, calendar_id = clock.calendar_id
              FROM crm_deadline_clock AS clock
             WHERE clock.id = event.clock_id AND event.version_id IS NULL
            """
        )
    )

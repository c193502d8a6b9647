"""The nightly look at all customers: who was contacted too seldom, who too often."""

from __future__ import annotations

import logging

from odoo import api, fields, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)


class CrmStandardContactNorm(models.Model):
    """Norms that were not kept go into their register, each once in a period."""

    _inherit = "crm.standard.contact.norm"

    @api.model
    def _cron_judge(self) -> None:
        """Enter in the register what the norms in force say of all customers.

        One statement for each norm and kind, however many customers there are. A norm that fails
        is logged and stops no other; a second run finds nothing new.
        """
        commit = self.env["ir.cron"]._commit_progress
        norms = self._get_in_force()
        commit(remaining=len(norms))
        for norm, domain in norms._get_own_domains():
            try:
                with self.env.cr.savepoint():
                    norm._register_broken(domain)
            except Exception as error:  # whatever one norm raises must not hide the others
                _logger.exception("norm of contacts %s cannot be judged", norm.id, exc_info=error)
            if not commit(1):
                return

    def _register_broken(self, domain) -> None:
        """Enter what this norm says of its own customers in the register."""
        self.ensure_one()
        if self.strength == "advise":
            return
        customers = self.env["res.partner"].sudo()  # the law applies whoever runs the job
        for state in ("too_few", "too_many"):
            query = customers._search(domain & self._get_one_state_domain(state))
            self.env.execute_query(self._register_broken_sql(state, query.subselect()))

    def _register_broken_sql(self, state: str, customer_ids: SQL) -> SQL:
        """Return the statement that registers customers in a state, each once in a period."""
        standard = self.standard_id
        last = SQL("SELECT NULL::int AS user_id")
        if state == "too_many":
            last = self._last_contact_sql()
        owner = self.with_context(lang=standard.user_id.lang or self.env.lang)
        return SQL(
            """
            INSERT INTO crm_standard_norm_breach (date, day, kind, name, requirement, standard_id,
                   norm_id, partner_id, contact_count, user_id, team_id, company_id)
            SELECT %(now)s, %(now)s::date, %(kind)s, %(name)s, %(requirement)s, %(standard)s,
                   %(norm)s, partner.id, COALESCE(counted.%(counts)s, 0), employee.id,
                   employee.sale_team_id, COALESCE(%(company)s::int, partner.company_id)
              FROM res_partner AS partner
         LEFT JOIN (%(counted)s) AS counted ON counted.partner_id = partner.id
         LEFT JOIN LATERAL (%(last)s) AS last ON TRUE
         LEFT JOIN res_users AS employee ON employee.id = COALESCE(last.user_id, partner.user_id)
             WHERE partner.id IN %(customers)s
               AND NOT EXISTS (SELECT 1 FROM crm_standard_norm_breach AS known
                                WHERE known.norm_id = %(norm)s AND known.kind = %(kind)s
                                  AND known.partner_id = partner.id AND known.date > %(since)s)
       ON CONFLICT DO NOTHING
         RETURNING id
            """,
            now=fields.Datetime.now(),
            since=self._get_period_start(),
            kind=state,
            name=owner.name,
            requirement=owner.requirement,
            standard=standard.id,
            norm=self.id,
            company=self.company_id.id or None,
            counts=SQL.identifier("held" if state == "too_few" else "unasked"),
            counted=self._count_sql(),
            last=last,
            customers=customer_ids,
        )

    def _last_contact_sql(self) -> SQL:
        """Return the SELECT of the employee who contacted a customer last, and so too often."""
        return SQL(
            """SELECT contact.user_id FROM crm_standard_contact AS contact
                WHERE contact.partner_id = partner.id AND contact.direction = 'out'
                  AND contact.channel = ANY(%s) AND contact.date > %s
             ORDER BY contact.date DESC, contact.id DESC LIMIT 1""",
            self._get_channels(),
            self._get_period_start(),
        )

import logging
from datetime import datetime

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..case.crm_complaint_keep import VACUUM_KEY
from ..case.crm_complaint_stage import CLOSED_KINDS

_logger = logging.getLogger(__name__)

BATCH = 100


class CrmComplaint(models.Model):
    """The daily job of privacy: anonymizes what is over, removes what was anonymized long ago."""

    _inherit = "crm.complaint"

    @api.model
    def _cron_anonymize(self):
        """Work by batches; a case that fails is logged and does not stop the others."""
        now = fields.Datetime.now()
        complaints = self.with_context(active_test=False)
        over, old = self._get_over_domain(now), self._get_vacuum_domain(now)
        commit = self.env["ir.cron"]._commit_progress
        commit(remaining=complaints.search_count(over) + complaints.search_count(old))
        for domain, deed in ((over, "_anonymize_each"), (old, "_vacuum_each")):
            last = 0
            while batch := complaints.search(
                domain & Domain("id", ">", last), order="id", limit=BATCH
            ):
                last, count = batch[-1].id, len(batch)
                getattr(batch, deed)()
                if not commit(count):
                    return

    @api.model
    def _get_over_domain(self, now):
        """Return the domain of the closed cases whose time of keeping is over."""
        over = Domain.FALSE
        for company in self.env["res.company"].search(Domain.TRUE):
            months = self.env["crm.complaint.category"]._get_retention_months(company)
            months[False] = company.complaint_retention_months
            for span in set(months.values()) - {0}:
                ids = [category_id for category_id, own in months.items() if own == span]
                over |= (
                    Domain("company_id", "=", company.id)
                    & Domain("category_id", "in", ids)
                    & Domain("date_closed", "<=", now - relativedelta(months=span))
                )
        return (
            over
            & Domain("state", "in", CLOSED_KINDS)
            & Domain("date_anonymized", "=", False)
            & Domain("is_on_hold", "=", False)
        )

    @api.model
    def _get_vacuum_domain(self, now):
        """Return the domain of the anonymized cases that need not even be counted any more."""
        old = Domain.FALSE
        for company in self.env["res.company"].search([("complaint_vacuum_months", ">", 0)]):
            limit: datetime = now - relativedelta(months=company.complaint_vacuum_months)
            old |= Domain("company_id", "=", company.id) & Domain("date_anonymized", "<=", limit)
        return old & Domain("is_on_hold", "=", False)

    def _anonymize_each(self):
        self._each(lambda complaints: complaints._anonymize("retention"))

    def _vacuum_each(self):
        count = self._each(lambda complaints: complaints._vacuum())
        self.env["crm.complaint.erasure"]._log("vacuum", count)

    def _vacuum(self):
        """Remove these cases; what continued one of them stays and forgets it."""
        self.env.flush_all()
        parts = self._get_part_ids()
        for name, field in self._fields.items():
            if field.store and field.type == "many2one" and field.comodel_name == self._name:
                self.env.execute_query(
                    SQL(
                        "UPDATE crm_complaint SET %(name)s = NULL WHERE %(name)s IN %(ids)s"
                        " RETURNING id",
                        name=SQL.identifier(name),
                        ids=tuple(self.ids),
                    )
                )
        self.env.invalidate_all(flush=False)
        self._vacuum_unlink(VACUUM_KEY)
        for name, ids in parts.items():
            gone = set(ids) - set(self.env[name].browse(ids).exists().ids)
            self._vacuum_leftovers(name, list(gone))

    @api.model
    def _vacuum_leftovers(self, name, ids):
        """Remove what stands beside records that went with their case, past the ORM."""
        # sudo: the vacuum is the system's
        env = self.env(su=True)
        records = [("res_model", "=", name), ("res_id", "in", ids)]
        env["crm.deadline.clock"].search(records)._sealed_unlink()
        for model in ("mail.activity", "mail.followers"):
            env[model].with_context(active_test=False).search(records).unlink()
        # naming the id asks for files that hold a field's value, too
        env["ir.attachment"].search([*records, ("id", "!=", 0)]).unlink()
        env["mail.message"].search([("model", "=", name), ("res_id", "in", ids)]).unlink()

    def _each(self, deed):
        """Do something to these cases at once, or one by one where it fails; return how many."""
        try:
            with self.env.cr.savepoint():
                deed(self)
            return len(self)
        except Exception:
            self.env.invalidate_all(flush=False)
            if len(self) == 1:
                _logger.exception("Privacy job failed on crm.complaint,%s", self.id)
                return 0
        return sum(complaint._each(deed) for complaint in self)

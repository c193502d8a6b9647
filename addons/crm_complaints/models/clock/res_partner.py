import logging

from psycopg2 import OperationalError

from odoo import models
from odoo.fields import Domain

from ..case.crm_complaint_stage import OPEN_KINDS

_logger = logging.getLogger(__name__)


class ResPartner(models.Model):
    """A customer of another class is served at another level, his open complaints too."""

    _inherit = "res.partner"

    def write(self, vals):
        result = super().write(vals)
        if {"category_id", "parent_id"} & vals.keys():
            self._judge_complaint_terms()
        return result

    def _judge_complaint_terms(self):
        """Judge the terms of the open complaints of these customers anew.

        A term that cannot be judged keeps nobody from writing a contact down: it stays as it was,
        and the button on the complaint says why.
        """
        # sudo: what is promised to a customer does not depend on who edits the contact
        complaints = self.env["crm.complaint"].sudo().with_context(active_test=False)
        is_theirs = Domain("partner_id", "in", self.ids) | Domain(
            "commercial_partner_id", "in", self.ids
        )
        found = complaints.search(is_theirs & Domain("state", "in", OPEN_KINDS))
        reason = self.env._("the customer's class has changed")
        for complaint in found:
            try:
                with self.env.cr.savepoint():
                    complaint._judge_terms(reason)
            except OperationalError:
                raise  # a conflict between transactions: the whole is tried again
            except Exception:
                _logger.warning(
                    "Terms of complaint %s could not be judged.", complaint.id, exc_info=True
                )

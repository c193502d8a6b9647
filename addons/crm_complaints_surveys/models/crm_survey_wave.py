from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

REJECTED = "rejected"


class CrmSurveyWave(models.Model):
    """Whose complaint was rejected may buy elsewhere without a word: a wave asks him."""

    _inherit = "crm.survey.wave"

    criterion = fields.Selection(
        selection_add=[(REJECTED, "Complaint rejected")],
        ondelete={REJECTED: "set default"},
        help="Bought, and no more: the last purchase is older than the days. Deal lost, complaint "
        "rejected: in the last days, and nothing bought since. Whoever complained in confidence, "
        "or about one of our people, is not asked.",
    )

    def _get_candidate_query(self):
        if self.criterion != REJECTED:
            return super()._get_candidate_query()
        self.env["crm.complaint"].flush_model()
        # of confidential complaints, and of those about employees, a wave would tell too many
        return SQL(
            """
            SELECT DISTINCT ON (partner.commercial_partner_id)
                   partner.commercial_partner_id AS customer_id, partner.id AS contact_id,
                   complaint.amount_demanded AS amount,
                   'crm.complaint' AS res_model, complaint.id AS res_id
              FROM crm_complaint complaint
              JOIN res_partner partner ON partner.id = complaint.partner_id
             WHERE complaint.state = 'closed' AND complaint.outcome = 'rejected'
               AND complaint.active AND complaint.is_confidential IS NOT TRUE
               AND complaint.date_closed >= %(limit)s AND complaint.company_id = %(company)s
               AND NOT EXISTS (
                   SELECT FROM crm_complaint_hidden_user_rel hidden
                    WHERE hidden.crm_complaint_id = complaint.id)
               AND NOT EXISTS (
                   SELECT FROM (%(purchases)s) AS purchase
                    WHERE purchase.customer_id = partner.commercial_partner_id
                      AND (purchase.company_id IS NULL OR purchase.company_id = %(company)s)
                      AND purchase.date > complaint.date_closed)
          ORDER BY partner.commercial_partner_id, complaint.date_closed DESC, complaint.id DESC
            """,
            limit=fields.Datetime.now() - timedelta(days=self.days),
            company=self.company_id.id,
            purchases=self._get_purchases(),
        )

from collections import Counter
from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain

from .crm_survey_trigger import REACHED

SPAN_DAYS = 30
#: So many documents are looked at, the latest first.
LOOKED_AT = 1000


class CrmSurveyTrigger(models.Model):
    """What a trigger would have done: seen before it is started, while it is being set."""

    _inherit = "crm.survey.trigger"

    preview = fields.Html(
        "In the Last Days", compute="_compute_preview", groups="crm_surveys.group_manager"
    )

    @api.depends(
        "model_id",
        "event",
        "goal_domain",
        "domain",
        "date_field_id",
        "partner_path",
        "delay",
        "delay_unit",
        "sample_percent",
        "channel",
        "second_channel",
        "survey_id",
        "company_id",
        "calendar_id",
        "window_start",
        "window_end",
        "is_on_monday",
        "is_on_tuesday",
        "is_on_wednesday",
        "is_on_thursday",
        "is_on_friday",
        "is_on_saturday",
        "is_on_sunday",
    )
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_preview(self):
        for trigger in self:
            trigger.preview = trigger._tell_preview()

    def _tell_preview(self):
        """Return the preview, or what is wrong with the trigger, as it is told on the screen."""
        if not self.model_id:
            return False
        if problem := self._find_problem():
            return Markup('<div class="text-warning">%s</div>') % problem
        counts = self._simulate()
        total, asked = counts.total(), counts[False]
        head = self.env._(
            "Would have invited %(asked)s of %(total)s in the last %(days)s days.",
            asked=asked,
            total=total,
            days=SPAN_DAYS,
        )
        if total == LOOKED_AT:
            head += " " + self.env._("Only the latest %(count)s were looked at.", count=LOOKED_AT)
        reasons = self.env["crm.survey.invitation"]._fields["reason"]
        words = dict(reasons._description_selection(self.env))
        lines = Markup().join(
            Markup("<li>%s: %s</li>") % (words[reason], count)
            for reason, count in counts.most_common()
            if reason
        )
        return Markup("<div><strong>%s</strong><ul>%s</ul></div>") % (head, lines)

    def _simulate(self):
        """Return how many would have been asked in the last days, and how many not, by reason.

        Only over documents the user may see. What this trigger has asked itself does not count.
        """
        self.ensure_one()
        documents, dates = self._find_past()
        # sudo: budgets and blacklists decide for everybody; only their counts are shown
        trigger = self.sudo()
        vals_list = trigger._prepare_candidates(documents.sudo(), dates)  # sudo: as above
        invitations = self.env["crm.survey.invitation"].sudo()  # sudo: as above
        moments = invitations._prepare_moment(vals_list)
        known = invitations._get_known(vals_list, moments)
        verdicts, _displaced = invitations._weigh(vals_list, moments, known, trial=trigger)
        return Counter(verdict["reason"] for verdict in verdicts)

    def _find_past(self):
        """Return the documents of the last days, and when each would have been asked about.

        When a document came to a condition nobody has noted: the day of its last change counts.
        """
        now, delay = fields.Datetime.now(), self._get_delay()
        name = "write_date" if self.event == REACHED else self._get_date_field()
        since = now - timedelta(days=SPAN_DAYS)
        domain = self._get_domain() & Domain(
            [(name, ">", since - delay), (name, "<=", now - delay)]
        )
        documents = self._get_documents().search(domain, order="id desc", limit=LOOKED_AT)
        dates = {
            document.id: fields.Datetime.to_datetime(document[name]) + delay
            for document in documents
        }
        return documents, dates

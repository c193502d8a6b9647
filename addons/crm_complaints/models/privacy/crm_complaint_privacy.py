from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..case.crm_complaint_stage import CLOSED_KINDS


class CrmComplaint(models.Model):
    """Anonymizing: who complained and what he wrote are gone, what is counted stays.

    Category, product, channel, dates, stages, deadlines, outcome, money and the employees in charge
    stay, so that no report changes. There is no way back.
    """

    _inherit = "crm.complaint"

    date_anonymized = fields.Datetime(
        "Anonymized", readonly=True, copy=False, index="btree_not_null"
    )
    is_on_hold = fields.Boolean(
        "Keep until Further Notice",
        tracking=True,
        copy=False,
        help="Not anonymized while this is set, for example during a lawsuit.",
    )

    def write(self, vals):
        if "date_anonymized" in vals:
            raise self._facts_error({"date_anonymized"})
        return super().write(vals)

    def _anonymize(self, kind):
        """Take the personal data out of closed complaints.

        :param kind: why, as the log of privacy calls it
        :raise UserError: a case is open or on hold
        """
        # sudo: the whole case loses its data, whatever parts of it the actor sees
        complaints = self.sudo().filtered(lambda complaint: not complaint.date_anonymized)
        complaints._check_may_be_anonymized()
        if not complaints:
            return complaints
        self.env.flush_all()
        complaints._erase_messages()
        complaints._erase_files()
        complaints._erase_words()
        complaints._forget_people()
        self.env.invalidate_all(flush=False)
        self.env["crm.complaint.erasure"]._log(kind, len(complaints))
        return complaints

    def _check_may_be_anonymized(self):
        for complaint in self:
            if complaint.is_on_hold:
                raise UserError(
                    self.env._(
                        "%(complaint)s is kept until further notice. Take “%(label)s” off first.",
                        complaint=complaint.number,
                        label=self._fields["is_on_hold"]._description_string(self.env),
                    )
                )
            if complaint.state not in CLOSED_KINDS:
                raise UserError(
                    self.env._(
                        "%(complaint)s is still open. Close it before its data are erased.",
                        complaint=complaint.number,
                    )
                )

    def _erase_messages(self):
        """Remove what people wrote, and from notes of the system what they say about people."""
        places = [
            (name, ids)
            for name, ids in self._get_part_ids().items()
            if "message_ids" in self.env[name]._fields
        ]
        for name, ids in places:
            messages = self.env["mail.message"].search(
                [("model", "=", name), ("res_id", "in", ids)]
            )
            messages.filtered(lambda message: message.message_type != "notification").unlink()
        self.env.flush_all()
        for name, ids in places:
            self._erase_notes(name, ids)

    def _erase_notes(self, name, ids):
        """Empty the system's notes on records of a model, and the old values of private fields."""
        model = self.env[name]
        private = [*self._get_word_fields(model), *self._get_person_fields(model)]
        on_records = SQL("model = %s AND res_id IN %s", name, tuple(ids))
        self.env.execute_query(
            SQL(
                """
                DELETE FROM mail_tracking_value
                 WHERE mail_message_id IN (SELECT id FROM mail_message WHERE %s)
                   AND field_id IN (SELECT id FROM ir_model_fields
                                     WHERE model = %s AND name = ANY(%s))
             RETURNING id
                """,
                on_records,
                name,
                private,
            )
        )
        self.env.execute_query(
            SQL(
                """
                UPDATE mail_message
                   SET body = '', subject = NULL, email_from = NULL, reply_to = NULL
                 WHERE %s RETURNING id
                """,
                on_records,
            )
        )

    def _erase_files(self):
        """Remove the files of the cases and of their parts, with activities on them."""
        files = self.env["ir.attachment"]
        for model, ids in self._get_part_ids().items():
            # naming the id asks for files that hold a field's value, too
            files |= files.search(
                [("res_model", "=", model), ("res_id", "in", ids), ("id", "!=", 0)]
            )
        files.unlink()
        activities = self.env["mail.activity"].with_context(active_test=False)
        for model, ids in self._get_part_ids().items():
            activities.search([("res_model", "=", model), ("res_id", "in", ids)]).unlink()

    def _get_part_ids(self):
        """Return the ids of the cases and of what belongs to them, by model."""
        found = {self._name: self.ids}
        for name, path in self._get_private_places().items():
            # sudo: as the caller; all lines lose their words, whoever may see them
            lines = self.env[name].sudo().with_context(active_test=False)
            if ids := lines.search([(path, "in", self.ids)]).ids:
                found[name] = ids
        if actions := self._get_private_actions():
            found[actions._name] = actions.ids
        return found

    def _get_private_actions(self):
        """Return the actions whose complaints all lose their words: until then one needs them."""
        return self.with_context(active_test=False).action_ids.filtered(
            lambda action: all(
                complaint in self or complaint.date_anonymized for complaint in action.complaint_ids
            )
        )

    @api.model
    def _get_private_places(self):
        """Hook: return the models that hold words about a case, with the path to the case.

        Parts of a complaint are found by themselves.
        """
        part = self.env.registry["crm.complaint.part"]
        parts = {
            name: "complaint_id"
            for name, model in self.env.registry.items()
            if issubclass(model, part) and model._auto and not model._abstract
        }
        return {
            **parts,
            "crm.complaint.task": "complaint_id",
            "crm.complaint.task.check": "task_id.complaint_id",
            "crm.complaint.task.event": "task_id.complaint_id",
            "crm.complaint.mail": "complaint_id",
            "crm.complaint.quarantine": "complaint_id",
            "crm.complaint.quarantine.deed": "quarantine_id.complaint_id",
        }

    def _forget_people(self):
        """Take people from outside off the followers."""
        followers = self.message_follower_ids
        followers.filtered(lambda follower: follower.partner_id.partner_share).unlink()

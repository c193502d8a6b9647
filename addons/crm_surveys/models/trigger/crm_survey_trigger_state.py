from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .crm_survey_trigger import DATE, DRAFT, PAUSED, RUNNING
from .crm_survey_trigger_event import STATES as EVENT_STATES

#: What decides which documents are meant: a change makes a new beginning.
MEANING = {"model_id", "event", "goal_domain", "domain", "date_field_id", "company_id", "active"}


class CrmSurveyTrigger(models.Model):
    """Starting and stopping a trigger, and what is wrong with it."""

    _inherit = "crm.survey.trigger"

    @api.constrains("model_id", "goal_domain", "domain", "date_field_id", "partner_path", "event")
    def _check_condition(self):
        """Refuse what cannot work, and conditions on what the user may not see.

        The job runs with all rights: who may not read a field must not learn it by whom it asks.
        """
        # core checks in sudo
        for trigger in self.sudo(False):
            if trigger.model_id and (problem := trigger._find_problem_of_document()):
                raise ValidationError(problem)

    @api.constrains("survey_id", "company_id")
    def _check_survey(self):
        for trigger in self:
            company = trigger.survey_id.company_id
            if company and trigger.company_id and company != trigger.company_id:
                raise ValidationError(
                    self.env._(
                        "%(survey)s belongs to another company than the trigger %(trigger)s.",
                        survey=trigger.survey_id.title,
                        trigger=trigger.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_states(vals)
        # whatever the context says: a trigger begins as a draft
        begun = {"state": DRAFT, "date_started": False, "note": False}
        return super().create([{**vals, **begun} for vals in vals_list])

    def write(self, vals):
        self._check_states(vals)
        changed = self.filtered(lambda trigger: trigger._changes_meaning(vals))
        # without a survey nobody can be told of any more
        ending = changed if vals.get("survey_id", True) else self
        if ending:
            ending._end_waiting(vals)
        result = super().write(vals)
        # what is there under the new condition was there before
        changed.filtered(lambda trigger: trigger.state == RUNNING and trigger.active)._begin()
        return result

    def _end_waiting(self, vals):
        """Ask nobody who waits under a condition that is about to change, and say so of each."""
        self.check_access("write")
        # sudo: who waits is noted by the job; who may write the trigger ends it
        events = self.env["crm.survey.trigger.event"].sudo()
        events._withdraw(self.filtered("survey_id"))
        if "model_id" in vals:
            for trigger in self.filtered(lambda one: one.model_id.id != vals["model_id"]):
                # numbers of documents of another model
                events._forget(trigger, [state for state, _words in EVENT_STATES])

    def _changes_meaning(self, vals):
        """Say whether values change which documents are meant."""
        self.ensure_one()
        return any(
            self._fields[name].convert_to_write(self[name], self) != (vals[name] or False)
            for name in MEANING & vals.keys()
        )

    def _check_states(self, vals):
        """The state is reached by the buttons only, which look whether the trigger can work."""
        if {"state", "date_started", "note", "salt", "res_model"} & vals.keys():
            raise UserError(self.env._("Start and stop a trigger by its buttons."))

    def _set_state(self, state, **values):
        # pylint: disable=super-method-mismatch; going round our own refusal is the point
        return super().write({"state": state, **values})

    def action_start(self):
        """Look whether it can work, and ask about what happens from now on."""
        self.check_access("write")
        for trigger in self:
            # sudo: the condition was checked under the rights of whoever set it
            if problem := trigger.sudo()._find_problem():
                raise UserError(problem)
        self._begin()
        return True

    def action_stop(self):
        """Ask nobody any more; who was decided to be asked, is."""
        self.check_access("write")
        # sudo: as when its condition changes
        self.env["crm.survey.trigger.event"].sudo()._withdraw(self.filtered("survey_id"))
        self._set_state(DRAFT, note=False)
        return True

    def action_open_invitations(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_surveys.crm_survey_invitation_action"
        )
        return {**action, "domain": [("trigger_id", "=", self.id)], "context": {}}

    def _begin(self):
        """Ask from now on: documents that are there already are known, and not asked about."""
        # sudo: what is there is there, whether or not the marketer sees it
        events = self.env["crm.survey.trigger.event"].sudo()
        events._withdraw(self)
        for trigger in self:
            events._forget(trigger)
            events._enter_known(trigger.sudo())  # sudo: as above
            trigger._set_state(RUNNING, note=False, date_started=fields.Datetime.now())

    def _pause(self, problem):
        """Stop asking and tell the responsible why."""
        self.ensure_one()
        self._set_state(PAUSED, note=problem)
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=(self.user_id or self.env.ref("base.user_admin")).id,
            summary=self.env._("Survey trigger paused"),
            note=problem,
        )

    def _find_problem(self):
        """Return in words why the trigger cannot work, or nothing."""
        self.ensure_one()
        survey = self.survey_id
        if not survey:
            return self.env._("%(trigger)s has no survey: choose one.", trigger=self.name)
        if not survey.active:
            return self.env._(
                "The survey %(survey)s is closed: open it again or choose another one.",
                survey=survey.title,
            )
        return self._find_problem_of_document()

    def _find_problem_of_document(self):
        """Return what is wrong with the document, its date, the condition or the contact."""
        if self.res_model not in self.env or not self.model_id:
            return self.env._(
                "The document %(model)s is not there: choose another one, or install its app.",
                model=self.res_model or "?",
            )
        model = self.env[self.res_model]
        if model._abstract or model._transient or not model._auto or not model._log_access:
            return self.env._(
                "%(model)s is no document that is kept: choose another one.",
                model=model._description,
            )
        if not model.has_access("read"):
            return self.env._(
                "You may not read %(model)s: let somebody make this trigger who may.",
                model=model._description,
            )
        return self._find_problem_of_fields(model)

    def _find_problem_of_fields(self, model):
        if self.event == DATE:
            # sudo: names of fields are no secret; whether the user may read it is asked below
            date_field = self.date_field_id.sudo()
            is_own = date_field.model == model._name
            field = model._fields.get(date_field.name) if is_own else None
            if not field or not field.store or field.type not in ("date", "datetime"):
                return self.env._(
                    "The date is gone or does not belong to %(model)s: choose another one.",
                    model=model._description,
                )
            if not model._has_field_access(field, "read"):
                return self._tell_of_secret(field.string)
        try:
            # a wrong value makes the database refuse: what the user has done before stays
            with self.env.cr.savepoint(flush=False):
                self._get_documents().search(self._get_domain(), limit=1)
        except AccessError:
            return self._tell_of_secret(self.env._("a field of the condition"))
        except Exception as error:  # a condition may be wrong in any way
            return self.env._("The condition cannot be read (%(error)s): set it anew.", error=error)
        return self._find_problem_of_path(model)

    def _find_problem_of_path(self, model):
        for name in (self.partner_path or "").split(".") if self.partner_path else ():
            field = model._fields.get(name)
            if not field or not field.comodel_name or field.comodel_name not in self.env:
                return self.env._(
                    "%(path)s does not lead to a contact: %(name)s is no link.",
                    path=self.partner_path,
                    name=name or "?",
                )
            if not model._has_field_access(field, "read"):
                return self._tell_of_secret(field.string)
            model = self.env[field.comodel_name]
        if self.partner_path and model._name != "res.partner":
            return self.env._(
                "%(path)s leads to %(model)s, not to a contact.",
                path=self.partner_path,
                model=model._description,
            )
        has_customer = self.partner_path or "partner_id" in model._fields
        if not has_customer and not self._knows_customer(model):
            return self.env._(
                "%(model)s does not say who the customer is: say which fields lead to the contact.",
                model=model._description,
            )
        return None

    def _knows_customer(self, model):
        """Hook: say whether ``_get_document_facts`` finds the customer of a model by itself."""
        return model._name == "res.partner"

    def _tell_of_secret(self, what):
        return self.env._("You may not read %(what)s: leave it out.", what=what)

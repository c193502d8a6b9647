from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError


class CrmKnowledgePathPerson(models.Model):
    """Somebody who reads a path, and how far he or she is."""

    _name = "crm.knowledge.path.person"
    _description = "Reader of a Path"
    _order = "date_begun desc, id desc"
    _rec_name = "path_id"

    path_id = fields.Many2one("crm.knowledge.path", required=True, index=True, ondelete="cascade")
    user_id = fields.Many2one(
        "res.users",
        "Reader",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('share', '=', False)]",
    )
    company_id = fields.Many2one(related="path_id.company_id", store=True, index=True)
    date_begun = fields.Date("Since", required=True, readonly=True, default=fields.Date.today)
    date_due = fields.Date("Until", compute="_compute_date_due", store=True)
    description = fields.Text(related="path_id.description")
    step_ids = fields.Many2many(
        "crm.knowledge.path.step", string="Articles", compute="_compute_progress"
    )
    progress = fields.Float("Read (%)", compute="_compute_progress", digits=(5, 0))
    is_done = fields.Boolean("Done", compute="_compute_progress")
    is_late = fields.Boolean("Late", compute="_compute_progress")

    _person_uniq = models.UniqueIndex("(path_id, user_id)", "This person has the path already.")

    @api.depends("date_begun", "path_id.days")
    def _compute_date_due(self):
        for person in self:
            days = person.path_id.days
            person.date_due = person.date_begun and days and person.date_begun + timedelta(days)

    @api.depends("path_id.step_ids.article_id.state", "user_id", "date_due")
    @api.depends_context("uid")
    def _compute_progress(self):
        """Count what was read of what is on the path, for articles that the user may see."""
        today = fields.Date.today()
        steps = self.env["crm.knowledge.path.step"].search(
            [
                ("path_id", "in", self.path_id.ids),
                ("article_id.state", "in", ("published", "to_verify")),
            ]
        )
        readings = self.env["crm.knowledge.path.reading"]
        read = readings._get_versions(steps.article_id, self.user_id)
        by_path = steps.grouped("path_id")
        for person in self:
            own = by_path.get(person.path_id, steps.browse())
            done = sum((step.article_id.id, person.user_id.id) in read for step in own)
            person.step_ids = own
            person.progress = 100.0 * done / len(own) if own else 0.0
            person.is_done = bool(own) and done == len(own)
            person.is_late = bool(
                not person.is_done and person.date_due and person.date_due < today
            )

    @api.model_create_multi
    def create(self, vals_list):
        people = super().create(vals_list)
        people._tell()
        return people

    def write(self, vals):
        if not self.env.su and set(vals) & {"path_id", "user_id"}:
            raise AccessError(
                self.env._("Take the person off the path and add another one instead.")
            )
        return super().write(vals)

    def _tell(self):
        """Tell people, each in his or her language, that there is something to read for them."""
        for person in self:
            # sudo: whoever adds people to a path need not be able to write to each of them
            user = person.sudo().user_id
            if user == self.env.user:
                continue
            told = self.env["mail.thread"].with_context(lang=user.lang)
            path = person.path_id.with_context(lang=user.lang)
            told.message_notify(
                partner_ids=user.partner_id.ids,
                subject=told.env._("To read: %(path)s", path=path.name),
                body=path.description or path.name,
                model=self._name,
                res_id=person.id,
            )

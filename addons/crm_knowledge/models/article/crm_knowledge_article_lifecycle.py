from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...logic import lifecycle

#: What the form shows or hides, as fields `can_<deed>`.
SHOWN = (
    lifecycle.SUBMIT,
    lifecycle.TAKE_BACK,
    lifecycle.SEND_BACK,
    lifecycle.PUBLISH,
    lifecycle.VERIFY,
    lifecycle.DOUBT,
    lifecycle.EDIT,
    lifecycle.REVISE,
    lifecycle.SET_UP,
)


class CrmKnowledgeArticle(models.Model):
    """Draft, in review, published, to be verified: the moves and who makes them."""

    _inherit = "crm.knowledge.article"

    can_submit = fields.Boolean(compute="_compute_deeds")
    can_take_back = fields.Boolean(compute="_compute_deeds")
    can_send_back = fields.Boolean(compute="_compute_deeds")
    can_publish = fields.Boolean(compute="_compute_deeds")
    can_verify = fields.Boolean(compute="_compute_deeds")
    can_doubt = fields.Boolean(compute="_compute_deeds")
    can_edit = fields.Boolean(compute="_compute_deeds")
    can_revise = fields.Boolean(compute="_compute_deeds")
    can_set_up = fields.Boolean(compute="_compute_deeds")

    @api.depends(
        "state", "active", "user_id", "writer_ids", "category_id", "revision_of_id.user_id"
    )
    @api.depends_context("uid")
    def _compute_deeds(self):
        for article in self:
            allowed = lifecycle.allowed(article._get_case(), article._get_person())
            for deed in SHOWN:
                article[f"can_{deed}"] = article.active and deed in allowed
            # a new article is written before it is anybody's
            article.can_edit = article.can_edit or not article.id
            article.can_set_up = article.can_set_up or not article.id

    def _get_case(self):
        """Return what matters about the article, for the rules of the life cycle.

        A category that trusts owners trusts those who write articles; readers have theirs reviewed.
        """
        review = self._get_whole().category_id.effective_review or lifecycle.REVIEWER
        is_author = self.env.user.has_group("crm_knowledge.group_author")
        if review == lifecycle.OWNER and not is_author:
            review = lifecycle.REVIEWER
        # sudo: an article is judged also where it was just moved out of sight
        return lifecycle.Case(state=self.sudo().state, review=review)

    def _get_person(self):
        """Return what the user is to the article, for the rules of the life cycle."""
        user = self.env.user
        whole = self._get_whole()
        reviewers = whole.category_id.all_reviewer_ids
        is_editor = user.has_group("crm_knowledge.group_editor")
        return lifecycle.Person(
            is_owner=whole.user_id == user,
            is_writer=user in self.sudo().writer_ids,  # sudo: names of writers are no secret
            is_reviewer=user in reviewers
            or (is_editor and not reviewers)
            or user.has_group("crm_knowledge.group_manager"),
            is_editor=is_editor,
        )

    def _get_whole(self):
        """Return what decides on the article: of a new text, the article it will be merged into."""
        self.ensure_one()
        # sudo: what a category asks for, and who owns and reviews, holds also for whoever cannot
        # read it
        article = self.sudo()
        return article.revision_of_id or article

    def _check_deed(self, deed):
        """Refuse what the user may not do with one of the articles, with the way out."""
        for article in self:
            problem = lifecycle.judge(deed, article._get_case(), article._get_person())
            if problem:
                raise UserError(article._explain_refusal(problem))

    def _explain_refusal(self, problem):
        """Return what stands against a deed, and what to do instead."""
        self.ensure_one()
        states = dict(self._fields["state"]._description_selection(self.env))
        if problem == lifecycle.WRONG_STATE:
            return self.env._(
                "“%(name)s” is in the state “%(state)s”: this is not possible now. Reload the page"
                " to see what is.",
                name=self.name,
                state=states[self.state],
            )
        if problem == lifecycle.NOT_ALONE:
            return self.env._(
                "You have written the text of “%(name)s” yourself: somebody else has to publish"
                " it. Submit it for review.",
                name=self.name,
            )
        if problem == lifecycle.NEEDS_REVISION:
            return self.env._(
                "“%(name)s” is in force and cannot be changed at once. Press “Propose a New Text”:"
                " readers keep the present one until yours is approved.",
                name=self.name,
            )
        whole = self._get_whole()
        reviewers = whole.category_id.all_reviewer_ids.mapped("name")
        return self.env._(
            "This is not for you to decide about “%(name)s”. Ask its owner, %(owner)s, or a"
            " reviewer: %(reviewers)s.",
            name=self.name,
            owner=whole.user_id.name or self.env._("no owner"),
            reviewers=", ".join(reviewers) or self.env._("any editor"),
        )

    def _move(self, deed, **vals):
        """Do a deed that was judged: go to the state it leads to."""
        for article in self:
            state = lifecycle.target(deed, article.state)
            # sudo: the deed was judged; a reviewer needs no right to edit
            article.sudo().write({"state": state, **vals})
        self._follow_move(deed)

    def _follow_move(self, deed):
        """Hook: articles have gone on in their life by this deed."""

    # ---- buttons: public, so each judges anew

    def action_submit(self):
        """Ask the reviewers to publish."""
        self.check_access("read")
        self._check_deed(lifecycle.SUBMIT)
        self._move(lifecycle.SUBMIT)
        self._ask_reviewers()

    def action_take_back(self):
        """Go on writing before anybody has reviewed."""
        self.check_access("read")
        self._check_deed(lifecycle.TAKE_BACK)
        self._move(lifecycle.TAKE_BACK)
        self._stop_asking()

    def action_send_back(self):
        """Have the writers change something; what, is said in a message."""
        self.check_access("read")
        self._check_deed(lifecycle.SEND_BACK)
        self._move(lifecycle.SEND_BACK)
        self._stop_asking()

    def action_publish(self):
        """Put the text into force, as a version of its own."""
        self.check_access("read")
        self._check_deed(lifecycle.PUBLISH)
        revisions = self.filtered("revision_of_id")
        revisions._merge()
        (self - revisions)._publish()
        self._stop_asking()
        return revisions._open_originals() if revisions else None

    def _publish(self):
        """Put into force what was judged: freeze it, count the version, forget the writers."""
        if not self:
            return
        self._move(lifecycle.PUBLISH)
        self._put_into_force()
        # sudo: whoever publishes has read it, and so verified it
        self.sudo()._set_verified()

    def _put_into_force(self):
        """Freeze the text as it is now; nothing to freeze: nothing happens."""
        # sudo: versions are sealed, articles in force are written by their deeds only
        articles = self.sudo()
        versions = self.env["crm.knowledge.article.version"].sudo()._freeze(articles)
        for version in versions:
            article = version.article_id
            article.write(
                {
                    "version": version.number,
                    "date_published": article.date_published or version.date,
                    "writer_ids": [Command.clear()],
                }
            )

    # ---- who is asked

    def _ask_reviewers(self):
        """Give each named reviewer a task; where nobody is named, the list of reviews will do."""
        for article in self:
            for user in article._filter_readers(article._get_reviewers()):
                # sudo: a reader who has written down an answer may submit it, not change it
                article.sudo().activity_schedule(
                    "crm_knowledge.mail_activity_type_review", user_id=user.id
                )

    def _get_reviewers(self):
        """Return whom to ask: who is named, and of a new text the owner where he decides."""
        whole = self._get_whole()
        reviewers = whole.category_id.all_reviewer_ids
        owner = whole.user_id
        as_owner = self.with_user(owner or self.env.user)
        person = as_owner._get_person()
        if owner and not lifecycle.judge(lifecycle.PUBLISH, as_owner._get_case(), person):
            reviewers |= owner
        # sudo: names of writers are no secret
        return reviewers - self.sudo().writer_ids

    def _stop_asking(self):
        # sudo: tasks of all reviewers, one of whom has acted
        self.sudo().activity_unlink(["crm_knowledge.mail_activity_type_review"])

    def _filter_readers(self, users):
        """Return those who may read the article."""
        self.ensure_one()
        return users.filtered(lambda user: user.active and self._as(user).has_access("read"))

    def _as(self, user):
        """Return the article as the user sees it, in all companies of his or hers."""
        return self.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmComplaintCauseShare(models.Model):
    """A confirmed cause may be a standard that was not kept, in the version in force then.

    The version is found by the register of versions, whose periods nobody can edit, for the moment
    when the standard was broken. It is kept: later versions do not change what was proven.
    """

    _inherit = "crm.complaint.cause.share"

    standard_id = fields.Many2one(
        "crm.standard",
        "Standard not Kept",
        index="btree_not_null",
        ondelete="restrict",
        help="Had it been kept, this cause would not have been there.",
    )
    date_broken = fields.Datetime(
        "Broken on",
        compute="_compute_date_broken",
        store=True,
        readonly=False,
        precompute=True,
        help="When the standard was not kept; it decides which version was in force. If nothing"
        " else is known: when the complaint was received.",
    )
    version_id = fields.Many2one(
        "crm.standard.version",
        "Version then",
        compute="_compute_version_id",
        store=True,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The version of the standard that was in force at that moment.",
    )

    @api.depends("standard_id")
    def _compute_date_broken(self):
        """Propose the moment of receipt; take over nothing that changes later."""
        for share in self:
            received = share.date_broken or share.complaint_id.date_received
            share.date_broken = received if share.standard_id else False

    @api.depends("standard_id", "date_broken")
    def _compute_version_id(self):
        for share in self:
            # sudo: what was in force is a fact, whatever the investigator may read
            standard, moment = share.standard_id.sudo(), share.date_broken
            share.version_id = moment and standard and standard._get_version_at(moment)

    @api.constrains("standard_id", "date_broken", "complaint_id")
    def _check_standard(self):
        for share in self.filtered("standard_id"):
            # sudo: as above
            standard = share.standard_id.sudo()
            # who may not read it is not told its name either
            is_readable = share.standard_id.sudo(False).has_access("read")
            name = standard.display_name if is_readable else self.env._("This standard")
            if standard.company_id and standard.company_id != share.company_id:
                raise ValidationError(
                    self.env._(
                        "“%(standard)s” is of another company than the complaint. Choose a standard"
                        " of its own company, or a common one.",
                        standard=name,
                    )
                )
            moment = share.date_broken
            if not moment or not standard._get_version_at(moment):
                raise ValidationError(
                    self.env._(
                        "“%(standard)s” was not in force on %(date)s, so that it could not be"
                        " broken. Correct “Broken on”, or choose another standard.",
                        standard=name,
                        date=fields.Datetime.to_string(moment) or "…",
                    )
                )

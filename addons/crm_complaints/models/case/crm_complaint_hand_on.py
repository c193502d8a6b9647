from odoo import models


class CrmComplaint(models.Model):
    """A complaint may be handed on to people of whom the giver is none: he loses sight of it."""

    _inherit = "crm.complaint"

    def web_save(self, vals, specification, next_id=None):
        """Save what was typed; return nothing where it took the complaint out of one's sight.

        The framework would read it anew, be refused, and undo the hand-over. The form takes the
        empty answer for what it is and goes back (``static/src/complaint_form``).
        """
        reads_itself = self and not next_id and set(specification) - {"id"}
        if not reads_itself:
            return super().web_save(vals, specification, next_id)
        self.write(vals)
        if not self.has_access("read"):
            return []
        return super().web_save({}, specification)

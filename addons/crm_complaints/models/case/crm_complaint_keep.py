from odoo import api, models
from odoo.exceptions import AccessError, UserError

#: Whoever holds this object may remove complaints: the vacuum by policy, after anonymisation. It is
#: no value that a caller over RPC, an import or a context could send.
VACUUM_KEY = object()

#: Given by the system at birth.
BIRTH_FACTS = frozenset({"number", "date_registered"})
#: Set by moves. Whoever brings in history from another system may give them at birth.
MOVE_FACTS = frozenset({"date_answered", "date_closed"})


class CrmComplaint(models.Model):
    """Nothing that came in can vanish, and its dates and number cannot be rewritten.

    The ORM refuses in sudo too and whatever the context carries.
    """

    _inherit = "crm.complaint"

    @api.model_create_multi
    def create(self, vals_list):
        names = set().union(*vals_list)
        if names & BIRTH_FACTS:
            raise self._facts_error(names & BIRTH_FACTS)
        may_bring_history = self.env.su or self.env.user.has_group("crm_complaints.group_manager")
        if names & MOVE_FACTS and not may_bring_history:
            raise self._facts_error(names & MOVE_FACTS)
        return super().create(self._give_numbers(vals_list))

    def write(self, vals):
        if facts := (BIRTH_FACTS | MOVE_FACTS) & vals.keys():
            raise self._facts_error(facts)
        return super().write(vals)

    def unlink(self):
        # pylint: disable=no-raise-unlink; removing the add-on drops the table and asks nobody
        raise UserError(
            self.env._(
                "A complaint cannot be deleted: what came in must stay provable. Archive it, or"
                " have it anonymized when its time of keeping is over."
            )
        )

    def _write_facts(self, vals):
        """Set number or dates. For the owner of these facts only."""
        # pylint: disable=super-method-mismatch; going round our own refusal is the point
        return super().write(vals)

    def _vacuum_unlink(self, key):
        """Remove complaints whose time of keeping is over. For the holder of the key only."""
        if key is not VACUUM_KEY:
            raise AccessError(self.env._("Only the vacuum by policy removes complaints."))
        # pylint: disable=super-method-mismatch; as above
        return super().unlink()

    def _facts_error(self, names):
        labels = [self._fields[name]._description_string(self.env) for name in sorted(names)]
        return UserError(
            self.env._(
                "%(fields)s: the system sets this itself, and nobody can change it. Leave it out.",
                fields=", ".join(labels),
            )
        )

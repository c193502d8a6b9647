from odoo import api, models
from odoo.exceptions import AccessError


class CrmDeadlineSealed(models.AbstractModel):
    """Records that no door lets anybody create, change or delete.

    The public methods refuse in sudo too and whatever the context carries, so that neither RPC,
    import, a form nor another add-on's privileged code can rewrite what judges people. The
    add-on that owns the facts uses the ``_sealed_`` methods, which nobody can call from outside
    because their names begin with an underscore.
    """

    _name = "crm.deadline.sealed"
    _description = "Sealed Facts"

    @api.model_create_multi
    def create(self, vals_list):
        raise self._sealed_error()

    def write(self, vals):
        raise self._sealed_error()

    def unlink(self):
        # pylint: disable=no-raise-unlink; removing the add-on drops the table and asks nobody
        raise self._sealed_error()

    def _sealed_error(self):
        return AccessError(
            self.env._(
                "%(model)s: these records are written by the system only. Nobody can create, "
                "change or delete them.",
                model=self.env["ir.model"]._get(self._name).name,
            )
        )

    # pylint: disable=super-method-mismatch; going round our own refusals is the point below

    @api.model
    def _sealed_create(self, vals_list):
        """Create facts. For the owner of the model only."""
        return super().create(vals_list)

    def _sealed_write(self, vals):
        """Change facts. For the owner of the model only."""
        return super().write(vals)

    def _sealed_unlink(self):
        """Delete facts together with the business record they are about. Owner only."""
        return super().unlink()

from odoo import models
from odoo.tools import SQL


class MergePartnerAutomatic(models.TransientModel):
    """Merged customers bring their facts along.

    Core moves all that points to them in one UPDATE for each table, and knows of constraints but
    not of unique indexes: facts that both have would make the merge fail.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        self.env.flush_all()
        self._drop_faults(src_partners)
        self.env["crm.standard.duplicate"]._follow_merge(src_partners, dst_partner)
        self._drop_same_contacts(src_partners, dst_partner)
        self._release_same_breaches(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _drop_faults(self, src_partners) -> None:
        """Forget what was wrong with values that go; what stays is judged as it is written."""
        self.env.execute_query(
            SQL(
                "DELETE FROM crm_standard_entry_fault WHERE partner_id IN %s RETURNING id",
                tuple(src_partners.ids),
            )
        )

    def _drop_same_contacts(self, src_partners, dst_partner) -> None:
        """Count a message or meeting with several of them as one contact: they are one."""
        self.env.execute_query(
            SQL(
                "DELETE FROM crm_standard_contact WHERE id IN (%s) RETURNING id",
                self._select_doubles(
                    "crm_standard_contact", ("source", "source_id"), src_partners, dst_partner
                ),
            )
        )

    def _release_same_breaches(self, src_partners, dst_partner) -> None:
        """Let a second breach of one norm on one day stand without its customer, who goes."""
        self.env.execute_query(
            SQL(
                "UPDATE crm_standard_norm_breach SET partner_id = NULL WHERE id IN (%s)"
                " RETURNING id",
                self._select_doubles(
                    "crm_standard_norm_breach",
                    ("norm_id", "kind", "day"),
                    src_partners,
                    dst_partner,
                    SQL("norm_id IS NOT NULL"),
                ),
            )
        )

    def _select_doubles(self, table, keys, src_partners, dst_partner, which=None) -> SQL:
        """Return the SELECT of rows that would be there twice, all but one of each.

        :param keys: columns that with the customer are unique
        :param which: condition on the rows
        """
        return SQL(
            """SELECT id
                 FROM (SELECT id, row_number() OVER (PARTITION BY %(keys)s
                                                         ORDER BY partner_id = %(stays)s DESC, id)
                              AS place
                         FROM %(table)s
                        WHERE partner_id IN %(partners)s AND %(which)s) AS row
                WHERE place > 1""",
            keys=SQL(", ").join(SQL.identifier(key) for key in keys),
            stays=dst_partner.id,
            table=SQL.identifier(table),
            partners=tuple((src_partners | dst_partner).ids),
            which=which or SQL("TRUE"),
        )

from __future__ import annotations

from odoo import api, fields, models
from odoo.modules.db import FunctionStatus
from odoo.tools import SQL, email_normalize

from ...logic.duplicates import Identity, compare, tax_key

#: So many candidates are compared, and so many shown.
CANDIDATES = 40
SHOWN = 5

#: Names shorter than this are like half the base.
SHORTEST_NAME = 3

#: Signs of a tax number that do not count; the same in the index.
TAX_SIGNS = "[^[:alnum:]]"


class CrmStandardDuplicateSearch(models.AbstractModel):
    """Contacts and opportunities like the one that is being entered, shown while one types.

    Asked under the record rules of whoever types: a record that he may not see is neither shown
    nor hinted at, since the bare answer “exists” would let anybody try out customers of others.
    """

    _name = "crm.standard.duplicate.search"
    _description = "Search for Duplicates"

    entry_duplicates = fields.Json(compute="_compute_entry_duplicates")

    @api.depends(lambda self: self._get_identity_fields())
    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_entry_duplicates(self):
        for record in self:
            record.entry_duplicates = record._find_duplicates() if len(self) == 1 else []

    @api.model
    def _get_identity_fields(self) -> list[str]:
        """Hook: return the fields by which records of this model are known."""
        return []

    def _get_identity(self) -> Identity:
        """Hook: return by what this record is known."""
        raise NotImplementedError

    @api.model
    def _get_name_fields(self) -> tuple[str, ...]:
        """Hook: return the stored fields that hold a customer's name."""
        return ()

    @api.model
    def _get_email_field(self) -> str:
        """Hook: return the stored field with the normalized e-mail address."""
        return "email_normalized"

    def _get_duplicate_family(self):
        """Hook: return the records of the same model that belong to this one anyway."""
        return self.browse()

    def _find_duplicates(self) -> list[dict]:
        """Return what is like this record, the likeliest first, as the panel shows it."""
        self.ensure_one()
        mine = self._get_identity()
        found = []
        for model in ("res.partner", "crm.lead"):
            records = self.env[model]
            if not records.has_access("read"):
                continue
            candidates = records._find_candidates(mine)
            if model == self._name:
                candidates -= self._origin + self._get_duplicate_family()
            elif self._name == "crm.lead":
                candidates -= self.partner_id._origin.commercial_partner_id
                candidates -= self.partner_id._origin
            for candidate in candidates:
                match = compare(mine, candidate._get_identity())
                if match.is_likely:
                    found.append((match, candidate))
        found.sort(key=lambda pair: -pair[0].score)
        labels = self.env["crm.standard.duplicate"]._get_reason_labels()
        return [self._describe_duplicate(match, other, labels) for match, other in found[:SHOWN]]

    @api.model
    def _describe_duplicate(self, match, other, labels) -> dict:
        """Return one candidate as the panel shows it: what tells it from others, and why."""
        facts = [other._get_duplicate_note(), other.user_id.name]
        return {
            "model": other._name,
            "id": other.id,
            "name": other.display_name,
            "note": " · ".join(filter(None, facts)),
            "score": round(100 * match.score),
            "reasons": [labels[reason] for reason in match.reasons],
            "can_merge": self._can_merge_duplicates(),
        }

    @api.model
    def _can_merge_duplicates(self) -> bool:
        """Tell whether the user may work with core's merge wizard for this model."""
        wizards = {
            "res.partner": "base.partner.merge.automatic.wizard",
            "crm.lead": "crm.merge.opportunity",
        }
        wizard = self.env[wizards[self._name]] if self._name in wizards else self
        return wizard.has_access("create") and self.has_access("write")

    def action_merge_duplicates(self):
        """Open core's wizard that merges these records."""
        self.check_access("write")
        return self.env["crm.standard.duplicate"]._get_merge_action(self)

    def _get_duplicate_note(self) -> str:
        """Hook: return what tells this record from others of the same name."""
        return ""

    @api.model
    def _find_candidates(self, mine: Identity):
        """Return records that share something with an identity, in one statement.

        Under the record rules of the user.
        """
        conditions = self._match_conditions(mine)
        if not conditions:
            return self.browse()
        query = self._search(self._get_candidate_domain())
        query.add_where(SQL("(%s)", SQL(" OR ").join(conditions)))
        if likeness := self._likeness_sql(mine.name):
            exact = [SQL("COALESCE((%s)::int, 0)", each) for each in self._exact_conditions(mine)]
            query.order = SQL("%s DESC", SQL(" + ").join([*exact, likeness]))
        query.limit = CANDIDATES
        return self.browse(query)

    @api.model
    def _get_candidate_domain(self):
        """Hook: return which records are compared at all."""
        return []

    @api.model
    def _match_conditions(self, mine: Identity) -> list[SQL]:
        """Return the conditions any of which makes a record a candidate; each has an index."""
        conditions = self._exact_conditions(mine)
        if len(mine.name.strip()) >= SHORTEST_NAME:
            conditions += [
                self._alike_sql(self._name_sql(name), mine.name) for name in self._get_name_fields()
            ]
        return conditions

    @api.model
    def _exact_conditions(self, mine: Identity) -> list[SQL]:
        """Return the conditions of the same e-mail, phone and tax number."""
        conditions = []
        for name, value in (
            (self._get_email_field(), mine.email),
            ("phone_sanitized", mine.phone),
        ):
            if value:
                conditions.append(SQL("%s = %s", SQL.identifier(self._table, name), value))
        if mine.tax_id and "vat" in self._fields:
            conditions.append(SQL("%s = %s", self._tax_sql(), mine.tax_id))
        return conditions

    @api.model
    def _tax_sql(self) -> SQL:
        """Return the tax number as ``logic.duplicates.tax_key`` gives it; as in the index."""
        column = SQL.identifier(self._table, "vat")
        return SQL("upper(regexp_replace(%s, %s, '', 'g'))", column, TAX_SIGNS)

    @api.model
    def _name_sql(self, name: str) -> SQL:
        """Return a name as the index for likeness has it."""
        column = SQL.identifier(self._table, name)
        return self.env.registry.unaccent(column) if self._has_indexed_unaccent() else column

    @api.model
    def _has_indexed_unaccent(self) -> bool:
        """Tell whether indexes of names leave accents out, as core decides it for its own."""
        return self.env.registry.has_unaccent == FunctionStatus.INDEXABLE

    @api.model
    def _alike_sql(self, name: SQL, text: str) -> SQL:
        """Return the condition that a name is like a text.

        By trigrams where the database has them; else by the beginning, which finds fewer.
        """
        text = " ".join(text.split())
        if self.env.registry.has_trigram:
            return SQL("%s %% %s", name, self._plain(text))
        start = text[: max(SHORTEST_NAME, 2 * len(text) // 3)]
        escaped = start.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return SQL("lower(%s) LIKE %s", name, f"{escaped}%")

    @api.model
    def _plain(self, text: str) -> str:
        """Return a text as the index of names has it."""
        if self._has_indexed_unaccent():
            return self.env.registry.unaccent_python(text)
        return text

    @api.model
    def _likeness_sql(self, text: str) -> SQL | None:
        """Return how like the names of a record are to a text, where the database can tell."""
        names = self._get_name_fields()
        if not (self.env.registry.has_trigram and names and text.strip()):
            return None
        likes = [
            SQL("COALESCE(similarity(%s, %s), 0)", self._name_sql(name), self._plain(text))
            for name in names
        ]
        return SQL("GREATEST(%s)", SQL(", ").join(likes)) if len(likes) > 1 else likes[0]

    @api.model
    def _identity(self, *, name="", email="", phone="", tax_id="", **values) -> Identity:
        """Return an identity made of what is written in a form, normalized."""
        tax_id = "" if (tax_id or "").strip() == "/" else tax_key(tax_id or "")
        return Identity(
            name=name or "",
            email=email_normalize(email or "", strict=False) or "",
            phone=phone or "",
            tax_id=tax_id,
            **values,
        )

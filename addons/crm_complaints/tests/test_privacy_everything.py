from freezegun import freeze_time

from odoo import fields
from odoo.fields import Command
from odoo.tools import SQL

from .common import ComplaintsCase

SECRET = "Zebulon of Quetzal Street"
#: Invoices and deliveries may name a complaint; their words are not about it.
OURS = "crm.complaint."
#: What hangs on a complaint and holds no word of anybody.
WITHOUT_WORDS = frozenset({"crm.complaint.report", "crm.complaint.report.cause"})


@freeze_time("2026-06-15 12:00:00")
class TestPrivacyEverything(ComplaintsCase):
    """Threat T20: no text of any model that hangs on a complaint outlives its anonymizing.

    The models are looked up, not listed: whoever adds one is asked here what becomes of its words.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.closed = cls.complaint(
            date_received="2020-01-01 12:00:00",
            date_answered="2020-02-01 12:00:00",
            date_closed="2020-02-01 12:00:00",
            stage_id=cls.stage_closed.id,
            outcome="upheld",
        )

    def _get_links(self):
        """Return the field that leads to the complaint, or to a part of it, by model."""
        links, found = {}, {"crm.complaint"}
        while found:
            nearer = found
            found = set()
            for name, model in self.env.registry.items():
                if name in links or name in WITHOUT_WORDS or name == "crm.complaint":
                    continue
                if model._abstract or model._transient or not model._auto:
                    continue
                for field in model._fields.values():
                    is_link = field.store and field.comodel_name in nearer
                    goes_along = field.type == "many2one" and field.ondelete == "cascade"
                    is_direct = name.startswith(OURS) and field.comodel_name == "crm.complaint"
                    if is_link and (goes_along or is_direct):
                        links.setdefault(name, field.name)
                        found.add(name)
        return links

    def _get_texts(self, model):
        """Return the columns of a model in which people write."""
        return [
            name
            for name, field in model._fields.items()
            if field.store
            and field.column_type
            and field.type in ("char", "text", "html")
            and not field.translate
            and name not in self.closed._get_kept_fields(model)
        ]

    def _plant(self, name, links, planted):
        """Insert a row that hangs on the complaint, the secret in each of its texts."""
        if name in planted:
            return planted[name]
        model, link, values = self.env[name], links[name], {}
        for field in model._fields.values():
            if field.store and field.column_type and field.name != "id":
                values[field.name] = self._get_dummy(field, links, planted)
        if model._fields[link].type == "many2one":
            values[link] = self._plant(model._fields[link].comodel_name, links, planted)
        values = {column: value for column, value in values.items() if value is not None}
        [(row_id,)] = self.env.execute_query(
            SQL(
                "INSERT INTO %s (%s) VALUES %s RETURNING id",
                SQL.identifier(model._table),
                SQL(", ").join(map(SQL.identifier, values)),
                tuple(values.values()),
            )
        )
        if model._fields[link].type == "many2many":
            model.browse(row_id)[link] = [Command.link(self.closed.id)]
        planted[name] = row_id
        return row_id

    def _get_dummy(self, field, links, planted):
        """Return a value a column takes; nothing where it may be empty."""
        if field.type in ("char", "text", "html"):
            return None if field.translate else SECRET
        if field.type == "many2one" and field.required:
            if field.comodel_name in links or field.comodel_name in planted:
                return self._plant(field.comodel_name, links, planted)
            records = self.env[field.comodel_name].with_context(active_test=False)
            return records.search([], limit=1).id
        if field.type == "selection":
            return field.get_values(self.env)[0] if field.required else None
        if field.type in ("integer", "float", "monetary"):
            return 1
        if field.type in ("date", "datetime"):
            return fields.Datetime.now()
        return None

    def _find_secret(self, name, row_id):
        """Return the columns of a row that still hold the secret."""
        model = self.env[name]
        found = []
        for column in self._get_texts(model):
            query = SQL(
                "SELECT 1 FROM %s WHERE id = %s AND %s ILIKE %s",
                SQL.identifier(model._table),
                row_id,
                SQL.identifier(column),
                f"%{SECRET}%",
            )
            if self.env.execute_query(query):
                found.append(column)
        return found

    def test_t20_every_text_of_every_model_that_hangs_on_a_complaint_is_erased(self):
        planted = {"crm.complaint": self.closed.id}
        links = self._get_links()
        for name in links:
            self._plant(name, links, planted)
        texts = self._get_texts(self.closed)
        self.env.execute_query(
            SQL(
                "UPDATE crm_complaint SET %s WHERE id = %s RETURNING id",
                SQL(", ").join(SQL("%s = %s", SQL.identifier(text), SECRET) for text in texts),
                self.closed.id,
            )
        )
        self.env.invalidate_all()
        before = [name for name, row_id in planted.items() if self._find_secret(name, row_id)]
        # those that are sure to be there: a look-up that finds nothing would prove nothing
        self.assertLessEqual(
            {
                "crm.complaint",
                "crm.complaint.action",
                "crm.complaint.consent",
                "crm.complaint.cost",
                "crm.complaint.decision",
                "crm.complaint.link",
                "crm.complaint.mail",
                "crm.complaint.quarantine",
                "crm.complaint.quarantine.deed",
                "crm.complaint.task",
                "crm.complaint.task.event",
                "crm.complaint.why",
            },
            set(before),
        )

        self.closed._anonymize("person")

        self.env.invalidate_all()
        left = {name: self._find_secret(name, row_id) for name, row_id in planted.items()}
        self.assertEqual({name: columns for name, columns in left.items() if columns}, {})

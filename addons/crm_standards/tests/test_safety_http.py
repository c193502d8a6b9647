import json
from datetime import timedelta
from unittest.mock import patch

from odoo import fields, http
from odoo.tests import HttpCase, tagged

from odoo.addons.crm_standards.models.safety import crm_standard_safety_mixin

from .common import StandardsCase


@tagged("post_install", "-at_install")
class TestSafetyHttp(StandardsCase, HttpCase):
    """The base is watched where it is really taken: over the network."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        set_param = cls.env["ir.config_parameter"].set_param
        set_param("crm_standards.safety_limit", 5)
        set_param("crm_standards.safety_read_limit", 5)
        cls.salesman.group_ids += cls.env.ref("base.group_allow_export")
        cls.leads = cls.env["crm.lead"].create(
            [{"name": f"L{n}", "user_id": cls.salesman.id} for n in range(6)]
        )
        crm_standard_safety_mixin._meters.clear()

    def found(self, kind):
        events = self.env["crm.standard.safety.event"]
        return events.search([("kind", "=", kind), ("user_id", "=", self.salesman.id)])

    def test_reading_over_json_2_is_noted(self):
        key = (
            self.env["res.users.apikeys"]
            .with_user(self.salesman)
            ._generate("rpc", "test", fields.Datetime.now() + timedelta(days=1))
        )

        # cursors of tests run nothing after a commit, so the read-only way has its own test
        search_read = crm_standard_safety_mixin.CrmStandardSafetyMixin.search_read
        with patch.object(search_read, "_readonly", False):
            answer = self.url_open(
                "/json/2/crm.lead/search_read",
                data=json.dumps({"domain": [["id", "in", self.leads.ids]], "fields": ["name"]}),
                headers={
                    "Authorization": f"Bearer {key}",
                    "Content-Type": "application/json",
                    "X-Odoo-Database": self.env.cr.dbname,
                },
            )

        self.assertEqual(answer.status_code, 200, answer.text)
        self.assertRecordValues(
            self.found("read"), [{"record_count": 6, "ip_address": "127.0.0.1", "is_mass": True}]
        )

    def test_file_of_the_export_dialog_is_noted(self):
        self.authenticate("std_salesman", "std_salesman")
        asked = {
            "model": "crm.lead",
            "fields": [{"name": "name", "label": "Name"}],
            "ids": self.leads.ids,
            "domain": [],
            "import_compat": False,
        }

        answer = self.url_open(
            "/web/export/csv",
            data={"data": json.dumps(asked), "csrf_token": http.Request.csrf_token(self)},
        )

        self.assertEqual(answer.status_code, 200)
        self.assertRecordValues(
            self.found("export"), [{"record_count": 6, "ip_address": "127.0.0.1"}]
        )

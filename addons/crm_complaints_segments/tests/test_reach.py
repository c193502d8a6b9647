from unittest.mock import patch

from odoo.exceptions import ValidationError

from odoo.addons.crm_complaints.tests.common import ComplaintsCase


class TestReach(ComplaintsCase):
    """Threat T21: no class tells whose complaints are confidential."""

    def test_t21_classes_are_not_made_of_complaints(self):
        field = self.env["crm.lead"]._fields["complaint_ids"]

        with (
            patch.object(field, "groups", None),
            self.assertRaisesRegex(ValidationError, "confidential"),
        ):
            self.env["crm.segment.method"].create(
                {
                    "name": "Complaining",
                    "kind": "domain",
                    "domain": "[('opportunity_ids.complaint_ids.is_confidential', '=', True)]",
                }
            )

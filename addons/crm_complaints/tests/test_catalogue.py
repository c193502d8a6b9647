from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from .common import ComplaintsCase


class TestCatalogue(ComplaintsCase):
    """Lists to choose from."""

    def test_an_entry_in_use_cannot_be_deleted_but_archived(self):
        channel = self.env["crm.complaint.channel"].create({"name": "Desk", "code": "visit"})
        remedy = self.env["crm.complaint.remedy"].create({"name": "Voucher"})
        tag = self.env["crm.complaint.tag"].create({"name": "Fair"})
        stage = self.env["crm.complaint.stage"].create({"name": "Elsewhere"})
        complaint = self.complaint(
            channel_id=channel.id,
            remedy_demanded_id=remedy.id,
            tag_ids=[Command.set(tag.ids)],
            stage_id=stage.id,
        )
        complaint.active = False

        for entry in (self.category, channel, remedy, tag, stage):
            with self.subTest(entry._name):
                with self.assertRaisesRegex(UserError, "Archive it instead"):
                    entry.with_user(self.manager).unlink()
                entry.with_user(self.manager).action_archive()
                self.assertFalse(entry.active)

    def test_an_entry_out_of_use_can_be_deleted(self):
        entry = self.env["crm.complaint.remedy"].create({"name": "Voucher"})

        entry.with_user(self.manager).unlink()

        self.assertFalse(entry.exists())

    def test_a_stage_in_use_keeps_its_meaning(self):
        stage = self.env["crm.complaint.stage"].create({"name": "Elsewhere", "kind": "open"})
        stage.kind = "waiting"
        self.complaint(stage_id=stage.id)

        with self.assertRaisesRegex(UserError, "Create another stage"):
            stage.kind = "closed"
        stage.write({"name": "Renamed", "kind": "waiting"})

        self.assertEqual(stage.name, "Renamed")

    def test_a_stage_a_complaint_once_stood_in_stays(self):
        stage = self.env["crm.complaint.stage"].create({"name": "Elsewhere"})
        self.complaint(stage_id=stage.id).stage_id = self.stage_closed

        with self.assertRaisesRegex(UserError, "Archive it instead"):
            stage.unlink()

    def test_nothing_is_part_of_itself(self):
        for model in ("crm.complaint.category", "crm.complaint.cause"):
            with self.subTest(model):
                above = self.env[model].create({"name": "Above"})
                below = self.env[model].create({"name": "Below", "parent_id": above.id})
                with self.assertRaisesRegex(ValidationError, "part of itself"):
                    above.parent_id = below

    def test_a_part_is_shown_with_what_is_above_and_found_by_both(self):
        causes = self.env["crm.complaint.cause"]
        above = causes.create({"name": "Store-room"})
        below = causes.create({"name": "Wrong box picked", "parent_id": above.id})

        self.assertEqual(below.display_name, "Store-room / Wrong box picked")
        for text in ("Wrong box", "Store-room / Wrong box picked"):
            with self.subTest(text):
                self.assertEqual([found[0] for found in causes.name_search(text)], below.ids)

    def test_stages_of_another_team_are_not_offered(self):
        own = self.env["crm.complaint.stage"].create(
            {"name": "Desk only", "kind": "new", "sequence": -1, "team_ids": self.team.ids}
        )
        stages = self.env["crm.complaint.stage"]

        self.assertEqual(stages._get_first(self.team), own)
        self.assertEqual(stages._get_first(self.other_team), self.stage_received)
        self.assertEqual(stages._get_first(), self.stage_received)

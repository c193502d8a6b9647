from odoo.tests import tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .portal_common import PortalCase

CALL = "/web/dataset/call_kw"


@tagged("post_install", "-at_install")
class TestPortalDoors(PortalCase):
    """Threats T1, T14, T21: core's own doors give a customer nothing beyond his page.

    Not even of his own complaint: notes, files of notes and judgements are on the same record.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.note = cls.own.message_post(
            body="He always complains",
            message_type="comment",
            attachments=[("note.txt", b"Internal")],
        )
        cls.answer = cls.own.message_post(
            body="We send a new one",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            attachments=[("answer.txt", b"Our answer")],
        )

    def _call(self, model, method, *args, **kwargs):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.make_jsonrpc_request(CALL, params)

    def test_no_call_answers(self):
        complaints, ids = "crm.complaint", self.own.ids
        calls = {
            "read": (complaints, "read", [ids, ["name"]]),
            "web_read": (complaints, "web_read", [ids], {"specification": {"name": {}}}),
            "search": (complaints, "search", [[]]),
            "count": (complaints, "search_count", [[]]),
            "group": (complaints, "formatted_read_group", [[], ["state"], ["__count"]]),
            "names": (complaints, "name_search", ["Own"]),
            "write": (complaints, "write", [ids, {"name": "x"}]),
            "create": (complaints, "create", [{"name": "x"}]),
            "post": (complaints, "message_post", [ids], {"body": "x"}),
            "make follow": (complaints, "message_subscribe", [ids, self.customer.ids]),
            "activity": (complaints, "activity_schedule", [ids], {"summary": "x"}),
            "link": (complaints, "get_portal_url", [ids]),
            "register": (complaints, "register_complaint", [{"name": "x"}]),
            "quarantine": ("crm.complaint.quarantine", "search_read", [[]]),
            "replies": ("crm.complaint.consent", "search_read", [[]]),
            "moves": ("crm.complaint.move", "search_count", [[]]),
            "hits": ("crm.complaint.form.hit", "search_read", [[]]),
            "categories": ("crm.complaint.category", "search_read", [[]]),
            "private": (complaints, "_page_post", [ids, "x"]),
            "clocks": ("crm.deadline.clock", "search_read", [[]]),
        }
        for login in ("cmp_customer", "cmp_stranger"):
            self.authenticate(login, login)
            for name, (model, method, args, *kwargs) in calls.items():
                with (
                    self.subTest(login=login, call=name),
                    mute_logger("odoo.http"),
                    self.assertRaises(JsonRpcException),
                ):
                    self._call(model, method, *args, **(kwargs[0] if kwargs else {}))

    def test_nobody_follows_by_himself(self):
        for login in ("cmp_customer", "cmp_stranger"):
            self.authenticate(login, login)
            person = self.env["res.users"].search([("login", "=", login)]).partner_id
            self._call("crm.complaint", "message_subscribe", self.own.ids, person.ids)

        followers = self.own.message_partner_ids
        self.assertFalse(followers & (self.petra | self.stranger_user.partner_id))

    def test_no_message_route_answers(self):
        thread = {"thread_model": "crm.complaint", "thread_id": self.own.id}
        token = self.link(self.own)
        routes = {
            "fetch": ("/mail/chatter_fetch", thread),
            "fetch with the page's token": ("/mail/chatter_fetch", {**thread, "token": token}),
            "messages": ("/mail/thread/messages", thread),
            "init": ("/portal/chatter_init", {**thread, "token": token}),
            "post": ("/mail/message/post", {**thread, "post_data": {"body": "Foreign words"}}),
            "post with the page's token": (
                "/mail/message/post",
                {**thread, "post_data": {"body": "Foreign words"}, "token": token},
            ),
        }
        for login in ("cmp_stranger", None):
            self.authenticate(login, login)
            for name, (route, params) in routes.items():
                with self.subTest(login=login, route=name), mute_logger("odoo.http"):
                    try:
                        answer = str(self.make_jsonrpc_request(route, params))
                    except JsonRpcException:
                        continue
                    for words in ("He always", "We send a new one", "note.txt", "answer.txt"):
                        self.assertNotIn(words, answer)
        self.assertNotIn("Foreign words", str(self.own.message_ids.mapped("body")))

    def test_messages_and_files_do_not_open_by_their_numbers(self):
        fields = ["body", "attachment_ids"]
        for login in ("cmp_customer", "cmp_stranger"):
            self.authenticate(login, login)
            for message in (self.note, self.answer):
                with self.subTest(login=login), mute_logger("odoo.http"):
                    domain = [("id", "=", message.id)]
                    self.assertEqual(self._call("mail.message", "search_read", domain, fields), [])
                file = message.attachment_ids
                for path in (f"/web/content/{file.id}", f"/web/image/{file.id}"):
                    with self.subTest(login=login, path=path):
                        content = self.url_open(path).content
                        self.assertNotIn(b"Internal", content)
                        self.assertNotIn(b"Our answer", content)

    def test_fields_of_the_record_do_not_open_by_an_address(self):
        self.authenticate("cmp_customer", "cmp_customer")

        for path in (
            f"/web/content/crm.complaint/{self.own.id}/description",
            f"/report/html/crm_complaints.crm_complaint_page_print/{self.own.id}",
            f"/mail/view?model=crm.complaint&res_id={self.own.id}",
            f"/odoo/crm.complaint/{self.own.id}",
        ):
            with self.subTest(path), mute_logger("odoo.http"):
                self.assertNotIn("damaged", self.url_open(path).text)

from .common import ComplaintsCase

READ, CHANGE = {"read"}, {"read", "write", "create", "unlink"}
CLERK = {
    "crm.complaint.link": CHANGE,
    "crm.complaint.merge": READ,
    "crm.complaint.assignment": READ,
    "crm.complaint.priority.cell": READ,
    "crm.complaint.merge.wizard": CHANGE,
    "crm.complaint.split.wizard": CHANGE,
}
MANAGER = {**CLERK, "crm.complaint.assignment": CHANGE, "crm.complaint.priority.cell": CHANGE}

#: Who may do what with the models of triage, before the rules of complaints narrow it further.
TABLE = {
    "customer_user": {},
    "outsider": {},
    "salesman": {},
    "clerk": CLERK,
    "leader": CLERK,
    "all_clerk": CLERK,
    "manager": MANAGER,
}


class TestTriageAccess(ComplaintsCase):
    """Threats T1, T21: roles, deeds and outcomes; a confidential complaint on triage's paths."""

    def test_table_of_roles_and_deeds(self):
        for role, rights in TABLE.items():
            for model in MANAGER:
                for deed in CHANGE:
                    with self.subTest(role=role, model=model, deed=deed):
                        records = self.env[model].with_user(getattr(self, role))
                        self.assertEqual(records.has_access(deed), deed in rights.get(model, ()))

    def test_t21_deeds_of_a_merge_are_hidden_with_their_complaint(self):
        early, late = self.complaint(), self.complaint()
        (early | late)._merge("Same")
        early.write({"is_confidential": True, "user_id": self.manager.id})
        self.env.invalidate_all()
        deeds = self.env["crm.complaint.merge"]

        for user, seen in [(self.clerk, 0), (self.all_clerk, 0), (self.manager, 1)]:
            with self.subTest(user=user.login):
                found = deeds.with_user(user).search_count([("survivor_id", "=", early.id)])
                self.assertEqual(found, seen)

    def test_t21_mentions_in_a_confidential_complaint_reach_nobody_it_is_about(self):
        secret = self.complaint(
            is_confidential=True, user_id=self.manager.id, about_user_ids=self.clerk.ids
        )
        hidden = (self.clerk | self.leader).partner_id

        message = secret.with_user(self.manager).message_post(
            body="Look at this",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=(hidden | self.all_clerk.partner_id).ids,
        )

        self.assertFalse(message.notified_partner_ids & hidden)
        for user in (self.clerk, self.leader):
            with self.subTest(user=user.login):
                messages = self.env["mail.message"].with_user(user)
                self.assertFalse(messages.search([("id", "=", message.id)]))
                inbox = self.env["mail.notification"].search(
                    [
                        ("res_partner_id", "=", user.partner_id.id),
                        ("mail_message_id", "=", message.id),
                    ]
                )
                self.assertFalse(inbox)

    def test_t21_the_search_panel_counts_what_one_may_see(self):
        self.complaint(is_confidential=True, user_id=self.manager.id)
        self.complaint()
        complaints = self.env["crm.complaint"]

        for user, count in [(self.clerk, 1), (self.manager, 2)]:
            with self.subTest(user=user.login):
                found = complaints.with_user(user).search_panel_select_range(
                    "category_id", enable_counters=True, expand=True
                )
                counts = {one["id"]: one["__count"] for one in found["values"]}
                self.assertEqual(counts[self.category.id], count)

from .process_common import ProcessCase


class TestTaskMenu(ProcessCase):
    """Employees without rights on complaints find their tasks; nobody else gets an app more."""

    def app(self, user):
        """Return the app of tasks as the user's menus have it, or None."""
        menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
        root = self.env.ref("crm_complaints.crm_complaint_task_menu_root")
        self.assertEqual(root.id in menus["root"]["children"], root.id in menus)
        return menus.get(root.id)

    def order(self, user, **values):
        return (
            self.env["crm.complaint.task"]
            .with_user(self.clerk)
            .create(
                {
                    "complaint_id": self.complaint().id,
                    "name": "Count the stock",
                    "user_id": user.id,
                    **values,
                }
            )
        )

    def test_the_app_is_there_for_whoever_has_an_order_and_from_then_on(self):
        before = self.app(self.outsider)

        self.order(self.outsider)

        self.assertFalse(before)
        self.assertEqual(len(self.app(self.outsider)["children"]), 2)

    def test_the_app_is_there_for_whoever_checks(self):
        self.order(self.outsider, controller_id=self.salesman.id)

        self.assertTrue(self.app(self.salesman))

    def test_who_works_on_complaints_finds_tasks_beside_them(self):
        self.order(self.colleague)

        self.assertFalse(self.app(self.colleague))

    def test_who_has_no_task_has_no_app_and_all_other_menus(self):
        menus = self.env["ir.ui.menu"].with_user(self.outsider).load_menus(False)

        self.assertFalse(self.app(self.outsider))
        known = menus.keys() - {"root"}
        self.assertTrue(known)
        for menu in known:
            self.assertLessEqual(set(menus[menu]["children"]), known)

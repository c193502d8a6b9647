from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command

from .process_common import ProcessCase

READ, WORK = {"read"}, {"read", "write", "create"}
CHANGE = {"read", "write", "create", "unlink"}
SETUP = [f"crm.complaint.{n}" for n in ("role", "process", "step", "step.check", "step.need")]
EMPLOYEE = {
    **dict.fromkeys(SETUP, READ),
    "crm.complaint.task": READ,
    "crm.complaint.task.check": {"read", "write"},
    "crm.complaint.task.event": READ,
    "crm.complaint.task.ask": WORK,
    "crm.complaint.deviation": set(),
    "crm.complaint.deviate": set(),
}
CLERK = {
    **EMPLOYEE,
    "crm.complaint.task": WORK,
    "crm.complaint.deviation": READ,
    "crm.complaint.deviate": WORK,
}
TABLE = {
    "customer_user": {},
    "outsider": EMPLOYEE,
    "salesman": EMPLOYEE,
    "clerk": CLERK,
    "all_clerk": CLERK,
    "manager": {**CLERK, **dict.fromkeys(SETUP, CHANGE)},
}


class TestTaskAccess(ProcessCase):
    """Threats T1, T14, T15, T21: who sees and touches tasks."""

    def order(self, complaint, user, **values):
        tasks = self.env["crm.complaint.task"]
        return tasks.create(
            {"complaint_id": complaint.id, "name": "Look", "user_id": user.id, **values}
        )

    def test_table_of_roles_and_deeds(self):
        for role, rights in TABLE.items():
            for model in EMPLOYEE:
                for deed in CHANGE:
                    with self.subTest(role=role, model=model, deed=deed):
                        allowed = self.env[model].with_user(getattr(self, role)).has_access(deed)
                        self.assertEqual(allowed, deed in rights.get(model, ()))

    def test_t1_who_sees_which_task(self):
        complaint = self.complaint()
        task = self.order(complaint, self.outsider, controller_id=self.salesman.id)
        seen = {
            "clerk": True,
            "leader": True,
            "manager": True,
            "all_clerk": True,
            "outsider": True,
            "salesman": True,
            "colleague": False,
            "customer_user": False,
        }
        for role, sees in seen.items():
            own = task.with_user(getattr(self, role))
            with self.subTest(role=role):
                self.assertEqual(own.has_access("read"), sees)
                if role != "customer_user":
                    found = own.search([("id", "=", task.id)])
                    self.assertEqual(bool(found), sees)
                    self.assertEqual(own.event_ids.search_count([("task_id", "=", task.id)]), sees)

    def test_an_employee_reads_what_it_is_about_and_not_the_complaint(self):
        complaint = self.complaint()
        task = self.order(complaint, self.outsider).with_user(self.outsider)

        self.assertEqual(task.complaint_name, complaint.name)
        self.assertIn("damaged", task.complaint_text)
        self.assertFalse(task.is_complaint_visible)
        with self.assertRaises(AccessError):
            task.complaint_id.read(["partner_id"])

    def test_a_clerk_of_another_team_sees_the_complaint_while_he_has_a_task(self):
        complaint = self.complaint()
        own = complaint.with_user(self.colleague)
        before = own.has_access("read")
        task = self.order(complaint, self.colleague)
        during = own.has_access("write")

        task.with_user(self.colleague)._do("refuse", "Not ours")
        own.invalidate_recordset()

        self.assertEqual((before, during), (False, True))
        self.assertFalse(own.has_access("read"))

    def test_t21_whom_the_complaint_is_about_gets_no_task_and_finds_none(self):
        complaint = self.complaint(about_user_ids=[Command.set(self.colleague.ids)])

        with self.assertRaisesRegex(ValidationError, "must not see"):
            self.order(complaint, self.colleague)
        with self.assertRaisesRegex(ValidationError, "must not see"):
            complaint.task_ids.activity_schedule(
                "mail.mail_activity_data_todo", user_id=self.colleague.id
            )

    def test_t21_tasks_are_taken_from_whom_the_complaint_turns_out_to_be_about(self):
        complaint = self.complaint()
        task = self.order(complaint, self.colleague, controller_id=self.leader.id)
        own = task.with_user(self.colleague)

        complaint.about_user_ids = self.colleague
        own.invalidate_recordset()

        self.assertFalse(task.user_id)
        self.assertFalse(own.has_access("read"))
        self.assertFalse(own.search([("id", "=", task.id)]))
        self.assertFalse(task.activity_ids.filtered(lambda a: a.user_id == self.colleague))

    def test_t21_nobody_finds_a_task_of_a_complaint_about_himself_though_he_gave_it(self):
        complaint = self.complaint()
        task = self.order(complaint, self.outsider)
        task._write_fact({"sender_id": self.colleague.id})
        complaint.about_user_ids = self.colleague

        own = self.env["crm.complaint.task"].with_user(self.colleague)

        self.assertFalse(own.search_count([("complaint_id", "=", complaint.id)]))
        self.assertFalse(
            own._read_group([("complaint_id", "=", complaint.id)], ["state"], ["__count"])
        )
        self.assertFalse(own.browse(task.id).has_access("read"))

    def test_t21_a_confidential_complaint_takes_its_steps_to_those_let_in(self):
        role = self.role(self.outsider)
        self.make_process(
            {
                "Look": (self.stage_received, role, ["End"], {}),
                "End": (self.stage_closed, None, [], {}),
            }
        )
        complaint = self.complaint()
        task = complaint.task_ids
        before = task.user_id

        complaint.is_confidential = True

        self.assertEqual(before, self.outsider)
        self.assertFalse(task.user_id)
        self.assertFalse(task.with_user(self.outsider).has_access("read"))
        self.assertFalse(self.complaint(is_confidential=True).task_ids.user_id)

    def test_t15_tasks_stay_in_their_company(self):
        other = self.env["res.company"].create({"name": "Other Company"})
        self.manager.company_ids = [Command.link(other.id)]
        complaint = self.complaint(
            company_id=other.id, team_id=False, user_id=False, partner_id=False
        )
        tasks = self.env["crm.complaint.task"].with_user(self.manager)
        domain = [("complaint_id", "=", complaint.id)]

        here = tasks.with_context(allowed_company_ids=self.env.company.ids).search_count(domain)
        there = tasks.with_context(allowed_company_ids=other.ids).search_count(domain)

        self.assertEqual((here, there), (0, 1))

    def test_t14_orders_are_given_on_complaints_in_reach_only(self):
        complaint = self.complaint()
        vals = {"complaint_id": complaint.id, "name": "Look", "user_id": self.clerk.id}

        for person in (self.colleague, self.outsider):
            with self.subTest(person=person.name), self.assertRaises(AccessError):
                self.env["crm.complaint.task"].with_user(person).create(vals)

    def test_t14_the_dialog_does_nothing_to_tasks_out_of_reach(self):
        task = self.order(self.complaint(), self.outsider)
        ask = self.env["crm.complaint.task.ask"].with_user(self.colleague)

        with self.assertRaises(AccessError):
            ask.create({"task_id": task.id, "deed": "cancel", "text": "x"}).action_do()

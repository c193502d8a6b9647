from odoo.addons.crm_deadline.tests.people import PeopleCase


class ComplaintsCase(PeopleCase):
    """A team with its clerk, people by role, a customer, and a builder of complaints.

    The clerk and the leader are of the team; the colleague is a clerk of another team; the
    salesman and the outsider are employees without rights on complaints.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={"lang": "en_US", "tracking_disable": True})
        (
            cls.clerk,
            cls.colleague,
            cls.leader,
            cls.all_clerk,
            cls.manager,
            cls.salesman,
            cls.outsider,
            cls.customer_user,
        ) = cls._make_users(
            ("cmp_clerk", "Clara Clerk", "crm_complaints.group_user"),
            ("cmp_colleague", "Colin Colleague", "crm_complaints.group_user"),
            ("cmp_leader", "Lea Leader", "crm_complaints.group_user"),
            ("cmp_all", "Alma All", "crm_complaints.group_all"),
            ("cmp_manager", "Max Manager", "crm_complaints.group_manager"),
            ("cmp_salesman", "Sam Seller", "sales_team.group_sale_salesman"),
            ("cmp_outsider", "Otto Outsider", "base.group_user"),
            ("cmp_customer", "Petra Portal", "base.group_portal"),
        )
        cls.team = cls._make_team("Complaints Desk", cls.clerk, user_id=cls.leader.id)
        cls.other_team = cls._make_team("Other Desk", cls.colleague)
        stages = {
            name: cls.env.ref(f"crm_complaints.crm_complaint_stage_{name}")
            for name in ("received", "acknowledged", "answered", "closed", "withdrawn")
        }
        cls.stage_received = stages["received"]
        cls.stage_acknowledged = stages["acknowledged"]
        cls.stage_answered = stages["answered"]
        cls.stage_closed = stages["closed"]
        cls.stage_withdrawn = stages["withdrawn"]
        # parts are tested without a process; those that test it put one in force
        cls.process = cls.env.ref("crm_complaints.crm_complaint_process_iso")
        cls.env["crm.complaint.process"].search([]).active = False
        cls.category = cls.env["crm.complaint.category"].create({"name": "Test Category"})
        cls.company_partner = cls.env["res.partner"].create(
            {"name": "Customer Ltd", "is_company": True}
        )
        cls.customer = cls.env["res.partner"].create(
            {
                "name": "Carla Customer",
                "parent_id": cls.company_partner.id,
                "email": "carla@customer.example.com",
                "phone": "+49 30 123456",
            }
        )

    @classmethod
    def complaint(cls, user=None, **values):
        """Create a complaint of the team and its clerk, as ``user`` (default: the system)."""
        complaints = cls.env["crm.complaint"]
        if user:
            complaints = complaints.with_user(user)
        return complaints.create(
            {
                "name": "Delivered a week late",
                "description": "<p>Two boxes were damaged.</p>",
                "partner_id": cls.customer.id,
                "category_id": cls.category.id,
                "team_id": cls.team.id,
                "user_id": cls.clerk.id,
                **values,
            }
        ).with_env(cls.env)

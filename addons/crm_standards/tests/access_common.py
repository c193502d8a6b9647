class AccessTable:
    """People by role, and the table of what each role may do with each model."""

    @classmethod
    def make_roles(cls):
        """Give the class a user for each role, in ``users``."""
        employee, portal = cls._make_users(
            ("std_employee", "Emil Employee", "base.group_user"),
            ("std_portal", "Paula Portal", "base.group_portal"),
        )
        cls.users = {
            "employee": employee,
            "salesman": cls.salesman,
            "controller": cls.controller,
            "portal": portal,
            "public": cls.env.ref("base.public_user"),
        }

    def assertTable(self, table):
        """Each role may do with each model exactly what the table says."""
        for role, rights in table.items():
            for model, deeds in rights.items():
                for deed in ("read", "write", "create", "unlink"):
                    with self.subTest(role=role, model=model, deed=deed):
                        allowed = self.env[model].with_user(self.users[role]).has_access(deed)
                        self.assertEqual(allowed, deed in deeds)

    def assertSeenBy(self, record, people):
        """Of those who sell and control, only these find, count and read the record."""
        domain = [("id", "=", record.id)]
        for user in self.salesman + self.colleague + self.leader + self.controller:
            with self.subTest(user.login):
                his, is_seen = record.with_user(user), user in people
                self.assertEqual(his.search_count(domain), int(is_seen))
                groups = his._read_group(domain, ["user_id"], ["__count"])
                self.assertEqual(bool(groups), is_seen)
                self.assertEqual(his.has_access("read"), is_seen)

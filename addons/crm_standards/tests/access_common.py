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

"""What the tests of all add-ons begin with: people in their roles, and their teams."""

from odoo.fields import Command
from odoo.tests import TransactionCase

# Fixtures need neither an invitation by mail nor a note about themselves.
QUIET = {"no_reset_password": True, "tracking_disable": True}


class PeopleCase(TransactionCase):
    """Builders of users and teams."""

    @classmethod
    def _make_users(cls, *people, **values):
        """Return a user for each login, name and group; the login is the password, too."""
        vals_list = [
            {
                "login": login,
                "password": login,
                "name": name,
                "email": f"{login}@example.com",
                "group_ids": [Command.set(cls.env.ref(group).ids)],
                **values,
            }
            for login, name, group in people
        ]
        # at once: one by one takes several times as long
        users = cls.env["res.users"].with_context(**QUIET).create(vals_list)
        return users.with_env(cls.env)

    @classmethod
    def _make_team(cls, name, *members, **values):
        """Return a team with its members."""
        team = cls.env["crm.team"].create({"name": name, **values})
        cls.env["crm.team.member"].create(
            [{"crm_team_id": team.id, "user_id": user.id} for user in members]
        )
        return team

from . import test_access, test_fact, test_invitation, test_role

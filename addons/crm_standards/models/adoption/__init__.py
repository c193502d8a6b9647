"""How the system is used, day by day."""

from . import (
    crm_standard_adoption,
    crm_standard_adoption_collect,
    crm_standard_adoption_person,
    crm_standard_login,
    res_users_adoption,
)

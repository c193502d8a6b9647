"""The work of one person passes to others."""

from . import (
    crm_standard_handover,
    crm_standard_handover_flow,
    crm_standard_handover_leavers,
    crm_standard_handover_line,
    crm_standard_handover_line_carry,
    crm_standard_handover_move,
    crm_standard_handover_plan,
    crm_standard_handover_scope,
    crm_standard_handover_share,
    crm_standard_health_people,
    crm_team_member,
    res_users_handover,
)

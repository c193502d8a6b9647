from . import (
    crm_complaint_assignment,
    crm_complaint_link,
    crm_complaint_merge,
    crm_complaint_priority_cell,
)

# isort: split
# what a complaint gains by it
from . import (
    crm_complaint_assign,
    crm_complaint_linked,
    crm_complaint_merging,
    crm_complaint_merging_parts,
    crm_complaint_rank,
    crm_complaint_similar,
    crm_complaint_split,
    res_users,
)

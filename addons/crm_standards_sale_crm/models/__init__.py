from . import crm_standard_requirement, crm_standard_rule

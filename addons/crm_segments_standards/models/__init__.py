from . import crm_standard_contact_norm

from . import crm_complaint, crm_complaint_level, crm_segment, crm_segment_method

from . import crm_segment_method

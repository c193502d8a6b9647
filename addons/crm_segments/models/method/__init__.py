"""Methods and their classes."""

from . import (
    crm_segment,
    crm_segment_method,
    crm_segment_method_check,
    crm_segment_method_parts,
    crm_segment_method_reach,
)

"""Who is in which class, and how it came."""

from . import crm_segment_change, crm_segment_change_reason, crm_segment_membership

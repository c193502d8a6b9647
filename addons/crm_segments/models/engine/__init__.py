"""What puts customers into classes."""

from . import (
    crm_segment_method_engine,
    crm_segment_method_preview,
    crm_segment_method_rate,
    crm_segment_method_source,
    crm_segment_method_store,
    crm_segment_method_verdict,
)

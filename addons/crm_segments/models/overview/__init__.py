"""The figures of the map."""

from . import crm_segment_method_map, crm_segment_method_portfolio

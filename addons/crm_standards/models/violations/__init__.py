"""Violations: how they come into the register, are answered, judged and reported."""

from . import (
    crm_standard_digest,
    crm_standard_digest_sections,
    crm_standard_verdict_reason,
    crm_standard_violation,
    crm_standard_violation_answer,
    crm_standard_violation_cure,
    crm_standard_violation_record,
    crm_standard_violation_version,
    crm_standard_violation_with_override,
    res_users,
)

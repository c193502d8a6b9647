"""The register of standards: versions, approval, acknowledgement, comments."""

from . import (
    crm_standard,
    crm_standard_acknowledgement,
    crm_standard_acknowledgement_request,
    crm_standard_audience,
    crm_standard_comment,
    crm_standard_content,
    crm_standard_drafting,
    crm_standard_follow,
    crm_standard_health_register,
    crm_standard_history,
    crm_standard_version,
    crm_standard_version_approval,
    crm_standard_version_document,
    crm_standard_version_force,
    crm_standard_version_review,
)

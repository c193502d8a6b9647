"""How long a person's data are kept, and how they leave while the figures stay."""

from . import (
    crm_complaint_category,
    crm_complaint_erasure,
    crm_complaint_privacy,
    crm_complaint_privacy_export,
    crm_complaint_privacy_job,
    crm_complaint_privacy_words,
)

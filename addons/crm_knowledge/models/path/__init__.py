"""Onboarding: what a new employee or branch reads, in which order, and how far one is."""

from . import crm_knowledge_path, crm_knowledge_path_reading

# isort: split
from . import crm_knowledge_path_person, crm_knowledge_path_step

# isort: split
from . import crm_knowledge_path_enroll

from . import (
    crm_knowledge_capture,
    crm_knowledge_capture_line,
    crm_knowledge_export,
    crm_knowledge_import,
    crm_knowledge_import_line,
)

# isort: split
from . import crm_knowledge_import_pages

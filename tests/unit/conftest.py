"""Make `from crm_deadline.logic.clock import replay` work on an interpreter without Odoo.

Each add-on is registered as a bare namespace: its folder is importable, its `__init__.py`, which
pulls in the models and with them Odoo, does not run. A `logic/` that reaches for Odoo fails here.
"""

import sys
from pathlib import Path
from types import ModuleType

ADDONS = Path(__file__).resolve().parents[2] / "addons"

for manifest in sorted(ADDONS.glob("*/__manifest__.py")):
    namespace = ModuleType(manifest.parent.name)
    namespace.__path__ = [str(manifest.parent)]
    sys.modules.setdefault(manifest.parent.name, namespace)

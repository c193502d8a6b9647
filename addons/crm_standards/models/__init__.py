"""The models, by part. A part is loaded after those whose models it extends."""

from . import common

# isort: split
from . import register

# isort: split
from . import gate

# isort: split
from . import violations

# isort: split
from . import assignments

# isort: split
from . import contacts

# isort: split
from . import entry

# isort: split
from . import analysis

# isort: split
from . import losses

# isort: split
from . import handover

# isort: split
from . import safety

# isort: split
from . import adoption

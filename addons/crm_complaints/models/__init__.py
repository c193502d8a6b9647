from . import case

# isort: split
# the case comes first: it defines what the other parts extend; each adds its line below
from . import intake

# isort: split
from . import customer

# isort: split
from . import process

# isort: split
from . import clock
from . import cause
from . import control, privacy
from . import decision
from . import triage

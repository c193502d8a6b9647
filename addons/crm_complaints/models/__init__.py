"""The models, by part; the case comes first: it is what the other parts extend."""

from . import case

# isort: split
from . import intake

# isort: split
from . import customer

# isort: split
from . import process

# isort: split
from . import clock

# isort: split
from . import triage

# isort: split
from . import cause

# isort: split
from . import decision

# isort: split
from . import control

# isort: split
from . import privacy

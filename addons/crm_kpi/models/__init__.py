"""The models, by part; each stands on those before it."""

from . import company, measure

# isort: split
from . import fact

# isort: split
from . import engine

# isort: split
from . import indicator

# isort: split
from . import health

# isort: split
from . import card

# isort: split
from . import appeal

# isort: split
from . import closing

# isort: split
from . import explanation

# isort: split
from . import trial

# isort: split
from . import plan

# isort: split
from . import marketing, oddity, presence

# isort: split
from . import incident

# isort: split
from . import forecast

# isort: split
from . import screen

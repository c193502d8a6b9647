"""The models, by part; the survey comes first: it is what the other parts extend."""

from . import survey

# isort: split
from . import invitation

# isort: split
from . import trigger

# isort: split
from . import fact

# isort: split
from . import ready, result

# isort: split
from . import sending

# isort: split
from . import privacy

# isort: split
from . import open_link

# isort: split
from . import call

# isort: split
from . import loop, win_back

# isort: split
from . import fairness

# isort: split
from . import anonymous

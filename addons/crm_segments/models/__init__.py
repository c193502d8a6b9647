"""The models, by part; each stands on those before it."""

from . import member, method

# isort: split
from . import engine

# isort: split
from . import customer, overview

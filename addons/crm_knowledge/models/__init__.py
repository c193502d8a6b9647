"""The models, by part; access and catalogue come first: articles stand on them."""

from . import access

# isort: split
from . import catalogue

# isort: split
from . import article

# isort: split
from . import feedback

# isort: split
from . import reading

# isort: split
from . import search

# isort: split
from . import reuse

# isort: split
from . import learning

# isort: split
from . import path

# isort: split
from . import page

# isort: split
from . import public

# isort: split
from . import company

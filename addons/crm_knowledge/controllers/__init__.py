from . import pages

from . import form, portal

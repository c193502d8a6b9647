"""The rules, by what they look at. Importing this package puts all of them on the list."""

from . import (
    access,
    always,
    arrows,
    documents,
    idioms,
    logic,
    manifests,
    names,
    never_calls,
    never_text,
    orm,
    testing,
    xmlids,
)

__all__ = [
    "access",
    "always",
    "arrows",
    "documents",
    "idioms",
    "logic",
    "manifests",
    "names",
    "never_calls",
    "never_text",
    "orm",
    "testing",
    "xmlids",
]

"""What the pages for customers have in common."""

from __future__ import annotations

from odoo.http import request

#: What one request may bring: the files together, and some room for the texts.
MAX_REQUEST_BYTES = 30 * 1024 * 1024
#: Beyond it no id exists, and PostgreSQL refuses to compare.
MAX_ID = 2**31 - 1


def read_files(name="files"):
    """Return the files of the present request as (name, content) pairs."""
    files = request.httprequest.files.getlist(name)
    return [(file.filename, file.read()) for file in files if file.filename]


def render(template, values, status=200):
    """Render a page that nobody keeps: no cache, no search engine, no hint to other sites."""
    response = request.render(template, values, status=status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response

"""What the pages for customers have in common."""

from __future__ import annotations

from odoo.http import request


def render(template, values=None, status=200):
    """Render a page that nobody keeps: no cache, no search engine, no hint to other sites."""
    response = request.render(template, values or {}, status=status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def tell(reason, status):
    """Say on a plain page why the link leads nowhere: the same words for all wrong links."""
    return render("crm_surveys.link_ended", {"reason": reason}, status=status)

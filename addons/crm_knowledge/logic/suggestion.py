"""Which articles fit an open record: by its words, and by what both are linked to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

FLOOR = 0.35  # what an article without a link must reach of the best one, found by words
LINK = 0.5  # what a link says against the best article found by words


@dataclass(frozen=True)
class Fit:
    """How well an article fits, and by which links."""

    article_id: int
    score: float
    links: tuple[str, ...] = ()


def rank(
    scores: Mapping[int, float], links: Mapping[str, Collection[int]], limit: int
) -> list[Fit]:
    """Return the articles that fit, best first.

    :param scores: what each article found by words is worth
    :param links: for each kind of link, the articles linked to what the record is linked to
    """
    top = max(scores.values(), default=0.0)
    by_article: dict[int, list[str]] = {}
    for kind, article_ids in links.items():
        for article_id in article_ids:
            by_article.setdefault(article_id, []).append(kind)
    fits = []
    for article_id in {*scores, *by_article}:
        share = scores.get(article_id, 0.0) / top if top > 0 else 0.0
        kinds = tuple(by_article.get(article_id, ()))
        if kinds or share >= FLOOR:
            fits.append(Fit(article_id, share + LINK * len(kinds), kinds))
    return sorted(fits, key=lambda fit: (-fit.score, -fit.article_id))[:limit]

"""How good the search of knowledge is; run inside Odoo's shell.

Questions written by hand (``knowledge_questions.txt``) about texts that Odoo ships, asked in both
languages among twice as many texts: how often the right one is among the first five (recall), and
how far up it stands (MRR), beside what PostgreSQL does alone. Then 150 words of each language with
a typo made by rule (``_typos.py``).
Prints one JSON object. Limits: those of the requirement.
"""

import json
from functools import partial
from html import escape

from odoo.fields import Command

from odoo.addons.crm_knowledge.morphology import lexemes

from tests.load import _knowledge, _typos

LIMIT_RECALL = 0.975
LIMIT_TYPOS = 0.95
TYPOS = 150  # in each language
BARE = {
    "plain full text (all words)": """
        SELECT id FROM bench_text, websearch_to_tsquery('russian', %(query)s) AS query
         WHERE id = ANY(%(ids)s) AND vector @@ query ORDER BY ts_rank(vector, query) DESC LIMIT 20
    """,
    "full text (any word), ts_rank": """
        SELECT id FROM bench_text,
               CAST(replace(plainto_tsquery('russian', %(query)s)::text, '&', '|') AS tsquery)
                   AS query
         WHERE id = ANY(%(ids)s) AND vector @@ query ORDER BY ts_rank(vector, query) DESC LIMIT 20
    """,
    "trigrams (word_similarity)": """
        SELECT id FROM bench_text WHERE id = ANY(%(ids)s)
      ORDER BY word_similarity(%(query)s, body) DESC LIMIT 20
    """,
    "ilike": "SELECT id FROM bench_text WHERE id = ANY(%(ids)s) AND body ILIKE %(like)s LIMIT 20",
}


def score(places):
    """Return recall at five and the mean reciprocal rank of places counted from one."""
    found = [place for place in places if place]
    return {
        "recall@5": round(sum(place <= 5 for place in found) / len(places), 4),
        "MRR": round(sum(1 / place for place in found) / len(places), 4),
    }


def ask_ours(articles, ids, query):
    """Return the articles that our search finds among these."""
    return [hit["id"] for hit in articles.search_articles(query, domain=[("id", "in", ids)])]


def ask_bare(env, sql, ids, query):
    """Return the articles that a statement finds among these."""
    env.cr.execute(sql, {"query": query, "ids": ids, "like": f"%{query}%"})
    return [id_ for (id_,) in env.cr.fetchall()]


def is_mended(articles, typed, meant):
    """Whether the first answer to a word with a typo is one to the word that was meant."""
    first = articles.search_articles(typed, limit=1)
    understood = (first[0].get("corrected") or typed) if first else ""
    return not lexemes(understood).isdisjoint(lexemes(meant))


def measure(env):
    """Return the figures by language and way, and which limits are missed."""
    texts = list(_knowledge.odoo_texts())
    paragraphs, questions = _knowledge.read_questions(texts)
    env["crm.knowledge.article"].search([]).action_archive()
    reader = env["res.users"].create(
        {
            "name": "Bench Reader",
            "login": "bench_reader",
            "group_ids": [Command.set(env.ref("base.group_user").ids)],
        }
    )
    articles = env["crm.knowledge.article"].with_user(reader)
    env.cr.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    figures, missed = {"questions in each language": len(questions)}, []
    for place, language in enumerate(_knowledge.LANGUAGES):
        bodies = [one[place] for one in paragraphs]
        rows = [("-", f"<p>{escape(body)}</p>") for body in bodies]
        ids = _knowledge.insert(env, rows)
        _knowledge.index(env)
        env.cr.execute("DROP TABLE IF EXISTS bench_text")
        env.cr.execute(
            "CREATE TABLE bench_text AS SELECT id, body, to_tsvector('russian', body) AS vector"
            " FROM unnest(%s::int[], %s::text[]) AS new (id, body)",
            [ids, bodies],
        )

        ways = {"crm_knowledge": partial(ask_ours, articles, ids)}
        ways |= {name: partial(ask_bare, env, sql, ids) for name, sql in BARE.items()}
        for name, ask in ways.items():
            places = []
            for number, *asked in questions:
                found = ask(asked[place])
                right = ids[number]
                places.append(found.index(right) + 1 if right in found else 0)
            figures[f"{language}: {name}"] = score(places)
        if figures[f"{language}: crm_knowledge"]["recall@5"] < LIMIT_RECALL:
            missed.append(f"{language}: recall")
        pairs = _typos.make_typos(bodies, language, TYPOS)
        wrong = [
            f"{typed} ({meant})" for typed, meant in pairs if not is_mended(articles, typed, meant)
        ]
        right = 1 - len(wrong) / len(pairs)
        figures[f"{language}: typos, of {len(pairs)} the first answer right"] = round(right, 4)
        figures[f"{language}: typos not mended"] = wrong
        if right < LIMIT_TYPOS:
            missed.append(f"{language}: typos")
    return figures, missed


figures, missed = measure(env)
print(json.dumps({**figures, "missed": missed}, ensure_ascii=False))
env.cr.rollback()
if missed:
    raise SystemExit(1)

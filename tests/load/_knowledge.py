"""Texts, questions and generated articles by which the search of knowledge is measured."""

import random
import re
from pathlib import Path

import polib

from odoo.tools import split_every

import odoo.addons

QUESTIONS = Path("tests/load/knowledge_questions.txt")
LANGUAGES = ("en", "ru")


def odoo_texts():
    """Yield the texts Odoo ships, in English and Russian, without tags."""
    folders = [Path(folder) for folder in odoo.addons.__path__]
    files = {file.parent.parent.name: file for one in folders for file in one.glob("*/i18n/ru.po")}
    for _addon, file in sorted(files.items()):
        for entry in polib.pofile(str(file)):
            english, russian = plain(entry.msgid), plain(entry.msgstr)
            if russian and russian != english:
                yield english, russian


def plain(text):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).strip()


def read_questions(texts):
    """Return the paragraphs (English, Russian) and the questions about them, by place."""
    known = {}
    for english, russian in texts:
        known.setdefault(english[:60].strip(), (english, russian))
    paragraphs, questions = [], []
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        start, english, russian = line.split(" | ")
        if start in known:
            questions.append((len(paragraphs), english, russian))
            paragraphs.append(known[start])
    # as many paragraphs again that nobody asks about, so that there is something to take wrongly
    asked = {english[:60].strip() for english, _russian in paragraphs}
    long = [one for start, one in known.items() if start not in asked and len(one[0]) > 220]
    paragraphs += long[: len(paragraphs)]
    return paragraphs, questions


def generated(texts, count, avoid):
    """Yield titles and bodies of about 2 kB: sentences of Odoo's texts, a word of each changed.

    Seven of ten are Russian. Each has codes of its own.
    """
    random_ = random.Random(1)
    pools = []
    for place in (0, 1):
        sentences = sorted(
            {one[place] for one in texts if 25 < len(one[place]) < 300 and one[0] not in avoid}
        )
        pools.append((sentences, [word for one in sentences for word in one.split()]))
    for number in range(count):
        sentences, words = pools[random_.random() < 0.7]
        body, length = [], 0
        while length < 1700:
            sentence = random_.choice(sentences).split()
            sentence[random_.randrange(len(sentence))] = random_.choice(words)
            body.append(" ".join(sentence))
            length += len(body[-1])
        body.append(f"KX-{number}, S{number:05d}")
        title = " ".join(random_.choice(sentences).split()[:6])
        yield title, f"<p>{'.</p><p>'.join(body)}</p>"


def insert(env, rows, lang="en_US", batch=2000):
    """Insert published articles of these titles and bodies, in SQL; return their ids.

    The article they are copied from is made by the ORM, so that every column has its value.
    """
    pattern = env["crm.knowledge.article"].create({"name": "Pattern", "lang": lang})
    pattern._publish()
    env.flush_all()
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_name = 'crm_knowledge_article' AND column_name NOT IN ('id', 'name', 'body')"
    )
    columns = ", ".join(f'"{name}"' for (name,) in env.cr.fetchall())
    ids = []
    for part in split_every(batch, rows, list):
        env.cr.execute(
            f"INSERT INTO crm_knowledge_article (name, body, {columns})"
            f" SELECT new.name, new.body, {columns} FROM crm_knowledge_article,"
            " unnest(%s::text[], %s::text[]) AS new (name, body)"
            " WHERE crm_knowledge_article.id = %s RETURNING crm_knowledge_article.id",
            [[one[0] for one in part], [one[1] for one in part], pattern.id],
        )
        ids += [id_ for (id_,) in env.cr.fetchall()]
    pattern.action_archive()
    env.invalidate_all()
    return ids


def index(env):
    """Read all articles for the search, as the job does, without its commits.

    The indexes of the table are made when it is full, which takes a tenth of keeping them.
    """
    env.cr.execute("DROP INDEX crm_knowledge_index_terms, crm_knowledge_index_titles")
    index = env["crm.knowledge.index"]
    unread = index._get_unread()
    for batch in split_every(200, unread.ids, unread.browse):
        index._index(batch)
        env.invalidate_all()
    index.init()
    while env["crm.knowledge.index.change"]._count_batch():
        pass

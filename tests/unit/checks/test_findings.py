"""What `./suite lint` finds by itself: translations, sizes, files that do not parse."""

from pathlib import Path

import polib
import pytest

from tools import bench, lint, sizes, translations


def entry(source: str, target: str, **values: object) -> polib.POEntry:
    """One term with its translation."""
    return polib.POEntry(msgid=source, msgstr=target, **values)


@pytest.mark.parametrize(
    ("term", "finding"),
    [
        (entry("Late", "Поздно"), None),
        (entry("Rule %(name)s", "Правило %(name)s"), None),
        (entry("<b>Late</b>", "<b>Поздно</b>"), None),
        (entry("Late", ""), "not translated"),
        (entry("Late", "Поздно", flags=["fuzzy"]), "fuzzy"),
        (entry("Rule %(name)s", "Правило %(имя)s"), "placeholders differ"),
        (entry("{count} left", "осталось"), "placeholders differ"),
        (entry("<b>Late</b>", "<i>Поздно</i>"), "tags differ"),
        (entry("Late", "Поздно "), "spaces at the ends differ"),
    ],
)
def test_a_translation_is_judged(term: polib.POEntry, finding: str | None) -> None:
    assert list(translations.judge_entry(term)) == ([finding] if finding else [])


def test_a_translation_covers_exactly_the_terms(tmp_path: Path) -> None:
    folder = tmp_path / "crm_x" / "i18n"
    folder.mkdir(parents=True)
    for name, terms in {"crm_x.pot": ["Late", "New"], "ru.po": ["Late", "Gone"]}.items():
        catalog = polib.POFile()
        catalog.extend(entry(term, "" if name.endswith("pot") else "слово") for term in terms)
        catalog.save(str(folder / name))

    found = [line.split(":0: ")[1] for line in translations.judge(folder / "ru.po")]

    assert found == ["not translated: 'New'", "no longer a term: 'Gone'"]


def test_large_methods_are_listed_and_small_ones_are_not(tmp_path: Path) -> None:
    file = tmp_path / "addons" / "crm_x" / "models" / "crm_x.py"
    file.parent.mkdir(parents=True)
    body = "\n".join(f"    x = {number}" for number in range(30))
    file.write_text(f"def small():\n    pass\n\n\ndef large():\n{body}\n")

    assert sizes.report(tmp_path) == ["addons/crm_x/models/crm_x.py:5: method large of 31 lines"]


def test_broken_xml_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "addons" / "crm_x"
    folder.mkdir(parents=True)
    (folder / "good.xml").write_text("<odoo/>")
    (folder / "bad.xml").write_text("<odoo>")

    found = list(lint.broken_xml(tmp_path))

    assert len(found) == 1
    assert found[0].startswith("addons/crm_x/bad.xml: ")


@pytest.mark.parametrize(
    ("output", "figures"),
    [
        ('loading\n{"ratio": 1.2}\n', {"ratio": 1.2}),
        ('{"ratio": 1.2}\n{broken\n', {"ratio": 1.2}),
        ("nothing\n", {}),
    ],
)
def test_a_benchmark_is_read_from_its_last_json_line(output: str, figures: dict) -> None:
    assert bench.last_object(output) == figures

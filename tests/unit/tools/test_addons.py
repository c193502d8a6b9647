"""Manifests, closure and the digest that decides when a database is made anew."""

from __future__ import annotations

import pytest

from tools import addons
from tools.console import SuiteError

MODEL = '''
"""Docstring of the module."""
from odoo import fields, models

LIMIT = 5


class Thing(models.Model):
    """Docstring of the class."""

    _name = "thing"
    name = fields.Char(help="Its name.")

    def double(self, factor=2):
        """Docstring of the method."""
        return self * factor

    def init(self):
        self.env.cr.execute("SELECT 1")
'''


@pytest.fixture
def root(tmp_path):
    """Two add-ons: `beta` depends on `alpha`, both on Odoo's `crm`."""
    for name, depends in (("alpha", ["crm"]), ("beta", ["alpha", "crm", "stock"])):
        folder = tmp_path / name
        (folder / "models").mkdir(parents=True)
        (folder / "__manifest__.py").write_text(
            repr({"name": name.title(), "version": "19.0.1.0.0", "depends": depends})
        )
        (folder / "__init__.py").write_text("from . import models\n")
        (folder / "models" / "thing.py").write_text(MODEL)
    return tmp_path


def change(root, path, old, new):
    """Whether replacing text in a file of `alpha` changes the digest."""
    before = addons.digest(["alpha"], root)
    file = root / "alpha" / path
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    return addons.digest(["alpha"], root) != before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("return self * factor", "return self * (factor + 1)"),
        ("Docstring of the method.", "Another."),
        ("Docstring of the class.", "Another."),
        ("Docstring of the module.", "Another."),
        ("LIMIT = 5", "LIMIT = 5  # why"),
        ("fields.Char(help=", "fields.Char( help="),
    ],
)
def test_what_only_runs_later_does_not_change_the_digest(root, old, new):
    assert not change(root, "models/thing.py", old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("fields.Char(", "fields.Char(index=True, "),
        ("Its name.", "The name."),
        ('_name = "thing"', '_name = "other"'),
        ("LIMIT = 5", "LIMIT = 6"),
        ("    def double", "    @api.depends('name')\n    def double"),
        ("factor=2", "factor=3"),
        ("SELECT 1", "SELECT 2"),
    ],
)
def test_what_shapes_the_database_changes_the_digest(root, old, new):
    assert change(root, "models/thing.py", old, new)


def test_hooks_and_migrations_count_with_every_statement(root):
    (root / "alpha" / "hooks.py").write_text("def post(env):\n    pass\n")
    (root / "alpha" / "migrations" / "19.0.1.1.0").mkdir(parents=True)
    migration = root / "alpha/migrations/19.0.1.1.0/post-fill.py"
    migration.write_text("def migrate(cr, version):\n    pass\n")

    assert change(root, "hooks.py", "pass", "return 1")
    assert change(root, "migrations/19.0.1.1.0/post-fill.py", "pass", "return 1")


@pytest.mark.parametrize("folder", ["tests", "static/src", "readme", "__pycache__"])
def test_files_that_no_database_holds_do_not_count(root, folder):
    before = addons.digest(["alpha"], root)
    (root / "alpha" / folder).mkdir(parents=True)
    (root / "alpha" / folder / "new.xml").write_text("<odoo/>")

    assert addons.digest(["alpha"], root) == before


@pytest.mark.parametrize("file", ["views.xml", "security.csv", "ru.po"])
def test_data_files_count(root, file):
    before = addons.digest(["alpha"], root)
    (root / "alpha" / "data").mkdir()
    (root / "alpha" / "data" / file).write_text("x")

    assert addons.digest(["alpha"], root) != before


def test_digest_does_not_depend_on_the_place_or_the_order(root, tmp_path_factory):
    other = tmp_path_factory.mktemp("elsewhere") / "addons"
    root.rename(other)

    first = addons.digest(["alpha", "beta"], other)

    other.rename(root)
    assert addons.digest(["beta", "alpha"], root) == first


def test_add_ons_that_are_not_installable_are_left_out(root):
    (root / "beta" / "__manifest__.py").write_text(repr({"name": "B", "installable": False}))

    assert list(addons.all_addons(root)) == ["alpha"]


def test_broken_manifest_is_named(root):
    (root / "beta" / "__manifest__.py").write_text("{'name': open('x')}")

    with pytest.raises(SuiteError, match=r"beta/__manifest__\.py"):
        addons.all_addons(root)


def test_closure_puts_dependencies_first(root):
    known = addons.all_addons(root)

    assert addons.closure(["beta"], known) == ["alpha", "beta"]
    assert addons.outside_dependencies(["beta"], known) == ["crm", "stock"]


def test_circular_dependency_is_an_error_that_shows_the_circle(root):
    (root / "alpha" / "__manifest__.py").write_text(repr({"depends": ["beta"]}))

    with pytest.raises(SuiteError, match="alpha -> beta -> alpha"):
        addons.closure(["alpha"], addons.all_addons(root))


def test_select_lists_the_known_add_ons_for_an_unknown_name(root):
    known = addons.all_addons(root)

    assert addons.select(None, known) == ["alpha", "beta"]
    assert addons.select(" beta ,alpha,", known) == ["alpha", "beta"]
    with pytest.raises(SuiteError, match="unknown add-on gamma; the repository has: alpha, beta"):
        addons.select("alpha,gamma", known)
    with pytest.raises(SuiteError, match="no add-on named"):
        addons.select(",", known)


def test_versions_compare_by_number():
    assert addons.version_key("19.0.1.10.0") > addons.version_key("19.0.1.9.0")
    assert addons.version_key("") < addons.version_key("19.0.1.0.0")

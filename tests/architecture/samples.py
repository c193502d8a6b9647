"""A small repository that keeps every rule, and one change for each rule that breaks it.

A sample maps file names to their text; it is laid over `SOUND`.
"""

from __future__ import annotations

MANIFEST = """{{
    "name": "{name}",
    "summary": "What it does",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "category": "Sales/CRM",
    "author": "The authors",
    "depends": {depends},
    {rest}
}}
"""
DATA = (
    '"data": ["security/groups.xml", "security/rules.xml", "security/ir.model.access.csv",'
    ' "views/crm_kpi_views.xml", "views/menus.xml"],'
)


def manifest(name: str, depends: list[str], rest: str = "") -> str:
    """Text of a manifest."""
    return MANIFEST.format(name=name, depends=depends, rest=rest)


def model(body: str = "", head: str = "") -> dict[str, str]:
    """The sample model with more in its class body, or before it."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return {"addons/crm_kpi/models/crm_kpi.py": head + MODEL + lines}


def method(line: str) -> dict[str, str]:
    """The sample model with one line in a method."""
    return model(f'def _get_it(self):\n    """One line."""\n    {line}')


def xml(body: str) -> str:
    """An XML file of records."""
    return f'<?xml version="1.0" encoding="UTF-8" ?>\n<odoo>\n{body}\n</odoo>\n'


def view(identifier: str, arch: str = "<form/>", model_name: str = "crm.kpi") -> str:
    """A view record."""
    return (
        f'<record id="{identifier}" model="ir.ui.view"><field name="model">{model_name}</field>'
        f'<field name="arch" type="xml">{arch}</field></record>'
    )


MODEL = '''from odoo import fields, models


class CrmKpi(models.Model):
    """A measure of work."""

    _name = "crm.kpi"
    _description = "KPI"

    name = fields.Char()
    company_id = fields.Many2one("res.company")
'''
LOGIC = '''"""Scores."""

from __future__ import annotations

from dataclasses import dataclass


def score(done: float, goal: float) -> float:
    """Share of the goal that was reached."""
    return done / goal
'''
ACCESS = """id,name,model_id:id,group_id:id,perm_read,perm_write,perm_create,perm_unlink
crm_kpi_user,user,model_crm_kpi,group_user,1,0,0,0
"""
GROUPS = """<record id="privilege" model="res.groups.privilege"><field name="name">K</field>
</record>
<record id="group_user" model="res.groups"><field name="privilege_id" ref="privilege"/></record>"""
COMPANY_RULE = """<record id="crm_kpi_rule_company" model="ir.rule">
<field name="model_id" ref="model_crm_kpi"/>
<field name="domain_force">[('company_id', 'in', company_ids)]</field></record>"""
ACTION = (
    '<record id="crm_kpi_action" model="ir.actions.act_window">'
    '<field name="res_model">crm.kpi</field><field name="view_mode">list,form</field></record>'
)
TEST = """from odoo.tests import TransactionCase


class TestKpi(TransactionCase):
    def test_the_sum_is_right(self):
        self.assertEqual(1 + 1, 2)
"""
SOUND = {
    "README.md": "# Suite\n\n[Proofs](docs/coverage.md#proofs) crm_kpi crm_deadline crm_kpi_sale\n",
    "CONTRIBUTING.md": "# Rules\n",
    "LICENSE": "LGPL-3\n",
    **{
        f"docs/{name}.md": f"# {name}\n"
        for name in ("architecture", "extend", "glossary", "install", "security", "upgrade")
    },
    "docs/coverage.md": (
        "# Coverage\n\n## Proofs\n\n| id | proof |\n| --- | --- |\n"
        "| KPI-1 | `addons/crm_kpi/tests/test_kpi.py::TestKpi::test_the_sum_is_right` |\n"
    ),
    "addons/crm_deadline/__manifest__.py": manifest("Deadlines", ["crm"]),
    "addons/crm_deadline/readme/DESCRIPTION.md": "Deadlines.\n",
    "addons/crm_kpi_sale/__manifest__.py": manifest(
        "KPI of sales", ["crm_kpi", "sale_crm"], '"auto_install": True,'
    ),
    "addons/crm_kpi_sale/readme/DESCRIPTION.md": "KPI of sales.\n",
    "addons/crm_kpi/__manifest__.py": manifest("KPI", ["crm", "crm_deadline"], DATA),
    "addons/crm_kpi/readme/DESCRIPTION.md": "KPI.\n",
    "addons/crm_kpi/i18n/crm_kpi.pot": "",
    "addons/crm_kpi/i18n/ru.po": "",
    "addons/crm_kpi/logic/score.py": LOGIC,
    **model(),
    "addons/crm_kpi/security/ir.model.access.csv": ACCESS,
    "addons/crm_kpi/security/groups.xml": xml(GROUPS),
    "addons/crm_kpi/security/rules.xml": xml(COMPANY_RULE),
    "addons/crm_kpi/views/crm_kpi_views.xml": xml(view("crm_kpi_view_form") + ACTION),
    "addons/crm_kpi/views/menus.xml": xml('<menuitem id="crm_kpi_menu" name="KPI"/>'),
    "addons/crm_kpi/tests/__init__.py": "from . import test_kpi\n",
    "addons/crm_kpi/tests/test_kpi.py": TEST,
}

KPI = "addons/crm_kpi"
VIEWS = f"{KPI}/views/crm_kpi_views.xml"
SALE = "addons/crm_kpi_sale/__manifest__.py"
SURVEYS = {
    "addons/crm_surveys/__manifest__.py": manifest("Surveys", ["crm"]),
    "addons/crm_surveys/models/crm_survey.py": MODEL.replace("crm.kpi", "crm.survey"),
}
HOME = "/" + "work/project"

BROKEN: list[tuple[str, dict[str, str]]] = [
    (
        "arrows-feature",
        SURVEYS | {f"{KPI}/__manifest__.py": manifest("KPI", ["crm", "crm_surveys"], DATA)},
    ),
    ("arrows-feature", {"addons/crm_deadline/__manifest__.py": manifest("D", ["crm_kpi"])}),
    ("arrows-bridge", {SALE: manifest("B", ["crm_kpi", "a", "b"], '"auto_install": True,')}),
    ("arrows-bridge", {SALE: manifest("B", ["sale", "crm"], '"auto_install": True,')}),
    ("arrows-bridge-name", {SALE: manifest("B", ["crm_kpi", "stock"], '"auto_install": True,')}),
    ("arrows-mention", SURVEYS | method('return self.env["crm.survey"]')),
    ("arrows-mention", SURVEYS | method('return self.env.ref("crm_surveys.thing")')),
    ("manifest-keys", {SALE: manifest("B", ["crm"]).replace("LGPL", "AGPL")}),
    ("manifest-keys", {SALE: manifest("B", ["crm"]).replace("19.0.1", "1")}),
    ("manifest-files-exist", {SALE: manifest("B", ["crm"], '"data": ["data/none.xml"],')}),
    ("manifest-files-listed", {f"{KPI}/data/forgotten.xml": xml("")}),
    (
        "manifest-assets-exist",
        {SALE: manifest("B", ["crm"], '"assets": {"web.assets_backend": ["crm_kpi_sale/no.js"]},')},
    ),
    ("manifest-libraries", model(head="import pandas\n")),
    ("names-model", {f"{KPI}/models/crm_goal.py": MODEL.replace("crm.kpi", "crm.goal")}),
    ("names-file", {f"{KPI}/models/goals.py": MODEL.replace("crm.kpi", "crm.kpi.goal")}),
    ("names-field", model('team = fields.Many2one("crm.team")')),
    ("names-field", model("late = fields.Boolean()")),
    ("ids-view", {VIEWS: xml(view("view_kpi"))}),
    (
        "ids-view",
        {
            VIEWS: xml(
                '<record id="kpi_lead" model="ir.ui.view"><field name="model">crm.lead</field>'
                '<field name="inherit_id" ref="crm.crm_lead_view_form"/></record>'
            )
        },
    ),
    ("ids-view-file", {VIEWS: xml(view("crm_lead_view_form", model_name="crm.lead"))}),
    ("ids-action", {VIEWS: xml(ACTION.replace("crm_kpi_action", "open_kpi"))}),
    ("ids-action", {f"{KPI}/views/menus.xml": xml('<menuitem id="kpi" name="KPI"/>')}),
    ("ids-security", {f"{KPI}/security/groups.xml": xml(GROUPS.replace("group_user", "boss"))}),
    ("ids-security", {f"{KPI}/security/ir.model.access.csv": ACCESS.replace("crm_kpi_u", "u")}),
    (
        "ids-privilege",
        {f"{KPI}/security/groups.xml": xml(GROUPS + GROUPS.replace("privilege", "second", 1))},
    ),
    ("never-onchange", model('@api.onchange("name")\ndef _onchange_name(self):\n    return 1')),
    ("never-commit", method("self.env.cr.commit()")),
    ("never-raw-sql", method('self.env.cr.execute("DELETE FROM crm_kpi")')),
    ("never-raw-sql", method('text = f"DELETE {self}"\n    self.env.cr.execute(text)')),
    ("never-raw-sql", method('return SQL("SELECT %s" % self.id)')),
    ("never-eval", method("return eval(self.name)")),
    ("never-eval", method("return safe_eval(self.name)")),
    ("never-unexplained-sudo", method("return self.sudo().name")),
    (
        "never-unexplained-sudo",
        method("# sudo: of something else\n\n    return self.sudo().name"),
    ),
    ("never-context-switch", method('return self.env.context.get("skip_check")')),
    ("never-context-switch", method('return "no_gate" in self.env.context')),
    ("never-if-installed", method('return "sale.order" in self.env')),
    ("never-silent-except", method("try:\n        return 1\n    except ValueError:\n        pass")),
    ("never-silent-except", method("try:\n        return 1\n    except:\n        return 2")),
    (
        "never-unprotected-route",
        method('return http.route("/x", type="http", csrf=False)'),
    ),
    (
        "never-stored-clock",
        model(
            'is_late = fields.Boolean(compute="_compute_is_late", store=True)\n'
            "def _compute_is_late(self):\n    self.is_late = fields.Date.today()"
        ),
    ),
    (
        "never-required-on-foreign-model",
        {
            f"{KPI}/models/gate/crm_lead.py": MODEL.replace("_name", "_inherit")
            .replace("crm.kpi", "crm.lead")
            .replace("Char()", "Char(required=True)")
        },
    ),
    ("never-unsanitized", model("body = fields.Html(sanitize=False)")),
    ("always-docstring", {f"{KPI}/models/crm_kpi.py": "class A:\n    x = 1\n"}),
    ("always-hook-docstring", method("pass")),
    ("always-description", {f"{KPI}/models/crm_kpi.py": MODEL.replace("_description", "_order")}),
    ("always-access-line", {f"{KPI}/security/ir.model.access.csv": ACCESS.splitlines()[0]}),
    (
        "always-access-group",
        {f"{KPI}/security/ir.model.access.csv": ACCESS.replace("group_user", "")},
    ),
    ("always-company-rule", {f"{KPI}/security/rules.xml": xml("")}),
    (
        "always-dialog-rule",
        {f"{KPI}/models/crm_kpi.py": MODEL.replace("s.Model", "s.TransientModel")},
    ),
    ("logic-imports", {f"{KPI}/logic/score.py": "from odoo import fields\n" + LOGIC}),
    ("logic-imports", {f"{KPI}/logic/score.py": "from ..models import crm_kpi\n" + LOGIC}),
    ("logic-imports", {f"{KPI}/logic/score.py": "import os\n" + LOGIC}),
    ("logic-pure", {f"{KPI}/logic/score.py": LOGIC + "\nNOW = datetime.now()\n"}),
    ("logic-typed", {f"{KPI}/logic/score.py": LOGIC.replace(" -> float", "")}),
    ("logic-typed", {f"{KPI}/logic/score.py": LOGIC.replace("done: float", "done")}),
    ("tests-exist", {f"{KPI}/tests/test_kpi.py": "", **SURVEYS}),
    ("tests-imported", {f"{KPI}/tests/test_other.py": TEST}),
    ("tests-packages", {"tests/scenarios/test_story.py": TEST}),
    ("tests-can-fail", {f"{KPI}/tests/test_kpi.py": TEST.replace("self.assertEqual", "print")}),
    ("tests-common", {f"{KPI}/tests/common.py": TEST}),
    ("tests-no-focus", {f"{KPI}/static/tests/kpi.test.js": "test.only('x', () => 1);\n"}),
    ("idioms-python", model('_sql_constraints = [("a", "b", "c")]')),
    ("idioms-xml", {VIEWS: xml(view("crm_kpi_view_list", "<tree/>"))}),
    ("never-unfinished", {"docs/architecture.md": "# A\n\nTO" + "DO: write\n"}),
    ("never-bare-silence", {f"{KPI}/logic/score.py": LOGIC + "\nx = 1  # no" + "qa: E501\n"}),
    ("never-machine", {"docs/architecture.md": f"# A\n\nsee {HOME}\n"}),
    ("never-machine", {"docs/architecture.md": "# A\n\nhttps://packages.internal/simple\n"}),
    ("never-machine", {"docs/architecture.md": "# A\n\n203.0.113.7\n"}),
    ("docs-present", {f"{KPI}_b/__manifest__.py": manifest("B", ["crm"])}),
    ("docs-links", {"README.md": "[x](docs/none.md)\n"}),
    ("docs-links", {"README.md": "[x](docs/coverage.md#none)\n"}),
    ("docs-proofs", {"docs/coverage.md": "| A-1 | `tests/test_none.py::test_x` |\n"}),
    ("docs-proofs", {"docs/coverage.md": f"| A-1 | `{KPI}/tests/test_kpi.py::test_x` |\n"}),
    ("docs-proofs", {"docs/security.md": "| T1 | `tests/test_none.py::test_x` |\n"}),
    (
        "never-shadowed",
        model("def action_open(self):\n    return 1")
        | {
            "addons/crm_kpi_sale/models/crm_kpi.py": MODEL.replace("_name", "_inherit")
            + "    def action_open(self):\n        return 2\n"
        },
    ),
    ("docs-hooks", model('def _get_it(self):\n    """Hook: return it."""\n    return 1')),
    ("docs-addon-table", {"README.md": "# Suite without a table\n"}),
    ("docs-translated", SURVEYS),
]

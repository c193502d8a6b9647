"""Breaches that are right where they stand: (rule, file) with the reason.

An entry without a breach fails the tests, so the list can only hold what is still needed.
"""

FOLLOWS_THE_COMPLAINT = (
    "a part of a complaint is read, found and counted by the rules of its complaint, that of the"
    " companies among them; see models/case/crm_complaint_part.py"
)

WAIVERS: dict[tuple[str, str], str] = {
    (
        "always-company-rule",
        "addons/crm_complaints/models/cause/crm_complaint_cause_share.py",
    ): FOLLOWS_THE_COMPLAINT,
    (
        "always-company-rule",
        "addons/crm_complaints/models/decision/crm_complaint_cost_report.py",
    ): FOLLOWS_THE_COMPLAINT,
    ("manifest-libraries", "addons/crm_knowledge/documents.py"): (
        "the manifest names the package markdown-it-py, which is imported as markdown_it"
    ),
    ("always-company-rule", "addons/crm_deadline/models/crm_deadline_clock.py"): (
        "who may read a clock is decided by the record it belongs to, also when that record"
        " changes its company; see security/rules.xml"
    ),
}

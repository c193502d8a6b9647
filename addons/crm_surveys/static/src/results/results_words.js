import { _t } from "@web/core/l10n/translation";

/** What the metrics are called, and what their good and bad answers are. */
export const METRICS = {
    nps: { name: _t("NPS"), unit: "", good: _t("Promoters"), bad: _t("Detractors"), floor: -100 },
    csat: { name: _t("CSAT"), unit: " %", good: _t("Satisfied"), bad: _t("Not satisfied"), floor: 0 },
    ces: { name: _t("CES"), unit: " %", good: _t("Easy"), bad: _t("Not easy"), floor: 0 },
};

export const CHANGES = {
    better: { icon: "fa-arrow-up", className: "text-success", label: _t("Better than before") },
    worse: { icon: "fa-arrow-down", className: "text-danger", label: _t("Worse than before") },
    same: { icon: "fa-arrows-h", className: "text-muted", label: _t("No clear change") },
};

/** The bounds of a figure, between which the true one lies in 19 of 20 cases. */
export function span({ low, high }) {
    return low === null ? "" : _t("%(low)s to %(high)s", { low, high });
}

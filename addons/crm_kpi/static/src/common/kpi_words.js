import { formatCurrency } from "@web/core/currency";
import { formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { formatFloat } from "@web/core/utils/numbers";

const { DateTime } = luxon;

/** What has no value is a dash, never 0. */
export const NO_VALUE = "–";

export const ZONES = { green: "success", yellow: "warning", red: "danger" };

function isMissing(value) {
    return value === null || value === undefined || value === false;
}

export function tellNumber(value, digits = 0) {
    return isMissing(value) ? NO_VALUE : formatFloat(value, { digits: [16, digits] });
}

export function tellPercent(value) {
    return isMissing(value) ? NO_VALUE : `${tellNumber(value, 1)} %`;
}

/** A value in the unit of its indicator. */
export function tellValue(value, unit, currency) {
    if (isMissing(value)) {
        return NO_VALUE;
    }
    switch (unit) {
        case "money":
            return formatCurrency(value, currency, { digits: [16, 0] });
        case "percent":
            return tellPercent(value);
        case "hours":
            return _t("%s h", tellNumber(value, 1));
        case "days":
            return _t("%s days", tellNumber(value, 1));
    }
    return tellNumber(value, Number.isInteger(value) ? 0 : 1);
}

/** "November 2026" for the days of it; both days for any others. */
export function tellPeriod([first, last]) {
    const [from, to] = [first, last].map((day) => DateTime.fromISO(day));
    const isWhole = (unit) =>
        from.hasSame(from.startOf(unit), "day") && to.hasSame(from.endOf(unit), "day");
    if (isWhole("month")) {
        return from.toFormat("LLLL y");
    }
    if (isWhole("quarter")) {
        return _t("Q%(quarter)s %(year)s", { quarter: from.quarter, year: from.year });
    }
    return isWhole("year") ? from.toFormat("y") : `${formatDate(from)} – ${formatDate(to)}`;
}

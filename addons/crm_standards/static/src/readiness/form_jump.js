import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { revealField } from "./form_walk";

/**
 * @param {Object} record of a form
 * @param {string} name of a field
 * @returns {boolean} whether the form shows the field, on whichever page
 */
export function isOnForm(record, name) {
    const { activeFields, evalContextWithVirtualIds } = record;
    return (
        name in activeFields &&
        !evaluateBooleanExpr(activeFields[name].invisible, evalContextWithVirtualIds)
    );
}

/** Takes the user to a field, opening the page of the form it stands on. */
export async function jumpToField(form, name) {
    const place = await revealField(form, name);
    if (!place) {
        return;
    }
    place.scrollIntoView({ block: "center", behavior: "instant" });
    const input = place.querySelector("input, textarea, select, [contenteditable=true]");
    (input || place).focus();
    place.classList.add("o_standard_readiness_target");
    place.addEventListener(
        "animationend",
        () => place.classList.remove("o_standard_readiness_target"),
        { once: true }
    );
}

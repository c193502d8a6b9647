/**
 * What the figures of an analysis mean, to be read above them and not only where there are none.
 *
 * The text is part of the action's help, which is translated; only its text is shown, never markup.
 *
 * @param {string} [help] HTML of the action's help
 * @returns {string} empty if the help explains nothing
 */
export function explanationOf(help) {
    const page = new DOMParser().parseFromString(help || "", "text/html");
    const text = page.querySelector(".o_standard_explanation")?.textContent || "";
    return text.trim().replace(/\s+/g, " ");
}

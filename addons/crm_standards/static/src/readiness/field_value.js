// Formatting alone says nothing; an icon, a picture, a table or a list does.
const HTML_CONTENT =
    ":not(p, div, section, span, br, b, i, font), :is(i, span):is(.fa, .fab, .fad, .far, .oi)";

function hasHtmlContent(html) {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    return body.textContent.trim() !== "" || body.querySelector(HTML_CONTENT) !== null;
}

/**
 * Tells whether a value of the form counts as filled in: the rule of the server (`is_filled`), for
 * the values of the web client. Blank text, an unticked box, an empty list and the number zero do
 * not; nor does the choice "0", which is how Odoo writes "no priority".
 *
 * @param {any} value as in `record.data`
 * @param {string} type of the field, e.g. "char" or "one2many"
 * @returns {boolean}
 */
export function isFilled(value, type) {
    switch (type) {
        case "selection":
            return Boolean(value) && value !== "0";
        case "html":
            return Boolean(value) && hasHtmlContent(value.toString());
        case "one2many":
        case "many2many":
            return Boolean(value) && value.count > 0;
        default:
            return typeof value === "string" ? value.trim() !== "" : Boolean(value);
    }
}

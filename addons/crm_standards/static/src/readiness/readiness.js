// From lenient to strict.
const STRENGTHS = ["open", "advise", "record", "block"];

/**
 * @param {{ strength: string }[]} needs
 * @returns {string} the strictest of them; "open" where there is none
 */
function strictest(needs) {
    const worst = Math.max(0, ...needs.map((need) => STRENGTHS.indexOf(need.strength)));
    return STRENGTHS[worst];
}

// Two rules that a reader cannot tell apart are one to him.
const identity = ({ standard, rule, missing, todo }) =>
    JSON.stringify([standard, rule, ...[...missing, ...todo].map((thing) => thing.name)]);

/**
 * Brings what the server said about a lead up to the form's present values.
 *
 * @param {Object} readiness `{ is_new, lacking: [need], ways: [way] }` as the server sends it; empty
 *  where no rule speaks to the lead
 * @param {(field: Object) => boolean} isMissing whether a field of a need is empty now
 * @returns {Object} `lacking`: open needs of the stage where the lead is; `next`: the way it will
 *  most likely take; `others`: the other ways; `isEmpty`: there is nothing to show.
 *  A need has got `missing`, its empty fields, and `todo`, its other things that are not there yet;
 *  one that asks for another path stays open.
 *  A way has got its `strength`, the `needs` that are open, and the `fresh` ones among them, which
 *  do not stand in `lacking` already.
 */
export function follow(readiness, isMissing) {
    const { is_new: isNew = false, lacking: asked = [], ways: known = [] } = readiness;
    const stillOpen = (needs) =>
        needs
            .map((need) => ({
                ...need,
                missing: need.fields.filter(isMissing),
                todo: (need.items || []).filter((item) => !item.is_met),
            }))
            .filter((need) => need.is_path || need.missing.length || need.todo.length);
    const lacking = stillOpen(asked);
    const said = new Set(lacking.map(identity));
    const ways = known.map((way) => {
        const needs = stillOpen(way.needs);
        const fresh = needs.filter((need) => !said.has(identity(need)));
        return { ...way, needs, fresh, strength: strictest(needs) };
    });
    return {
        isNew,
        lacking,
        next: ways.find((way) => way.is_next),
        others: ways.filter((way) => !way.is_next),
        isEmpty: !asked.length && !ways.length,
    };
}

/** Fields of the form itself; those inside another widget belong to its lines. */
function findDrawn(root, name) {
    const widgets = root.querySelectorAll(`.o_field_widget[name="${name}"]`);
    return [...widgets].find(
        (el) => el.checkVisibility() && !el.parentElement.closest(".o_field_widget")
    );
}

function outerNotebooks(root) {
    return [...root.querySelectorAll(".o_notebook")].filter(
        (el) => !root.contains(el.parentElement.closest(".o_notebook"))
    );
}

const isOpen = (tab) => tab.classList.contains("active");

/** Opens a page and waits for the patch of the screen that draws it: the same one marks its tab. */
function openPage(tab) {
    return new Promise((resolve) => {
        const observer = new MutationObserver(() => {
            if (isOpen(tab)) {
                observer.disconnect();
                resolve();
            }
        });
        observer.observe(tab, { attributeFilter: ["class"] });
        tab.click();
    });
}

/**
 * Finds a field of a form. A page of a notebook is in the document only while it is open: pages are
 * opened one after the other until the field appears, notebooks inside pages too. Where it is on
 * none of them the pages that were open before are open again.
 *
 * @param {HTMLElement} root a form, or a part of it
 * @param {string} name of the field
 * @returns {Promise<HTMLElement | null>} the field's element, on screen
 */
export async function revealField(root, name) {
    const drawn = findDrawn(root, name);
    if (drawn) {
        return drawn;
    }
    for (const notebook of outerNotebooks(root)) {
        const tabs = [
            ...notebook.querySelectorAll(
                ":scope > .o_notebook_headers .nav-item:not(.disabled) > .nav-link"
            ),
        ];
        const before = tabs.find(isOpen);
        for (const tab of [before, ...tabs.filter((tab) => tab !== before)]) {
            if (!isOpen(tab)) {
                await openPage(tab);
            }
            const content = notebook.querySelector(":scope > .o_notebook_content");
            const place = await revealField(content, name);
            if (place) {
                return place;
            }
        }
        if (!isOpen(before)) {
            await openPage(before);
        }
    }
    return null;
}

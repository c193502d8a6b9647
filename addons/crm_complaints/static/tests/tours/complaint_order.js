import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

const tours = registry.category("web_tour.tours");
const CARD = ".o_kanban_record:contains('Count the stock')";

/** Choose somebody in a field of the dialog. */
const choose = (field, name) => [
    {
        trigger: `.modal div[name=${field}] input`,
        run: `edit ${name}`,
    },
    {
        trigger: `.o-autocomplete--dropdown-item:contains('${name}')`,
        run: "click",
    },
];

/** Open one's tasks as an employee who has nothing else of complaints. */
const openTasks = () =>
    stepUtils.goToAppSteps("crm_complaints.crm_complaint_task_menu_root", "Tasks have their app");

/** Say the result, or why, and do it. */
const say = (field, text) => [
    {
        trigger: `.modal div[name=${field}] textarea`,
        run: `edit ${text}`,
    },
    {
        trigger: ".modal-footer button[name=action_do]:visible",
        run: "click",
    },
    {
        trigger: "body:not(:has(.modal))",
    },
];

/** Whoever works on the complaint gives an order that somebody checks. */
tours.add("complaint_order_give", {
    steps: () => [
        {
            trigger: ".o_complaint_more",
            run: "click",
        },
        {
            trigger: ".o-dropdown--menu button[name=action_order]",
            run: "click",
        },
        {
            trigger: ".modal div[name=name] input",
            run: "edit Count the stock",
        },
        ...choose("user_id", "Otto Outsider"),
        ...choose("controller_id", "Sam Seller"),
        {
            content: "Give it",
            trigger: ".modal-footer button[special=save]",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
        {
            trigger: ".o_form_saved",
        },
    ],
});

/** Whoever got the order accepts it and says what came of it. */
tours.add("complaint_order_do", {
    steps: () => [
        ...openTasks(),
        {
            content: "Accept on the card",
            trigger: `${CARD} a[name=action_accept]`,
            run: "click",
        },
        {
            trigger: `${CARD} a[name=action_finish]`,
            run: "click",
        },
        ...say("result", "Some are left"),
        {
            content: "Nothing is left to do",
            trigger: `.o_kanban_view:not(:has(${CARD}))`,
        },
    ],
});

/** The controller is not content and sends it back. */
tours.add("complaint_order_return", {
    steps: () => [
        ...openTasks(),
        {
            content: "What he has to check stands beside his own tasks",
            trigger:
                ".o_menu_sections [data-menu-xmlid='crm_complaints.crm_complaint_task_menu_root_given']",
            run: "click",
        },
        {
            content: "Open it, to read the result",
            trigger: `${CARD} span:contains('Count the stock')`,
            run: "click",
        },
        {
            trigger: ".o_form_view div[name=result]:contains('Some are left')",
        },
        {
            trigger: "button[name=action_return]",
            run: "click",
        },
        ...say("text", "How many exactly?"),
        {
            trigger: ".o_form_view .alert:contains('How many exactly?')",
        },
    ],
});

/** It is done once more, as the controller asked. */
tours.add("complaint_order_redo", {
    steps: () => [
        ...openTasks(),
        {
            content: "The card says why it came back",
            trigger: `${CARD}:contains('How many exactly?') a[name=action_finish]`,
            run: "click",
        },
        ...say("result", "Eight are left"),
        {
            trigger: `.o_kanban_view:not(:has(${CARD}))`,
        },
    ],
});

/** The controller agrees. */
tours.add("complaint_order_check", {
    steps: () => [
        {
            trigger: `${CARD} a[name=action_check]`,
            run: "click",
        },
        {
            content: "It is over",
            trigger: `.o_kanban_view:not(:has(${CARD}))`,
        },
    ],
});

import { Component } from "@odoo/owl";

/** How far the invitations of the period got, and why some were not sent. */
export class ResultsFunnel extends Component {
    static template = "crm_surveys.ResultsFunnel";
    static props = { funnel: Object };
}

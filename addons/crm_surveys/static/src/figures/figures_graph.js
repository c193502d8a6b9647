import { registry } from "@web/core/registry";
import { graphView } from "@web/views/graph/graph_view";

/** A graph that leaves a point out where answers are too few: a zero would be a figure. */
export class FiguresGraphModel extends graphView.Model {
    async _loadDataPoints(metaData) {
        const [points, ...others] = await super._loadDataPoints(metaData);
        return [points.filter((point) => point.value !== false), ...others];
    }
}

registry.category("views").add("crm_survey_figures_graph", {
    ...graphView,
    Model: FiguresGraphModel,
});

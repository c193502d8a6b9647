import { registry } from "@web/core/registry";
import { GraphController } from "@web/views/graph/graph_controller";
import { graphView } from "@web/views/graph/graph_view";
import { PivotController } from "@web/views/pivot/pivot_controller";
import { pivotView } from "@web/views/pivot/pivot_view";

import { explanationOf } from "./explanation";

/** A pivot that says above its figures what they mean. */
export class ExplainedPivotController extends PivotController {
    static template = "crm_standards.ExplainedPivotView";

    get explanation() {
        return explanationOf(this.props.info.noContentHelp);
    }
}

/** A graph that says above its figures what they mean. */
export class ExplainedGraphController extends GraphController {
    static template = "crm_standards.ExplainedGraphView";

    get explanation() {
        return explanationOf(this.props.info.noContentHelp);
    }
}

const views = registry.category("views");
views.add("standard_explained_pivot", { ...pivotView, Controller: ExplainedPivotController });
views.add("standard_explained_graph", { ...graphView, Controller: ExplainedGraphController });

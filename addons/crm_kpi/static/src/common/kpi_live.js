import { onWillStart, onWillUnmount } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { debounce } from "@web/core/utils/timing";

const CHANNEL = "crm_kpi";
const CHANGED = "crm_kpi/changed";

/** Load again when something was counted: several sources at once make one load. */
export function useLive(load) {
    const bus = useService("bus_service");
    const again = debounce(load, 2000);
    const listen = () => again();
    onWillStart(() => {
        bus.addChannel(CHANNEL);
        bus.subscribe(CHANGED, listen);
    });
    onWillUnmount(() => {
        again.cancel();
        bus.unsubscribe(CHANGED, listen);
    });
}

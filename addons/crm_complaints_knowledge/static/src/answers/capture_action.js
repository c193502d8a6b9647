import { ASKABLE } from "@crm_knowledge/answers/capture_action";

ASKABLE.add("crm.complaint");

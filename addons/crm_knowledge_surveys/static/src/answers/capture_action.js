import { ASKABLE } from "@crm_knowledge/answers/capture_action";

ASKABLE.add("survey.user_input");
ASKABLE.add("crm.survey.followup");

"""What the log of stages tells: stays, journeys, bottlenecks, trials on history."""

from . import (
    crm_standard_dry_run,
    crm_standard_dry_run_judge,
    crm_standard_dry_run_line,
    crm_standard_dry_run_moves,
    crm_standard_dry_run_note,
    crm_standard_dry_run_stays,
    crm_standard_dry_run_total,
    crm_standard_journey,
    crm_standard_journey_draw,
    crm_standard_path,
    crm_standard_rule_history,
    crm_standard_signal,
    crm_standard_stay,
    crm_standard_stay_draw,
    crm_standard_stay_measure,
    crm_standard_trial,
    crm_team_signal,
    res_company_signal,
    res_config_settings_signal,
)

package io.cronlink.alarm;

/**
 * @param inForce what is alarmed on: null where nothing is
 * @param set what the job has of its own: null where it goes by the settings, zero where it has switched off what they ask for
 */
record JobAlarms(long jobid, AlarmRules inForce, AlarmRules set) {}

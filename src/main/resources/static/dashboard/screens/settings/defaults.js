/** What holds for each job that says nothing else. */
import {html} from "htm/preact/standalone.module.js";
import {PropertyForm} from "./form.js";

const GROUPS = [
    {
        title: "When a job fires",
        help: "What a job says itself goes before these. A change is in force at once, also for jobs that are there.",
        fields: [
            {name: "timezone", label: "Time zone", kind: "zone",
                help: "Of schedules without one of their own. To change it moves their next fires."},
            {name: "overlap", label: "It fires while it still runs", kind: "choice",
                help: "Of a job that takes longer than the time between its fires.",
                choices: [["queue", "wait (at most one)"], ["skip", "skip it"], ["allow", "run side by side"]]},
            {name: "catchUp", label: "Fires missed while nothing could fire", kind: "choice",
                help: "After an outage, or while all was paused.",
                choices: [["once", "make up for one"], ["all", "make up for all"], ["skip", "skip them"]]},
            {name: "catchUpLimit", label: "Of all, so many at most", kind: "number",
                help: "Of the fires of one job that are made up for, the latest ones: 1 to 10,000."},
            {name: "startDeadline", label: "Start at the latest after", kind: "duration", nullable: "no limit",
                help: "A run that could not start this long after its time is skipped."},
        ],
    },
    {
        title: "When a run fails or takes long",
        fields: [
            {name: "timeout", label: "A run takes at most", kind: "duration", nullable: "no limit",
                help: "One that takes longer is canceled, and has failed."},
            {name: "maxAttempts", label: "Attempts in all", kind: "number",
                help: "1: a failed run is not tried again. Up to 100."},
            {name: "retryDelay", label: "Pause before the second attempt", kind: "duration",
                help: "It doubles from one attempt to the next."},
            {name: "maxRetryDelay", label: "Pause between attempts at most", kind: "duration",
                help: "The doubling goes no further than this."},
            {name: "maxFailures", label: "Deactivate after failures in a row", kind: "number", nullable: "never",
                help: "Runs that failed at their last attempt. A deactivated job does not fire until somebody resumes it."},
        ],
    },
    {
        title: "History",
        fields: [
            {name: "logLevel", label: "Runs that are recorded", kind: "choice",
                help: "What is not recorded is not seen on any screen.",
                choices: [["all", "all"], ["failures", "failures only"], ["none", "none"]]},
        ],
    },
];

export default () => html`<${PropertyForm} path="/settings" groups=${GROUPS} />`;

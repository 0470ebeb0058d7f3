/** How much may run side by side, and how patient the scheduler is with it. */
import {html} from "htm/preact/standalone.module.js";
import {PropertyForm} from "./form.js";

const GROUPS = [
    {
        title: "Side by side",
        help: "Each run takes one session of the server. Groups limit some jobs further.",
        fields: [
            {name: "maxRunningJobs", label: "Runs at once, of all jobs", kind: "number",
                help: "1 to 1000. If it is lowered, what runs goes on, and nothing more starts until fewer run."},
            {name: "maxRunningJobsPerRole", label: "Of those, for one role", kind: "number",
                nullable: "three quarters",
                help: "So that one role's jobs leave room for others'. Without it: three quarters, or all where only one role logs in."},
            {name: "reservedRunningJobs", label: "Places kept for roles of which nothing runs", kind: "number",
                help: "One for each such role, so many at most, and never more than a quarter of all."},
        ],
    },
    {
        title: "Sessions",
        fields: [
            {name: "connectTimeout", label: "Waiting for a connection", kind: "duration",
                help: "To another database or host: from 2 s to 1 h."},
            {name: "workerIdleTimeout", label: "Idle session kept", kind: "duration",
                help: "A session without work for this long is closed. Longer: runs start faster after a pause."},
            {name: "workerMaxAge", label: "Age of a session at most", kind: "duration",
                help: "An older one is replaced as soon as it is idle, so that its memory is given back."},
            {name: "cancelGrace", label: "Time to stop after a cancel", kind: "duration",
                help: "A run that has not stopped by then has its session terminated."},
        ],
    },
    {
        title: "Superusers",
        fields: [
            {name: "enableSuperuserJobs", label: "Superusers may have jobs", kind: "switch",
                help: "No: their jobs are refused."},
        ],
    },
];

export default () => html`<${PropertyForm} path="/settings" groups=${GROUPS} />`;

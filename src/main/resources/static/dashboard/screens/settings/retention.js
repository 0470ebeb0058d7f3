/** How long what has been is remembered. */
import {html} from "htm/preact/standalone.module.js";
import {PropertyForm} from "./form.js";

const GROUPS = [
    {
        title: "History of runs",
        help: "What is older is removed for good, a little at a time.",
        fields: [
            {name: "keepRuns", label: "Succeeded and skipped runs", kind: "duration", nullable: "for ever", help: "Up to 100 years."},
            {name: "keepFailedRuns", label: "Failed runs", kind: "duration", nullable: "for ever",
                help: "With their errors: usually longer than those that went well."},
            {name: "keepRunsPerJob", label: "Runs of each job at most", kind: "number", nullable: "no limit",
                help: "The latest ones. It keeps a job that fires each second from filling the history."},
        ],
    },
    {
        title: "Audit",
        fields: [
            {name: "keepAudit", label: "Who changed or ran what", kind: "duration", nullable: "for ever",
                help: "Older entries are removed."},
        ],
    },
    {
        title: "Cost of runs",
        fields: [
            {name: "measureRuns", label: "Runs that are measured", kind: "choice",
                help: "What they write to the write-ahead log, read, and keep in temporary files. To measure takes 0.1 ms a run. "
                    + "A sample has those that last, and one in 32 of the others.",
                choices: [["sample", "a sample"], ["all", "all"], ["none", "none"]]},
        ],
    },
];

export default () => html`<${PropertyForm} path="/settings" groups=${GROUPS} />`;

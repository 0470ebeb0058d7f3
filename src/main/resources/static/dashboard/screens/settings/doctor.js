/** A check-up: what must be so for jobs to run, whether it is, and where it is mended. */
import {html} from "htm/preact/standalone.module.js";
import {Sign} from "../../parts/sign.js";
import {Failure, Loading} from "../../parts/states.js";
import {useLoad} from "../../rest.js";
import {relative} from "../../time.js";
import {count, nameOf, number} from "../../words.js";
import {readAll} from "./pages.js";

const FULL = 0.9;
const LATE_MILLISECONDS = 10_000;
const NAMED = 5;

const good = (name, text, href) => ({name, text, href, sign: "✓", tone: "good", word: "good"});
const bad = (name, text, href, link) => ({name, text, href, link, sign: "✕", tone: "bad", word: "bad"});
const doubtful = (name, text, href, link) => ({name, text, href, link, sign: "◔", tone: "warn", word: "to be seen to"});

/** What REST tells, in one go. */
async function examine(client, signal) {
    const [scheduler, logins, alarms, tests, jobs] = await Promise.all([
        client.read("/scheduler", {}, {signal}),
        readAll(client, "/logins", "logins", {}, {signal}),
        client.read("/alarms", {open: true, limit: 1000}, {signal}),
        client.read("/alarms", {kind: "test", limit: 1}, {signal}),
        readAll(client, "/jobs", "jobs", {active: true}, {signal, most: 3}),
    ]);
    return [
        ...ofLeader(scheduler),
        ...ofDatabase(scheduler),
        ofWork(scheduler),
        ofFaults(scheduler),
        ofLogins(logins.all),
        ofConnections(scheduler),
        ofJobs(jobs),
        ofFailing(scheduler),
        ofAlarms(alarms),
        ofChannels(tests.alarms[0]),
    ];
}

function ofLeader({leaderPid, ticking, lastTick, paused}) {
    return [
        leaderPid ? good("Somebody leads", `Process ${leaderPid} runs the scheduler.`, "/settings/scheduler")
            : bad("Somebody leads", "Nobody runs the scheduler: nothing fires. Start a service, and see its log.", "/settings/scheduler"),
        ticking ? good("It ticks", "It gave a sign of life within the last 5 s.", "/settings/scheduler")
            : bad("It ticks", `Its last sign of life was ${relative(lastTick)}: it is down, or stuck.`, "/settings/scheduler"),
        paused ? bad("Not paused", "Everything is paused: nothing fires, nothing starts.", "/settings/scheduler", "Resume")
            : good("Not paused", "Jobs fire as scheduled.", "/settings/scheduler"),
    ];
}

function ofDatabase({copyNotice, readOnly, database}) {
    return [
        copyNotice ? bad("The original", copyNotice, "/settings/scheduler")
            : good("The original", `${database} is no copy of another database.`),
        readOnly ? bad("Writable", "The server takes no writes unless asked to: a standby, or default_transaction_read_only.",
            "/settings/scheduler")
            : good("Writable", "The server takes writes."),
    ];
}

function ofWork({standstill, oldestWaiting, waiting}) {
    if (standstill.length) {
        return bad("Work goes on", standstill.map(cause => cause.message).join(" "), "/settings/scheduler", "See why");
    }
    if (oldestWaiting && Date.now() - Date.parse(oldestWaiting) > LATE_MILLISECONDS) {
        return doubtful("Work goes on",
            `A run that could start waits since ${relative(oldestWaiting)}, with ${number(waiting - 1)} others.`, "/runs?status=queued",
            "See them");
    }
    return good("Work goes on", "No run waits that could have started.", "/runs?status=queued,running");
}

function ofFaults({faults}) {
    return faults.length ? bad("No faults",
        `${count(faults.length, "thing")} the scheduler could not do, and tries again: ${faults[0].message}`, "/settings/scheduler",
        "See them")
        : good("No faults", "There is nothing that the scheduler could not do.", "/settings/scheduler");
}

function ofLogins(logins) {
    const stopped = logins.filter(login => login.obstacle);
    return stopped.length ? bad("Logins",
        `${stopped.slice(0, NAMED).map(login => login.username).join(", ")}${stopped.length > NAMED ? " and others"
        : ""} cannot log in: the jobs of ${stopped.length === 1 ? "that role" : "these roles"} fail.`, "/settings/logins", "Mend it")
        : good("Logins", `Nothing is known that would keep ${logins.length === 1 ? "the one role"
            : `one of ${count(logins.length, "role")}`} with jobs from logging in.`, "/settings/logins");
}

function ofConnections({connections, maxConnections, maxRunningJobs, workers}) {
    const all = `${number(connections)} of ${number(maxConnections)} connections are used`;
    if (connections > FULL * maxConnections) {
        return bad("Connections", `${all}: runs may find no place.`, "/settings/limits", "See the limits");
    }
    return connections - workers + maxRunningJobs > FULL * maxConnections
        ? doubtful("Connections", `${all}. Should all ${number(maxRunningJobs)} workers be needed, there may be none left.`,
            "/settings/limits", "See the limits")
        : good("Connections", `${all}, and there is room for all ${number(maxRunningJobs)} workers.`, "/settings/limits");
}

/** A job that follows another, or the start of the scheduler, has no next fire and needs none. */
function ofJobs({all, isWhole}) {
    const never = all.filter(job => job.nextFire === null && !/^\s*@(after|reboot)\b/i.test(job.schedule));
    if (never.length === 0) {
        return good("Each job fires", `Each of ${isWhole ? "" : "the first "}${count(all.length, "active job")} fires again.`,
            "/?sort=nextFire");
    }
    return {
        ...doubtful("Each job fires", never.length === 1 ? "One active job never fires again: "
            : `${count(never.length, "active job")} never fire again: `),
        jobs: never.slice(0, NAMED),
        rest: never.length - NAMED,
    };
}

function ofFailing({failingJobs}) {
    return failingJobs ? bad("No job fails", `${count(failingJobs, "job")} ${failingJobs === 1 ? "fails" : "fail"}.`,
        "/?condition=failing", "See which")
        : good("No job fails", "The last run of each job went well, or there was none.", "/");
}

function ofAlarms({alarms, next}) {
    return alarms.length ? bad("No open alarms",
        `${next === null ? "" : "More than "}${count(alarms.length, "alarm")} ${alarms.length === 1 ? "goes"
        : "go"} on: ${alarms[0].message}`, "/settings/alarms?open=true", "See them")
        : good("No open alarms", "None goes on.", "/settings/alarms");
}

function ofChannels(test) {
    if (!test) {
        return doubtful("Alarms arrive", "Nobody has tried yet whether they do.", "/settings/alarms", "Send a test");
    }
    if (test.deliveries.length === 0) {
        return doubtful("Alarms arrive",
            `When it was tried, ${relative(test.raisedAt)}, no channel was configured: alarms are only recorded.`, "/settings/alarms",
            "Try again");
    }
    const failed = test.deliveries.filter(delivery => !delivery.deliveredAt);
    return failed.length
        ? bad("Alarms arrive", `When it was tried, ${relative(test.raisedAt)}, ${failed.map(delivery =>
            delivery.channel).join(", ")} did not take it.`, "/settings/alarms", "Try again")
        : good("Alarms arrive", `${count(test.deliveries.length, "channel")} took the test ${relative(test.raisedAt)}.`,
            "/settings/alarms");
}

export function Doctor() {
    const load = useLoad(examine, []);
    const checks = load.value;
    const ill = checks?.filter(check => check.tone !== "good").length;
    return html`
        <section class="card doctor">
            <header><div><h2>Doctor</h2><p class="faint small" role="status">
                ${!checks ? "Looks it over…" : ill === 0 ? `All is well: ${count(checks.length, "check")} made.`
                : `${count(ill, "thing")} of ${checks.length} to be seen to.`}</p></div>
                <span class="end"><button type="button" onClick=${load.reload} disabled=${load.isLoading}>
                    Look again</button></span></header>
            ${load.failure && html`<div class="inside"><${Failure} failure=${load.failure} retry=${load.reload} /></div>`}
            ${!checks && !load.failure && html`<${Loading} what="what there is to know" />`}
            ${checks && html`<ul class="lines">${checks.map(check => html`<${Check} key=${check.name} check=${check} />`)}</ul>`}
        </section>`;
}

const Check = ({check}) => html`
    <li>
        <span class="what"><${Sign} sign=${check.sign} word=${check.name} tone=${check.tone} />
            <span class="visually-hidden">: ${check.word}</span></span>
        <p>${check.text}${check.jobs?.map((job, place) => html`${place ? ", " : ""}<a href=${`/jobs/${job.jobid}`}>${nameOf(job)}</a>`)}
            ${check.rest > 0 ? ` and ${number(check.rest)} more.` : ""}
            ${check.tone !== "good" && check.href && html` <a href=${check.href}>${check.link ?? "See to it"}</a>`}</p>
    </li>`;

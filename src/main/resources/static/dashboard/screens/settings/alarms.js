/** Alarms: those that go on and those that were, what is alarmed on, and whether the channels work. */
import {html, useState} from "htm/preact/standalone.module.js";
import {useEvents} from "../../events.js";
import {useQuery} from "../../location.js";
import {Ago, At} from "../../parts/moment.js";
import {Sign} from "../../parts/sign.js";
import {Empty, Failure, Loaded} from "../../parts/states.js";
import {useClient} from "../../rest.js";
import {useSession} from "../../session.js";
import {count} from "../../words.js";
import {PropertyForm} from "./form.js";
import {usePages} from "./pages.js";

const SEVERITIES = {
    critical: {sign: "✕", tone: "bad"},
    error: {sign: "✕", tone: "bad"},
    warning: {sign: "◔", tone: "warn"},
    info: {sign: "○", tone: "calm"},
};
const SHOWN = [["", "open first"], ["true", "open only"], ["false", "ended only"]];
const OFF = "off";
const GROUPS = [
    {
        title: "What is alarmed on, of all jobs",
        help: "A job may have rules of its own, which go before these.",
        fields: [
            {name: "failed", label: "A run failed, after all its attempts", kind: "switch",
                help: "One alarm until the job succeeds again."},
            {name: "recovered", label: "A job is well again", kind: "switch", help: "Says which alarm has ended."},
            {name: "deactivated", label: "A job was deactivated by the scheduler", kind: "switch",
                help: "As too many of its runs failed in a row."},
            {name: "lateAfter", label: "A run has not started after", kind: "duration", nullable: OFF,
                help: "Counted from when it was to."},
            {name: "longAfter", label: "A run takes longer than", kind: "duration", nullable: OFF, help: "While it still runs."},
            {name: "longFactor", label: "A run takes so many times the usual", kind: "number", nullable: OFF,
                help: "Of what 95 in 100 of its successful runs took at most."},
            {name: "noSuccessFor", label: "An active job has not succeeded for", kind: "duration", nullable: OFF,
                help: "Whatever the reason: it never fired, waits or fails."},
            {name: "repeatAfter", label: "Late and long runs of one job again after", kind: "duration", help: "Not more often."},
        ],
    },
    {
        title: "What is alarmed on, of the scheduler",
        fields: [
            {name: "noLeaderAfter", label: "Nobody leads it for", kind: "duration", nullable: OFF, help: "So nothing fires."},
            {name: "tickOlderThan", label: "Its last sign of life is older than", kind: "duration", nullable: OFF,
                help: "It gives one each second."},
            {name: "queueOver", label: "More runs wait than", kind: "number", nullable: OFF, help: "From 1 to 1,000,000."},
            {name: "connectionsOver", label: "The server's connections are used by more than", kind: "number", nullable: OFF,
                help: "Per cent, of max_connections."},
            {name: "clockJumpOver", label: "The server's clock jumps by more than", kind: "duration", nullable: OFF,
                help: "Fires go by that clock."},
        ],
    },
    {
        title: "How alarms are sent",
        help: "The channels themselves, webhooks and mail, are in the service's application.yml.",
        fields: [
            {name: "groupWindow", label: "Gathered for", kind: "duration",
                help: "Alarms of one kind within that time are one message. At most a day."},
            {name: "messagesPerHour", label: "Messages in an hour at most", kind: "number",
                help: "To each channel. The rest is told with the next."},
            {name: "quietFrom", label: "Quiet from", kind: "clock", nullable: OFF,
                help: "What is raised in quiet hours is sent at their end; what is critical at once."},
            {name: "quietUntil", label: "Quiet until", kind: "clock", nullable: OFF, help: "May be before the begin: over night."},
            {name: "quietTimezone", label: "In the time zone", kind: "zone", nullable: "the scheduler's", help: "Of the two times above."},
            {name: "keepAlarms", label: "Ended alarms are kept for", kind: "duration", nullable: "for ever",
                help: "Then they are removed."},
        ],
    },
];

export default function Alarms() {
    const [tests, setTests] = useState(0);
    return html`<${Test} tested=${() => setTests(before => before + 1)} /><${List} key=${tests} />
        <${PropertyForm} path="/alarm-settings" groups=${GROUPS} />`;
}

function Test({tested}) {
    const client = useClient();
    const {mayAdminister} = useSession();
    const [state, setState] = useState({});
    if (!mayAdminister) {
        return null;
    }
    const test = async () => {
        setState({isBusy: true});
        try {
            setState({result: (await client.send("POST", "/alarms/test", {body: {}})).body});
            tested();
        } catch (failure) {
            setState({failure});
        }
    };
    return html`
        <section class="card">
            <header><div><h2>Do alarms arrive?</h2><p class="faint small">Sends a test through each channel of this service, once.</p></div>
                <span class="end"><button type="button" class="primary" disabled=${state.isBusy} onClick=${test}>
                    ${state.isBusy ? "Sending…" : "Send a test"}</button></span></header>
            <div role="status">${state.failure && html`<div class="inside"><${Failure} failure=${state.failure} /></div>`}
                ${state.result && html`<${Result} result=${state.result} />`}</div>
        </section>`;
}

function Result({result}) {
    if (result.channels.length === 0) {
        return html`<div class="inside"><${Sign} sign="✕" word="No channel is configured: alarms are only recorded here." tone="warn" />
            <p class="faint small">Add a webhook or a mail server under cronlink.alarms in application.yml, and start the service
                anew.</p></div>`;
    }
    return html`<ul class="lines">${result.channels.map(channel => html`
        <li key=${channel.channel}>${channel.delivered
            ? html`<${Sign} sign="✓" word="delivered" tone="good" />` : html`<${Sign} sign="✕" word="not delivered" tone="bad" />`}
            <div><p class="strong">${channel.channel}</p>${channel.error
                && html`<p class="small">${channel.error}</p>`}</div></li>`)}</ul>`;
}

function List() {
    const [query, setQuery] = useQuery();
    const open = usePages("/alarms", "alarms", {open: true});
    const ended = usePages("/alarms", "alarms", {open: false});
    useEvents(() => {
        open.reload();
        ended.reload();
    }, event => event.type !== "run-started", 3_000);
    const shows = part => !query.open || query.open === part;
    const raised = shows("true") ? open.value?.entries ?? [] : [];
    const past = shows("false") ? ended.value?.entries ?? [] : [];
    return html`
        <section class="card">
            <header><h2>Alarms</h2><span class="faint small">${open.value ? open.value.entries.length === 0 ? "none goes on"
                : `${count(open.value.entries.length, "alarm")} open` : ""}</span>
                <span class="end"><label>Show <select value=${query.open ?? ""} onChange=${event => setQuery({open: event.target.value})}>
                    ${SHOWN.map(([value, words]) => html`<option value=${value}>${words}</option>`)}</select></label></span></header>
            <${Loaded} load=${shows("true") ? open : ended} what="alarms">${() => raised.length + past.length === 0
                ? html`<${Empty} title="There is no alarm."><p>What is alarmed on is below.</p><//>`
                : html`<ul class="lines">${[...raised, ...past].map(alarm => html`<${Alarm} key=${alarm.alarmid} alarm=${alarm} />`)}
                    </ul>`}<//>
            ${(shows("true") && open.value?.next || shows("false") && ended.value?.next) && html`<p class="inside">
                <button type="button" onClick=${() => (open.more(), ended.more())}>Older ones</button></p>`}
        </section>`;
}

function Alarm({alarm}) {
    const isOpen = alarm.endedAt === null;
    const look = isOpen || alarm.severity === "info" ? SEVERITIES[alarm.severity] : {sign: "✓", tone: "calm"};
    return html`
        <li class=${isOpen ? "" : "ended"}>
            <${Sign} sign=${look.sign} tone=${look.tone} word=${isOpen ? alarm.severity : alarm.kind === "recovered" ? "recovered"
                : alarm.kind === "test" ? "test" : `${alarm.severity}, ended`} />
            <div>
                <p>${alarm.message}</p>
                <p class="faint small">${alarm.kind.replaceAll("_", " ")} · <${At} time=${alarm.raisedAt} />
                    ${isOpen ? html`, goes on since <${Ago} time=${alarm.raisedAt} />` : ""}
                    ${alarm.jobid && html` · <a href=${`/jobs/${alarm.jobid}`}>${alarm.jobname ?? `Job ${alarm.jobid}`}</a>`}
                    ${alarm.runid && html` · <a href=${`/runs/${alarm.runid}`}>run ${alarm.runid}</a>`}</p>
                <p class="faint small">${alarm.deliveries.length === 0 ? "recorded only" : alarm.deliveries.map((delivery, place) => html`
                    ${place ? " · " : ""}<${Delivery} delivery=${delivery} />`)}</p>
            </div>
        </li>`;
}

function Delivery({delivery}) {
    if (delivery.deliveredAt) {
        return html`<span class="good">✓ ${delivery.channel}</span>${delivery.attempts > 1 ? `, at attempt ${delivery.attempts}` : ""}`;
    }
    if (delivery.givenUpAt) {
        return html`<span class="bad">✕ ${delivery.channel}</span>, given up
            after ${count(delivery.attempts, "attempt")}: ${delivery.error}`;
    }
    return html`<span class="warn">⋯ ${delivery.channel}</span>${delivery.error
        ? `, tried ${count(delivery.attempts, "time")}: ${delivery.error}` : ", to be sent"}`;
}

/** The form of a job, new or there: its fields, what they come to, and its way to the server. */
import {html, useEffect, useMemo, useRef, useState} from "htm/preact/standalone.module.js";
import {go} from "../../location.js";
import {fallback, OPTION_GROUPS, OPTIONS, worded} from "../../options.js";
import {useNotify} from "../../parts/notices.js";
import {useClient} from "../../rest.js";
import {count, nameOf} from "../../words.js";
import {Command} from "./command.js";
import {changed, given, NOTHING, only, read, textsOf} from "./draft.js";
import {Field} from "./field.js";
import {useLeaving} from "./leave.js";
import {lastChange, Rival} from "./rival.js";
import {Saving} from "./saving.js";
import {Schedule, usePreview} from "./schedule.js";
import {Saved} from "./saved.js";
import {Yaml} from "./yaml.js";

/** What the service takes only where commands may come over REST. */
const COMMANDS = ["command", "database", "username", "nodename", "nodeport"];

const ZONES = Intl.supportedValuesOf("timeZone");

/**
 * @param jobid the job, or the one that is copied; undefined: neither
 * @param definition what is set of it
 * @param etag the version that was read
 * @param context {settings, scheduler, groups, logins}
 */
export function JobForm({jobid, isCopy, definition, etag, context}) {
    const client = useClient();
    const notify = useNotify();
    const isThere = jobid !== undefined && !isCopy;
    const [base, setBase] = useState(() => ({etag, values: begin(definition, isCopy)}));
    const [texts, setTexts] = useState(() => textsOf(base.values));
    const [refusal, setRefusal] = useState(null);
    const [rival, setRival] = useState(null);
    const [saved, setSaved] = useState(null);
    const [isBusy, setBusy] = useState(false);
    const [isTried, setTried] = useState(false);
    const root = useRef(null);

    const {values, errors} = useMemo(() => read(texts, base.values, isThere, context), [texts, base]);
    const names = changed(base.values, values);
    const preview = usePreview(texts.schedule, texts.timezone);
    const leaving = useLeaving(saved === null && (names.length > 0 || rival !== null));

    const errorOf = name => {
        const refused = refusal && refusal.texts[name] === texts[name] ? refusal.problem.of?.(name) : undefined;
        const unread = errors[name] && (isTried || texts[name].trim() !== "") ? {message: errors[name]} : undefined;
        return unread ?? refused ?? (texts.schedule.trim() === "" ? undefined : preview.failure?.of?.(name));
    };
    const form = {
        texts,
        context,
        errorOf,
        change: (name, text) => setTexts(before => ({...before, [name]: text})),
        isLocked: name => !context.scheduler.commandsOverRest && COMMANDS.includes(name),
    };

    useEffect(() => {
        if (isTried && !isBusy) {
            const field = root.current?.querySelector("[aria-invalid=true], sql-editor.invalid");
            field?.focus();
        }
    }, [refusal, isTried, isBusy]);

    const save = async event => {
        event.preventDefault();
        setTried(true);
        setRefusal(null);
        if (Object.keys(errors).length > 0) {
            return;
        }
        setBusy(true);
        try {
            const {body} = await send(client, {jobid, isThere, isCopy, names, values, etag: base.etag});
            setSaved(body);
            if (!body.warnings?.length) {
                notify(isThere ? `Saved ${nameOf(body)}.` : `Made ${nameOf(body)}.`);
                go(`/jobs/${body.jobid}`, {replace: isThere});
            }
        } catch (problem) {
            if (problem.status === 412) {
                await meet();
            } else {
                setRefusal({problem, texts});
            }
        }
        setBusy(false);
    };

    /** What somebody else has made of the job meanwhile is what this form changes from now on. */
    const meet = async () => {
        try {
            const [theirs, change] = await Promise.all([client.send("GET", `/jobs/${jobid}/definition`), lastChange(client, jobid)]);
            setRival({change, before: base.values, after: theirs.body, names: changed(base.values, theirs.body)});
            setTexts(Object.fromEntries(Object.entries(textsOf(theirs.body)).map(([name, text]) =>
                [name, names.includes(name) ? texts[name] : text])));
            setBase({etag: theirs.etag, values: theirs.body});
        } catch (problem) {
            setRefusal({problem, texts});
        }
    };
    const takeTheirs = () => {
        setTexts(textsOf(base.values));
        setRival(null);
        setRefusal(null);
    };

    if (saved?.warnings?.length) {
        return html`<${Saved} job=${saved} isThere=${isThere} />`;
    }
    return html`
        <form class="edit" ref=${root} onSubmit=${save} noValidate>
            <div class="column">
                ${rival && html`<${Rival} rival=${rival} mine=${values} touched=${names} context=${context} takeTheirs=${takeTheirs} />`}
                ${!context.scheduler.commandsOverRest && html`<${NoCommands} isNew=${jobid === undefined} />`}
                <section class="card" aria-labelledby="what-title">
                    <header><h2 id="what-title">What</h2>
                        <label class="end switch"><input type="checkbox" checked=${texts.active === "true"}
                            onInput=${event => form.change("active", String(event.target.checked))} /> Active: it fires</label></header>
                    <div class="inside fields pair"><${Field} name="jobname" form=${form} />
                        <${Field} name="description" form=${form} /></div>
                </section>
                <${Command} form=${form} values=${values} />
                <${Schedule} form=${form} preview=${preview} zones=${ZONES} />
                <section class="card options" aria-labelledby="options-title">
                    <header><h2 id="options-title">Options</h2><span class="faint small">All of them may stay as they are.</span></header>
                    ${OPTION_GROUPS.map(group => html`<${Group} key=${group.title} ...${group} form=${form} values=${values} />`)}
                </section>
            </div>
            <div class="column aside">
                <${Saving} isThere=${isThere} isCopy=${isCopy} names=${names} before=${base.values} after=${values} context=${context}
                    isBusy=${isBusy} refusal=${refusal?.problem} isAgain=${rival !== null}
                        back=${jobid === undefined ? "/" : `/jobs/${jobid}`} />
                <${Yaml} values=${values} context=${context} />
            </div>
        </form>
        ${leaving}`;
}

/** A copy has no name of its own yet, and does not fire before somebody has looked at it. */
const begin = (definition, isCopy) => isCopy ? {...definition, jobname: null, active: false} : definition ?? NOTHING;

/** Only what changes is sent, so that a copy is whole even where commands are not taken over REST. */
function send(client, {jobid, isThere, isCopy, names, values, etag}) {
    if (isThere) {
        return client.send("PATCH", `/jobs/${jobid}`, {
            body: only(names, values), type: "application/merge-patch+json", headers: etag ? {"If-Match": etag} : {},
        });
    }
    return isCopy
        ? client.send("POST", `/jobs/${jobid}/duplicate`, {body: only(names, values)})
        : client.send("POST", "/jobs", {body: only(given(values), values)});
}

function Group({title, names, form, values}) {
    const set = names.filter(name => isSet(name, values, form.context));
    const hasError = names.some(name => form.errorOf(name));
    const [isOpen, setOpen] = useState(set.length > 0);
    const suggestions = {
        jobGroup: form.context.groups, username: form.context.logins, database: [form.context.scheduler.database],
    };
    return html`
        <details open=${isOpen || hasError} onToggle=${event => setOpen(event.target.open)}>
            <summary><h3>${title}</h3> <span class="faint small">${set.length > 0
                ? set.map(name => `${OPTIONS[name].label.toLowerCase()} ${worded(name, values[name], form.context)}`).join(" · ")
                : names.map(name => OPTIONS[name].label.toLowerCase()).join(", ")}</span></summary>
            <div class="fields pair">${names.map(name => html`
                <${Field} key=${name} name=${name} form=${form} suggestions=${suggestions[name]} />`)}</div>
        </details>`;
}

/** Whether an option is another than it would be by itself. */
function isSet(name, values, context) {
    if (name === "nodeport" && (values.nodename ?? "localhost") === "localhost") {
        return false;
    }
    return values[name] !== null && values[name] !== "" && !(OPTIONS[name].isRequired && values[name] === fallback(name, context));
}

const NoCommands = ({isNew}) => html`
    <div class="notice warn" role="note">
        <p class="strong">Commands are not taken over REST here.</p>
        <p>${isNew ? "So no job can be made in this dashboard. "
            : `Its ${count(COMMANDS.length, "property", "properties")} of what runs, where and as whom stay as they are. `}
            The service's setting is cronlink.jobs.commands-over-rest.</p>
    </div>`;

/** A job is made, changed or copied: /jobs/new, /jobs/new?from=7, /jobs/7/edit. */
import {html, useEffect} from "htm/preact/standalone.module.js";
import {useQuery} from "../location.js";
import {Loaded} from "../parts/states.js";
import {useLoad} from "../rest.js";
import {useSession} from "../session.js";
import {JobForm} from "./edit/form.js";
import {AdministratorsOnly} from "./edit/only.js";

const MOST = 1000;

export default function Edit({jobid}) {
    const {mayAdminister} = useSession();
    return mayAdminister ? html`<${Editor} jobid=${jobid} />` : html`<${AdministratorsOnly} what="make and change jobs" jobid=${jobid} />`;
}

function Editor({jobid}) {
    const [{from}] = useQuery();
    const original = jobid ?? from;
    const load = useLoad((client, signal) => read(client, signal, original), [original]);
    const name = load.value?.definition?.jobname || (original ? `job ${original}` : "");
    const title = jobid ? `Edit ${name}` : original ? `Copy of ${name}` : "New job";
    useEffect(() => {
        document.title = `${title} · Cronlink`;
    }, [title]);
    return html`
        <div class="bar"><h1>${title}</h1>
            ${!original && html`<span class="end"><a class="button" href="/jobs/import">Import a crontab or pg_cron jobs</a></span>`}</div>
        <${Loaded} load=${load} what="the job">${loaded => html`
            <${JobForm} key=${original ?? "new"} jobid=${original} isCopy=${!jobid && Boolean(from)} ...${loaded} />`}<//>`;
}

async function read(client, signal, jobid) {
    const [job, settings, scheduler, groups, logins] = await Promise.all([
        jobid ? client.send("GET", `/jobs/${jobid}/definition`, {signal}) : {},
        client.read("/settings", {}, {signal}),
        client.read("/scheduler", {}, {signal}),
        client.read("/groups", {limit: MOST}, {signal}),
        client.read("/logins", {limit: MOST}, {signal}),
    ]);
    return {
        definition: job.body,
        etag: job.etag,
        context: {
            settings,
            scheduler,
            groups: groups.groups.map(group => group.name),
            logins: logins.logins.map(login => login.username),
        },
    };
}

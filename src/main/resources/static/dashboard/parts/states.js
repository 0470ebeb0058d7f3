/** What a page shows that has nothing to show: that it loads, that there is nothing, or what went wrong. */
import {html} from "htm/preact/standalone.module.js";

export const Loading = ({what = ""}) =>
    html`<p class="loading" role="status"><span class="spinner" aria-hidden="true"></span> Loading ${what}…</p>`;

export const Empty = ({title, children}) => html`<div class="empty"><p class="strong">${title}</p>${children}</div>`;

export function Failure({failure, retry}) {
    return html`
        <div class="notice bad" role="alert">
            <p class="strong">${failure.isOffline ? "The service does not answer." : failure.message}</p>
            ${failure.isOffline && html`<p>What is shown may be old. It is asked again when you do.</p>`}
            ${failure.hint && html`<p>${failure.hint}</p>`}
            ${failure.errors?.filter(error => error.message !== failure.message).map(error =>
                html`<p>${error.field}${error.line ? `, line ${error.line}` : ""}: ${error.message}
                    ${error.hint ? ` ${error.hint}` : ""}</p>`)}
            ${retry && html`<button type="button" onClick=${retry}>Try again</button>`}
        </div>`;
}

/** Loading, a failure, or the content; a failure to read it anew stands above the old content. */
export function Loaded({load, what, children}) {
    if (load.value === undefined) {
        return load.failure ? html`<${Failure} failure=${load.failure} retry=${load.reload} />` : html`<${Loading} what=${what} />`;
    }
    return html`${load.failure && html`<${Failure} failure=${load.failure} retry=${load.reload} />`}${children(load.value)}`;
}

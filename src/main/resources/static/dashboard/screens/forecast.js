import {html} from "htm/preact/standalone.module.js";
export default () => html`<p>forecast</p>`;

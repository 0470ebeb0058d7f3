/** Where it begins: the page is one application, whose one state is its address. */
import {html, render} from "htm/preact/standalone.module.js";
import {App} from "./app.js";

render(html`<${App} />`, document.getElementById("app"));

/** A button that opens a list of actions. */
import {html, useEffect, useRef, useState} from "htm/preact/standalone.module.js";

/** @param items each {label, act} or {label, href}, with isDangerous; what is falsy is left out */
export function Menu({label, items, children = "⋯"}) {
    const [isOpen, setOpen] = useState(false);
    const root = useRef(null);
    useEffect(() => {
        if (!isOpen) {
            return undefined;
        }
        const leave = event => !root.current?.contains(event.target) && setOpen(false);
        document.addEventListener("pointerdown", leave);
        root.current.querySelector("[role=menuitem]")?.focus();
        return () => document.removeEventListener("pointerdown", leave);
    }, [isOpen]);
    const press = event => {
        const entries = [...root.current.querySelectorAll("[role=menuitem]")];
        const place = entries.indexOf(document.activeElement);
        const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
        if (step && entries.length) {
            event.preventDefault();
            entries[(place + step + entries.length) % entries.length].focus();
        } else if (event.key === "Escape" && isOpen) {
            event.stopPropagation();
            setOpen(false);
            root.current.querySelector("button").focus();
        }
    };
    return html`
        <div class="menu" ref=${root} onKeyDown=${press}>
            <button type="button" class="quiet" aria-haspopup="menu" aria-expanded=${isOpen} aria-label=${label}
                    onClick=${() => setOpen(!isOpen)}>${children}</button>
            ${isOpen && html`<div class="entries" role="menu" aria-label=${label}>${items.filter(Boolean).map(item => item.href
                ? html`<a role="menuitem" tabindex="-1" href=${item.href} onClick=${() => setOpen(false)}>${item.label}</a>`
                : html`<button role="menuitem" tabindex="-1" type="button" class=${item.isDangerous ? "danger" : ""}
                        onClick=${() => (setOpen(false), item.act())}>${item.label}</button>`)}
            </div>`}
        </div>`;
}

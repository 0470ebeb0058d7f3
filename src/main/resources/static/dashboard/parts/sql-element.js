/**
 * <sql-editor>: CodeMirror in a shadow root, where its styles are adopted and not written into the page, as the page's policy wants.
 * Loaded only where SQL is edited. Tab goes on to the next field.
 */
import {defaultKeymap, history, historyKeymap} from "@codemirror/commands";
import {PostgreSQL, sql} from "@codemirror/lang-sql";
import {bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting} from "@codemirror/language";
import {Compartment, EditorState} from "@codemirror/state";
import {drawSelection, EditorView, highlightSpecialChars, keymap, lineNumbers} from "@codemirror/view";
import {tags} from "@lezer/highlight";

/** The page's own colours, so that they change with its theme. */
const COLOURS = HighlightStyle.define([
    {tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: "var(--accent)", fontWeight: "600"},
    {tag: [tags.string, tags.special(tags.string)], color: "var(--good)"},
    {tag: [tags.number, tags.bool, tags.null], color: "var(--warn)"},
    {tag: [tags.typeName, tags.standard(tags.name)], color: "var(--busy)"},
    {tag: [tags.comment, tags.lineComment, tags.blockComment], color: "var(--muted)", fontStyle: "italic"},
]);

const LOOK = EditorView.theme({
    "&": {color: "var(--text)", fontSize: ".88rem", borderRadius: "7px", minHeight: "9.5rem", maxHeight: "60vh"},
    "&.cm-focused": {outline: "2px solid var(--accent)", outlineOffset: "2px"},
    ".cm-scroller": {fontFamily: "var(--mono)", lineHeight: "1.55", borderRadius: "7px", overflow: "auto"},
    ".cm-content": {padding: ".55rem 0", caretColor: "var(--accent)"},
    ".cm-line": {padding: "0 .7rem"},
    ".cm-gutters": {background: "transparent", color: "var(--muted)", border: "0", paddingLeft: ".2rem"},
    ".cm-cursor": {borderLeftColor: "var(--accent)", borderLeftWidth: "2px"},
    ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground":
        {background: "color-mix(in srgb, var(--accent) 26%, transparent)"},
    "&.cm-focused .cm-matchingBracket": {background: "color-mix(in srgb, var(--good) 22%, transparent)"},
});

/**
 * A browser that replaces coloured text itself writes styles into the page, which the page's policy forbids. What is selected is asked of
 * the page: the editor may not have heard of it yet.
 */
const REPLACING = EditorView.domEventHandlers({
    beforeinput(event, view) {
        const selected = (view.root.getSelection ? view.root : document).getSelection();
        const isInside = view.contentDOM.contains(selected.anchorNode) && view.contentDOM.contains(selected.focusNode);
        if (event.inputType !== "insertText" || !event.cancelable || !event.data || !isInside || selected.isCollapsed) {
            return false;
        }
        const ends = [[selected.anchorNode, selected.anchorOffset], [selected.focusNode, selected.focusOffset]]
            .map(([node, offset]) => view.posAtDOM(node, offset));
        const from = Math.min(...ends);
        const insert = view.state.toText(event.data);
        view.dispatch({
            changes: {from, to: Math.max(...ends), insert},
            selection: {anchor: from + insert.length},
            userEvent: "input.type",
            scrollIntoView: true,
        });
        return true;
    },
});

class SqlElement extends HTMLElement {

    #view;
    #attributes = new Compartment();
    #access = new Compartment();

    constructor() {
        super();
        const root = this.attachShadow({mode: "open", delegatesFocus: true});
        this.#view = new EditorView({
            root,
            parent: root,
            extensions: [
                lineNumbers(),
                highlightSpecialChars(),
                history(),
                drawSelection(),
                indentOnInput(),
                bracketMatching(),
                sql({dialect: PostgreSQL}),
                syntaxHighlighting(COLOURS),
                LOOK,
                REPLACING,
                keymap.of([...defaultKeymap, ...historyKeymap]),
                EditorView.lineWrapping,
                EditorState.tabSize.of(4),
                this.#attributes.of([]),
                this.#access.of([]),
                EditorView.updateListener.of(update => update.docChanged && this.dispatchEvent(new Event("edited"))),
            ],
        });
    }

    get value() {
        return this.#view.state.doc.toString();
    }

    set value(text) {
        if (text !== this.value) {
            this.#view.dispatch({changes: {from: 0, to: this.#view.state.doc.length, insert: text}});
        }
    }

    /** What is read out of it: the label of the page cannot reach in here. */
    describe({label, description, isInvalid, isLocked}) {
        const attributes = {"aria-label": label, "aria-invalid": String(isInvalid), "spellcheck": "false"};
        if (description) {
            attributes["aria-description"] = description;
        }
        this.#view.dispatch({effects: [
            this.#attributes.reconfigure(EditorView.contentAttributes.of(attributes)),
            this.#access.reconfigure([EditorState.readOnly.of(isLocked), EditorView.editable.of(!isLocked)]),
        ]});
    }

    /** Where somebody was who had begun to type before this was here. */
    takeOver(place) {
        this.#view.dispatch({selection: {anchor: Math.min(place, this.#view.state.doc.length)}});
        this.#view.focus();
    }
}

customElements.define("sql-editor", SqlElement);

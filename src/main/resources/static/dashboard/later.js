/** What comes once something has not changed for a while: what is typed, or dragged. */
import {useEffect, useRef, useState} from "htm/preact/standalone.module.js";

/** A value once it has not changed for so long. */
export function useLater(value, milliseconds) {
    const [settled, setSettled] = useState(value);
    useEffect(() => {
        const timer = setTimeout(() => setSettled(value), milliseconds);
        return () => clearTimeout(timer);
    }, [value, milliseconds]);
    return settled;
}

/**
 * The text of a field whose value is kept elsewhere, where it is told, trimmed, when the typing pauses. Who types on has that text
 * no longer changed by what he typed before.
 *
 * @return {[string, (text: string) => void]}
 */
export function useTyped(value, tell, milliseconds) {
    const [text, setText] = useState(value);
    const told = useRef(value);
    const latest = useRef();
    latest.current = tell;
    useEffect(() => {
        if (value !== told.current) {
            told.current = value;
            setText(value);
        }
    }, [value]);
    useEffect(() => {
        const timer = setTimeout(() => {
            if (text.trim() !== told.current) {
                told.current = text.trim();
                latest.current(told.current);
            }
        }, milliseconds);
        return () => clearTimeout(timer);
    }, [text, milliseconds]);
    return [text, setText];
}

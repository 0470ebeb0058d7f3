/** A chart over time, drawn by uPlot: colours are the page's, and change with its theme. */
import {html, useEffect, useRef} from "htm/preact/standalone.module.js";
import uPlot from "uplot";
import {colourOf, useTheme} from "../colours.js";
import {absolute, mark} from "../time.js";

const AREA_PERCENT = 13;

function stylesheet() {
    if (!document.getElementById("uplot-style")) {
        const link = document.createElement("link");
        link.id = "uplot-style";
        link.rel = "stylesheet";
        link.href = import.meta.resolve("uplot/uPlot.min.css");
        document.head.append(link);
    }
}

/**
 * @param times in seconds since 1970
 * @param series each {label, values, of, tone, isBar}: the tone is one of the style's colours, `of` what is told of a place if not
 *     what is drawn
 */
export function Chart({times, series, height = 160, label, format = value => String(value)}) {
    const box = useRef(null);
    const plot = useRef(null);
    const theme = useTheme();
    const shape = series.map(one => one.label).join();
    useEffect(() => {
        stylesheet();
        const axis = {stroke: colourOf("muted"), grid: {stroke: colourOf("line"), width: 1}, ticks: {show: false}, font: "12px system-ui"};
        plot.current = new uPlot({
            width: box.current.clientWidth,
            height,
            cursor: {y: false, points: {size: 6}},
            legend: {live: true},
            scales: {y: {range: (_, low, high) => [0, Math.max(high ?? 1, 1e-9) * 1.1]}},
            axes: [{...axis, size: 28, values: (_, marks) => marks.map(time => mark(time * 1000))},
                {...axis, size: 60, values: (_, marks) => marks.map(format)}],
            series: [{value: (_, time) => time === null ? "–" : absolute(time * 1000)}, ...series.map(one => ({
                label: one.label,
                stroke: colourOf(one.tone),
                fill: colourOf(one.tone, one.isBar ? 100 : AREA_PERCENT),
                width: one.isBar ? 0 : 1.5,
                points: {show: false},
                paths: one.isBar ? uPlot.paths.bars({size: [0.8, 40]}) : undefined,
                value: (_, value, __, place) => place === null || value === null ? "–" : format(one.of?.[place] ?? value),
            }))],
        }, [times, ...series.map(one => one.values)], box.current);
        const resized = new ResizeObserver(() =>
            plot.current && plot.current.width !== box.current.clientWidth
                && plot.current.setSize({width: box.current.clientWidth, height}));
        resized.observe(box.current);
        return () => {
            resized.disconnect();
            plot.current.destroy();
            plot.current = null;
        };
    }, [shape, height, theme]);
    useEffect(() => {
        plot.current?.setData([times, ...series.map(one => one.values)]);
    }, [times, series]);
    return html`<div class="chart" role="img" aria-label=${label} ref=${box}></div>`;
}

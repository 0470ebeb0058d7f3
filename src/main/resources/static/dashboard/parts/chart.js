/** A chart over time, drawn by uPlot: colours are the page's, and change with its theme. */
import {html, useEffect, useRef} from "htm/preact/standalone.module.js";
import uPlot from "uplot";
import {absolute, mark} from "../time.js";

const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

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
 * @param series each {label, values, of, tone, isBar}: the tone is one of the style's colours, `of` what is told of a place if not what is drawn
 */
export function Chart({times, series, height = 160, label, format = value => String(value)}) {
    const box = useRef(null);
    const plot = useRef(null);
    const shape = series.map(one => one.label).join();
    useEffect(() => {
        stylesheet();
        const axis = {stroke: css("--muted"), grid: {stroke: css("--line"), width: 1}, ticks: {show: false}, font: "12px system-ui"};
        const draw = () => {
            plot.current?.destroy();
            plot.current = new uPlot({
                width: box.current.clientWidth,
                height,
                cursor: {y: false, points: {size: 6}},
                legend: {live: true},
                scales: {y: {range: (_, low, high) => [0, Math.max(high ?? 1, 1e-9) * 1.1]}},
                axes: [{...axis, size: 28, values: (_, marks) => marks.map(time => mark(time * 1000))}, {...axis, size: 60, values: (_, marks) => marks.map(format)}],
                series: [{value: (_, time) => time === null ? "–" : absolute(time * 1000)}, ...series.map(one => ({
                    label: one.label,
                    stroke: css(`--${one.tone}`),
                    fill: css(`--${one.tone}`) + (one.isBar ? "" : "22"),
                    width: one.isBar ? 0 : 1.5,
                    points: {show: false},
                    paths: one.isBar ? uPlot.paths.bars({size: [0.8, 40]}) : undefined,
                    value: (_, value, __, place) => place === null || value === null ? "–" : format(one.of?.[place] ?? value),
                }))],
            }, [times, ...series.map(one => one.values)], box.current);
        };
        draw();
        const resized = new ResizeObserver(() =>
            plot.current && plot.current.width !== box.current.clientWidth
                && plot.current.setSize({width: box.current.clientWidth, height}));
        resized.observe(box.current);
        const recoloured = new MutationObserver(draw);
        recoloured.observe(document.documentElement, {attributeFilter: ["data-theme"]});
        const preference = matchMedia("(prefers-color-scheme: dark)");
        preference.addEventListener("change", draw);
        return () => {
            resized.disconnect();
            recoloured.disconnect();
            preference.removeEventListener("change", draw);
            plot.current?.destroy();
            plot.current = null;
        };
    }, [shape, height]);
    useEffect(() => {
        plot.current?.setData([times, ...series.map(one => one.values)]);
    }, [times, series]);
    return html`<div class="chart" role="img" aria-label=${label} ref=${box}></div>`;
}

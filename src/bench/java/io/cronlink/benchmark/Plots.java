package io.cronlink.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

final class Plots {

    private static final int POINTS = 300;

    private Plots() {}

    static void write(Map<String, Map<String, List<Double>>> series, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, Map<String, List<Double>>> plot : series.entrySet()) {
            boolean delays = plot.getKey().startsWith("Start delay");
            XYChart chart = new XYChartBuilder()
                    .width(900)
                    .height(500)
                    .title(plot.getKey())
                    .xAxisTitle(delays ? "seconds after their time" : "seconds")
                    .yAxisTitle(delays ? "% of the jobs have started" : "runs a second")
                    .build();
            chart.getStyler().setXAxisLogarithmic(delays).setLegendPosition(LegendPosition.InsideSE);
            chart.getStyler().setYAxisDecimalPattern("#,##0").setYAxisMin(0.0);
            if (delays) {
                chart.getStyler().setYAxisMax(100.0);
            }
            plot.getValue().forEach((name, values) -> {
                if (!values.isEmpty()) {
                    chart.addSeries(name, delays ? quantiles(values) : seconds(values), delays ? percents() : values)
                            .setMarker(SeriesMarkers.NONE);
                }
            });
            if (!chart.getSeriesMap().isEmpty()) {
                BitmapEncoder.saveBitmap(chart, folder.resolve(file(plot.getKey())).toString(), BitmapFormat.PNG);
            }
        }
    }

    static String file(String plot) {
        return plot.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + ".png";
    }

    private static List<Double> percents() {
        return IntStream.rangeClosed(1, POINTS).mapToObj(i -> 100.0 * i / POINTS).toList();
    }

    private static List<Double> quantiles(List<Double> values) {
        // A logarithmic axis has no zero.
        return percents().stream().map(percent -> Math.max(1e-4, Results.percentile(values, percent))).toList();
    }

    private static List<Double> seconds(List<Double> values) {
        return IntStream.range(0, values.size()).mapToObj(i -> (double) i).toList();
    }
}

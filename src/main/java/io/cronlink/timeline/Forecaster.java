package io.cronlink.timeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What jobs will do in a window: by seconds, in which a week has room however many fires there are. */
final class Forecaster {

    private static final int MOST_PEAKS = 20;
    private static final int MOST_MEMBERS = 20;

    /** Of roles, and of groups: each costs a walk through the window. */
    private static final int MOST_LIMITS = 100;

    private final Window window;
    private final Instant now;
    private final List<Firing> firings;
    private final Forecasts.Limits limits;
    private final int length;
    private final double since;

    /** @param firings of all jobs that may fire in the window */
    Forecaster(Window window, Instant now, List<Firing> firings, Forecasts.Limits limits) {
        this.window = window;
        this.now = now;
        this.firings = firings;
        this.limits = limits;
        this.length = (int) Duration.between(window.from(), window.until()).toSeconds();
        this.since = Duration.between(window.from(), now).toMillis() / 1000.0;
    }

    Forecast forecast() {
        Moments moments = new Moments(firings, since, length);
        Load load = new Load(since, length);
        List<Forecast.Limit> tightest = Stream.of(ofRoles(), ofGroups())
                .flatMap(List::stream)
                .map(shared -> shared.measure(load, window))
                .collect(Collectors.toCollection(ArrayList::new));
        tightest.add(new Shared("all", null, null, limits.most(), firings).measure(load, window));
        List<Forecast.Bucket> buckets = buckets(moments, load);
        tightest.sort(Comparator.comparing(Forecast.Limit::over)
                .reversed()
                .thenComparing(limit -> limit.most() - limit.expected()));
        return new Forecast(
                window.from(),
                window.until(),
                window.bucket(),
                now,
                (int) firings.stream().filter(this::fires).count(),
                buckets.stream().mapToLong(Forecast.Bucket::fires).sum(),
                buckets,
                peaks(moments),
                tightest);
    }

    /** What some jobs share. */
    private record Shared(
            String kind, @Nullable String name, @Nullable String username, int most, List<Firing> firings) {

        Forecast.Limit measure(Load load, Window window) {
            load.count(firings, most);
            return new Forecast.Limit(
                    kind,
                    name,
                    username,
                    most,
                    firings.size(),
                    load.highest(),
                    load.highestAt() < 0 ? null : window.from().plusSeconds(load.highestAt()),
                    Duration.ofSeconds(load.over()));
        }
    }

    private List<Shared> ofRoles() {
        return by(firings.stream(), Firing::login)
                .map(role -> new Shared("role", role.getKey(), null, limits.mostOfOne(), role.getValue()))
                .toList();
    }

    private List<Shared> ofGroups() {
        return by(firings.stream().filter(firing -> firing.group() != null), Firing::group)
                .map(group -> new Shared(
                        "group",
                        group.getKey().name(),
                        group.getKey().username(),
                        group.getKey().most(),
                        group.getValue()))
                .toList();
    }

    /** Those with the most jobs. */
    private static <K> Stream<Map.Entry<K, List<Firing>>> by(Stream<Firing> firings, Function<Firing, K> key) {
        return firings.collect(Collectors.groupingBy(key)).entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> -entry.getValue().size()))
                .limit(MOST_LIMITS);
    }

    private boolean fires(Firing firing) {
        return firing.isSteady()
                ? firing.fires(Math.max(0, since), length) > 0
                : firing.starts(since, length).findAny().isPresent();
    }

    /** @param load that of all jobs */
    private List<Forecast.Bucket> buckets(Moments moments, Load load) {
        List<Firing> steady = firings.stream().filter(Firing::isSteady).toList();
        int width = (int) window.bucket().toSeconds();
        List<Forecast.Bucket> buckets = new ArrayList<>();
        for (int start = 0; start < length; start += width) {
            int end = Math.min(length, start + width);
            double from = Math.max(start, since);
            double often = steady.stream()
                    .mapToDouble(firing -> firing.fires(from, end))
                    .sum();
            buckets.add(new Forecast.Bucket(
                    window.from().plusSeconds(start),
                    moments.fires(start, end) + Math.round(often),
                    moments.together(start, end),
                    load.highest(start, end)));
        }
        return buckets;
    }

    private List<Forecast.Peak> peaks(Moments moments) {
        List<Moments.Peak> peaks = moments.peaks(MOST_PEAKS);
        Map<Integer, List<Forecast.Member>> members = new HashMap<>();
        peaks.forEach(peak -> members.put(peak.second(), new ArrayList<>()));
        firings.stream().filter(firing -> !firing.isSteady()).forEach(firing -> firing.starts(since, length)
                .forEach(second -> {
                    List<Forecast.Member> there = members.get(second);
                    if (there != null && there.size() < MOST_MEMBERS) {
                        there.add(firing.member());
                    }
                }));
        return peaks.stream()
                .map(peak -> new Forecast.Peak(
                        window.from().plusSeconds(peak.second()),
                        peak.times(),
                        peak.count(),
                        members.getOrDefault(peak.second(), List.of())))
                .toList();
    }
}

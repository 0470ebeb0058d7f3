package io.cronlink.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** What Linux tells of processes. */
final class Proc {

    // USER_HZ is 100 on every Linux that Java runs on.
    private static final double TICKS_PER_SECOND = 100;

    private Proc() {}

    /** CPU time that a process has used, in seconds. */
    static double cpu(int pid) {
        String stat = read("/proc/" + pid + "/stat");
        if (stat.isEmpty()) {
            return Double.NaN;
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** Memory of its own, in MB, without what it shares with others; NaN if the process is gone. */
    static double ownMemory(int pid) {
        return status(pid, "RssAnon:");
    }

    /** All memory it has in use, in MB. */
    static double memory(int pid) {
        return status(pid, "VmRSS:");
    }

    private static double status(int pid, String key) {
        return read("/proc/" + pid + "/status")
                .lines()
                .filter(line -> line.startsWith(key))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(Double.NaN);
    }

    static String load() {
        return String.join(" ", List.of(read("/proc/loadavg").split(" ")).subList(0, 3));
    }

    static String machine() {
        String processor = read("/proc/cpuinfo")
                .lines()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .orElse(": unknown processor");
        double memory = Double.parseDouble(
                read("/proc/meminfo").lines().findFirst().orElse("0").replaceAll("\\D", ""));
        return "%s, %d cores, %.0f GB of memory, Linux %s, Java %s"
                .formatted(
                        processor.replaceFirst(".*: *", ""),
                        Runtime.getRuntime().availableProcessors(),
                        memory / 1024 / 1024,
                        System.getProperty("os.version"),
                        System.getProperty("java.version"));
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (NoSuchFileException gone) {
            return "";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

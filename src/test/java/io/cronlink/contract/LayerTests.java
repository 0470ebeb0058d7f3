package io.cronlink.contract;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The layers and rooms of the routines, see ARCHITECTURE.md. */
class LayerTests {

    private static final Pattern NAME = Pattern.compile("\\bcron(?:_engine)?\\.\\w+");
    private static final Pattern WRITE =
            Pattern.compile("\\b(?:INSERT INTO|UPDATE|DELETE FROM|TRUNCATE)\\s+(?:ONLY\\s+)?(cron(?:_engine)?\\.\\w+)");

    private final List<RoutineFile> routines = RoutineFile.all();

    @Test
    void areOrderedAsTheirFolders() {
        assertThat(routines).hasSizeGreaterThan(300).allSatisfy(routine -> assertThat(routine.order())
                .as(routine.name())
                .isEqualTo(routine.layer()));
    }

    @Test
    void haveRoomsThatCanBeTakenInAtAGlance() {
        assertThat(routines.stream().collect(groupingBy(RoutineFile::room, counting())))
                .allSatisfy((room, files) -> assertThat(files).isLessThanOrEqualTo(15));
    }

    @Test
    void callTheirOwnOrALowerOne() {
        Map<String, Integer> layers = routines.stream().collect(toMap(RoutineFile::name, RoutineFile::layer));

        assertThat(routines.stream().flatMap(routine -> found(NAME, routine)
                        .map(MatchResult::group)
                        .distinct()
                        .filter(called -> layers.getOrDefault(called, 0) > routine.layer())
                        .map(called -> routine.name() + " → " + called)))
                .isEmpty();
    }

    @Test
    void writeNoOtherTablesThanListed() throws IOException {
        Map<String, TreeSet<String>> writers = new TreeMap<>();
        routines.forEach(routine -> found(WRITE, routine)
                .forEach(write -> writers.computeIfAbsent(write.group(1), table -> new TreeSet<>())
                        .add(routine.name().replace("cron_engine.", ""))));

        assertThat(writers.entrySet().stream()
                        .map(entry -> entry.getKey() + ": "
                                + entry.getValue().stream().collect(joining(" "))))
                .containsExactlyElementsOf(
                        Files.readAllLines(Path.of("src", "test", "resources", "contract", "table-writers.txt")));
    }

    private static Stream<MatchResult> found(Pattern pattern, RoutineFile routine) {
        return pattern.matcher(routine.code()).results();
    }
}

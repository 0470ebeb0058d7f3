package io.cronlink.jobfile;

import java.lang.reflect.RecordComponent;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Jobs as a file that says the same. */
final class JobFileWriter {

    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER, YAMLWriteFeature.SPLIT_LINES)
            .enable(
                    YAMLWriteFeature.MINIMIZE_QUOTES,
                    YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS,
                    YAMLWriteFeature.LITERAL_BLOCK_STYLE,
                    YAMLWriteFeature.INDENT_ARRAYS_WITH_INDICATOR)
            .build();

    private JobFileWriter() {}

    static String yaml(List<ObjectNode> jobs) {
        ObjectNode file = MAPPER.createObjectNode().put("version", 1);
        ArrayNode list = file.putArray("jobs");
        jobs.forEach(job -> list.add(ordered(job)));
        return MAPPER.writeValueAsString(file);
    }

    private static ObjectNode ordered(ObjectNode job) {
        ObjectNode ordered = MAPPER.createObjectNode();
        for (RecordComponent property : JobEntry.class.getRecordComponents()) {
            if (job.has(property.getName())) {
                ordered.set(property.getName(), job.get(property.getName()));
            }
        }
        return ordered;
    }
}

package io.cronlink.jobfile;

import io.cronlink.row.Columns;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a file of jobs says, defaults and commands filled in.
 *
 * @param manager as the file names itself
 * @param jobs with the names of REST
 */
record JobFile(@Nullable String manager, List<ObjectNode> jobs) {

    static final int LONGEST_MANAGER = 200;

    /** As cron.apply_jobs() takes them. A job that names no owner gets this one, if there is one. */
    String columns(@Nullable String owner) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (ObjectNode job : jobs) {
            ObjectNode row = array.addObject();
            job.properties().forEach(value -> row.set(Columns.column(value.getKey()), value.getValue()));
            if (owner != null && !row.has("username")) {
                row.put("username", owner);
            }
        }
        return array.toString();
    }

    JobFile managedBy(String name) {
        return new JobFile(name, new ArrayList<>(jobs));
    }
}

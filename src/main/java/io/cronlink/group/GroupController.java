package io.cronlink.group;

import io.cronlink.http.NextPage;
import io.cronlink.row.Change;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@RestController
@RequestMapping("/api/v1/groups")
class GroupController {

    private final Groups groups;
    private final JsonMapper mapper;

    GroupController(Groups groups, JsonMapper mapper) {
        this.groups = groups;
        this.mapper = mapper;
    }

    @GetMapping
    ResponseEntity<GroupPage> list(
            @RequestParam @Nullable String after, @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit) {
        List<Group> page = groups.list(after, limit);
        String next = page.size() < limit ? null : page.get(limit - 1).name();
        return NextPage.after(new GroupPage(page, next), "after", next);
    }

    @GetMapping("/{name}")
    Group read(@PathVariable String name) {
        return groups.find(name).orElseThrow(() -> noSuchGroup(name));
    }

    @PutMapping("/{name}")
    ResponseEntity<Group> set(@PathVariable String name, @RequestBody ObjectNode body) {
        return groups.set(name, Change.of(body, GroupFields.class, mapper))
                ? ResponseEntity.created(UriComponentsBuilder.fromPath("/api/v1/groups/{name}")
                                .encode()
                                .buildAndExpand(name)
                                .toUri())
                        .body(read(name))
                : ResponseEntity.ok(read(name));
    }

    @DeleteMapping("/{name}")
    ResponseEntity<Void> delete(@PathVariable String name) {
        if (!groups.remove(name)) {
            throw noSuchGroup(name);
        }
        return ResponseEntity.noContent().build();
    }

    private static ResponseStatusException noSuchGroup(String name) {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no common group named " + name + ".");
    }

    /**
     * @param groups in order of their names
     * @param next to be given as {@code after} to get those that follow; null at the end
     */
    record GroupPage(List<Group> groups, @Nullable String next) {}

    /** What may be set of a group. */
    record GroupFields(
            @Nullable Integer maxRunning, @Nullable String description) {}
}

package io.landfall.config.spring;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What all active documents say together, as if each were a property source of its own: a list comes from the highest document that has
 * any of it, and a key in one spelling stands for all. Immutable once made.
 */
final class Content {

    private final List<Document> documents;
    private final Map<String, Object> values;
    private final Map<String, String> otherSpellings = new HashMap<>();
    private final String[] names;

    /** @param documents the highest first */
    Content(List<Document> documents) {
        this.documents = List.copyOf(documents);
        this.values = documents.size() == 1 ? documents.get(0).values() : merged();
        this.names = values.keySet().toArray(String[]::new);
    }

    List<Document> documents() {
        return documents;
    }

    @Nullable
    Object value(String key) {
        return values.get(key);
    }

    boolean contains(String key) {
        return values.containsKey(key);
    }

    /** Always the same array: callers compare it before they look into it. */
    String[] names() {
        return names;
    }

    /** The document whose value counts; null: none has the key. */
    @Nullable
    Document document(String key) {
        String written = spelling(key);
        for (Document document : documents) {
            if (document.values().containsKey(written)) {
                return document;
            }
        }
        return null;
    }

    /** The key as the document has it whose value counts. */
    String spelling(String key) {
        return otherSpellings.getOrDefault(key, key);
    }

    private Map<String, Object> merged() {
        int size = documents.stream().mapToInt(d -> d.values().size()).sum();
        Map<String, Object> all = new LinkedHashMap<>(size * 4 / 3 + 1);
        Map<String, String> above = new HashMap<>(size * 4 / 3 + 1);
        Set<String> listsAbove = new HashSet<>();
        for (Document document : documents) {
            Map<String, String> own = new HashMap<>();
            document.values().forEach((key, value) -> {
                String uniform = Spelling.uniform(key);
                own.put(uniform, key);
                String winner = above.get(uniform);
                if (winner != null) {
                    spellAlso(key, winner, all);
                } else if (!inList(uniform, above, listsAbove)) {
                    all.put(key, value);
                }
            });
            own.forEach(above::putIfAbsent);
            own.keySet().forEach(key -> listsAbove.addAll(Spelling.begun(key)));
        }
        return all;
    }

    private void spellAlso(String key, String winner, Map<String, Object> all) {
        Object value = all.get(winner);
        if (!key.equals(winner) && value != null) {
            otherSpellings.putIfAbsent(key, winner);
            all.putIfAbsent(key, value);
        }
    }

    private static boolean inList(String uniform, Map<String, String> above, Set<String> listsAbove) {
        return listsAbove.contains(uniform)
                || Spelling.lists(uniform).stream()
                        .anyMatch(list -> listsAbove.contains(list) || above.containsKey(list));
    }
}

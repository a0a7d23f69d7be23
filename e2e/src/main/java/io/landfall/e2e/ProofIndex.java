package io.landfall.e2e;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;

/** The list of all proofs, as it stands in a Markdown file between two markers. */
public final class ProofIndex {

    private static final String BEGIN = "<!-- proofs: written by ProofIndexTest -->\n";
    private static final String END = "<!-- /proofs -->\n";

    private final List<Method> proofs;

    /** The proofs of these classes. */
    public ProofIndex(Collection<Class<?>> classes) {
        proofs = classes.stream()
                .sorted(Comparator.comparing(Class::getName))
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Proof.class))
                        .sorted(Comparator.comparing(Method::getName)))
                .toList();
    }

    /** One table row a proof. */
    public String toMarkdown() {
        return "| Proof | What is done, and what must come of it | Test | Runs with |\n|---|---|---|---|\n"
                + proofs.stream().map(ProofIndex::row).collect(Collectors.joining());
    }

    /**
     * The text of a file with this index between its markers.
     *
     * @throws IllegalStateException if the file has no markers
     */
    public String insertedInto(Path file) throws IOException {
        String text = Files.readString(file);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException(file + " lacks the lines " + BEGIN.strip() + " and " + END.strip());
        }
        return text.substring(0, begin + BEGIN.length()) + toMarkdown() + text.substring(end);
    }

    private static String row(Method method) {
        Proof proof = method.getAnnotation(Proof.class);
        String test = method.getDeclaringClass().getSimpleName() + "." + method.getName();
        return "| " + proof.title() + " | " + proof.description() + " | `" + test + "` | "
                + (isSlow(method) ? "`-Pe2e-full`" : "`verify`") + " |\n";
    }

    private static boolean isSlow(Method method) {
        return Stream.of(method, method.getDeclaringClass())
                .flatMap(tagged -> Arrays.stream(tagged.getAnnotationsByType(Tag.class)))
                .anyMatch(tag -> tag.value().equals("slow"));
    }
}

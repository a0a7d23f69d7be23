package io.landfall.config.directory;

import io.landfall.config.FileName;
import io.landfall.config.Violation;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is below a directory, without having read it. Links are followed within it; a plain ConfigMap is mounted with nothing but links. */
final class Tree {

    private static final int DEEPEST = 100;

    private final Path root;
    private final Bounds bounds;
    private final SortedMap<String, Leaf> files = new TreeMap<>();
    private final List<Path> hidden = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();
    private long bytes;
    private int seen;

    private Tree(Path root, Bounds bounds) {
        this.root = root;
        this.bounds = bounds;
    }

    /**
     * A file.
     *
     * @param path without links
     * @param identity so that a new file under the same name is another
     */
    record Leaf(Path path, long size, FileTime modified, String identity) {}

    /** @throws NoSuchFileException if there is no such directory */
    static Tree of(Path directory, Bounds bounds) throws IOException {
        Tree tree = new Tree(directory.toRealPath(), bounds);
        if (!Files.isDirectory(tree.root)) {
            throw new NotDirectoryException(directory.toString());
        }
        Files.walkFileTree(tree.root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, tree.new Walk());
        return tree;
    }

    /** By name; also those that are no names. */
    SortedMap<String, Leaf> files() {
        return files;
    }

    /** Whose own names begin with a dot; what is below them is not looked at. */
    List<Path> hidden() {
        return hidden;
    }

    List<Violation> violations() {
        return violations;
    }

    private final class Walk extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes is) throws IOException {
            if (directory.equals(root)) {
                return FileVisitResult.CONTINUE;
            }
            if (hides(directory) || leadsOut(directory)) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            return counted(0);
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes is) throws IOException {
            if (hides(file)) {
                return FileVisitResult.CONTINUE;
            }
            if (is.isSymbolicLink()) {
                violations.add(wrong(file, "it is a link to nothing"));
            } else if (leadsOut(file)) {
                return FileVisitResult.CONTINUE;
            } else if (is.isRegularFile()) {
                name(file, is);
            } else {
                violations.add(wrong(
                        file, is.isDirectory() ? "it is more than " + DEEPEST + " directories deep" : "it is no file"));
            }
            return counted(is.isRegularFile() ? is.size() : 0);
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                throw e;
            }
            if (!hides(file)) {
                violations.add(wrong(file, "it cannot be read: " + e.getClass().getSimpleName()));
            }
            return FileVisitResult.CONTINUE;
        }
    }

    private boolean hides(Path path) {
        boolean hides = !path.equals(root) && String.valueOf(path.getFileName()).startsWith(".");
        if (hides) {
            hidden.add(path);
        }
        return hides;
    }

    private boolean leadsOut(Path path) throws IOException {
        boolean leadsOut = !path.toRealPath().startsWith(root);
        if (leadsOut) {
            violations.add(wrong(path, "it is a link that leads out of the directory"));
        }
        return leadsOut;
    }

    private void name(Path file, BasicFileAttributes is) throws IOException {
        String name = nameOf(file);
        FileName.problem(name)
                .ifPresent(p -> violations.add(new Violation(name, p, "give the file another name, or move it away")));
        if (name.indexOf('\uFFFD') >= 0) {
            violations.add(new Violation(
                    name, "this JVM cannot read its name", "start it with LC_ALL=C.UTF-8, or save the name in UTF-8"));
        }
        files.put(name, new Leaf(file.toRealPath(), is.size(), is.lastModifiedTime(), String.valueOf(is.fileKey())));
    }

    private FileVisitResult counted(long size) {
        seen++;
        bytes += size;
        if (seen > bounds.files()) {
            violations.add(new Violation(
                    root.toString(),
                    "it has more than " + bounds.files() + " files and directories",
                    "name the directory of the configuration alone"));
        } else if (bytes > bounds.bytes()) {
            violations.add(tooLarge());
        } else {
            return FileVisitResult.CONTINUE;
        }
        return FileVisitResult.TERMINATE;
    }

    Violation tooLarge() {
        return new Violation(
                root.toString(),
                "its files have more than " + bounds.bytes() + " bytes",
                "name the directory of the configuration alone");
    }

    private String nameOf(Path path) {
        List<String> names = new ArrayList<>();
        root.relativize(path).forEach(n -> names.add(n.toString()));
        return String.join("/", names);
    }

    private Violation wrong(Path path, String problem) {
        return new Violation(nameOf(path), problem, "put the file itself there, or move it away");
    }
}

package io.landfall.config.validation;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads XML by the JDK's own parser, without DTDs: they can fetch files and unfold without end. A key is an element's path; an attribute
 * that gives a name ({@code <property name="password">}) makes one more.
 */
final class XmlReader extends DefaultHandler {

    private static final Set<String> NAMING = Set.of("name", "key", "id", "property");
    private static final String FEATURES = "http://xml.org/sax/features/";

    private final Findings findings;
    private final Deque<Element> open = new ArrayDeque<>();
    private @Nullable Locator locator;

    XmlReader(Findings findings) {
        this.findings = findings;
    }

    private record Element(String path, int line, StringBuilder text) {}

    void read(String text) {
        try {
            parser().parse(new InputSource(new StringReader(text)), this);
        } catch (SAXParseException e) {
            findings.problem(Math.max(1, e.getLineNumber()), problem(e), "correct it there or in the lines before");
        } catch (SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("The JDK's XML parser does not know its own switches", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SAXParser parser() throws ParserConfigurationException, SAXException {
        // Not whichever parser the class path brings.
        SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setFeature(FEATURES + "external-general-entities", false);
        factory.setFeature(FEATURES + "external-parameter-entities", false);
        return factory.newSAXParser();
    }

    /** Not its message, which quotes the file, and is in the machine's language. */
    private static String problem(SAXParseException e) {
        return String.valueOf(e.getMessage()).contains("DOCTYPE")
                ? "it has a DOCTYPE, which could fetch files and unfold without end"
                : "it is no well-formed XML here";
    }

    @Override
    public void setDocumentLocator(Locator where) {
        locator = where;
    }

    @Override
    public void startElement(String uri, String local, String name, Attributes attributes) {
        Element parent = open.peek();
        int line = locator == null ? 1 : locator.getLineNumber();
        String path = findings.names(parent == null ? "" : parent.path()).key(name, line);
        open.push(new Element(path, line, new StringBuilder()));
        for (int i = 0; i < attributes.getLength(); i++) {
            String attribute = attributes.getQName(i);
            findings.value(path + "." + attribute, line, attributes.getValue(i));
            if (NAMING.contains(attribute.toLowerCase(Locale.ROOT))) {
                findings.value(path + "." + attributes.getValue(i), line, "");
            }
        }
    }

    @Override
    public void characters(char[] text, int start, int length) {
        open.element().text().append(text, start, length);
    }

    @Override
    public void endElement(String uri, String local, String name) {
        Element element = open.pop();
        findings.value(element.path(), element.line(), element.text().toString().strip());
    }

    @Override
    public void error(SAXParseException e) throws SAXParseException {
        throw e;
    }

    /** It would print. */
    @Override
    public void fatalError(SAXParseException e) throws SAXParseException {
        throw e;
    }
}

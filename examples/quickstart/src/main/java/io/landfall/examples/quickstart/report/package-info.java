/** What is made of the consumers' books: figures, a table, JSON, a page. Knows nothing of processes. */
@NullMarked
package io.landfall.examples.quickstart.report;

import org.jspecify.annotations.NullMarked;

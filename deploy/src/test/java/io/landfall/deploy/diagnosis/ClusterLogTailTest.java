package io.landfall.deploy.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClusterLogTailTest {

    @Test
    void shouldTakeTheInnermostCause() {
        assertThat(ClusterLogTail.telling("""
                Exception in thread "main" java.lang.IllegalStateException: no start
                \tat com.example.Shop.main(Shop.java:12)
                Caused by: java.net.UnknownHostException: mysql
                \tat java.base/java.net.InetAddress.getAllByName(InetAddress.java:1)
                \tat java.base/java.net.InetAddress.lambda$x$0(InetAddress.java:2)
                \t... 3 more

                """)).contains("Caused by: java.net.UnknownHostException: mysql");
    }

    @Test
    void shouldTakeWhatWasWrittenLast() {
        assertThat(ClusterLogTail.telling("\tat a.B.c(D.java:1)\nbye\n")).contains("bye");
        assertThat(ClusterLogTail.telling("\tat a.B.c(D.java:1)\n")).contains("\tat a.B.c(D.java:1)");
        assertThat(ClusterLogTail.telling("\n \n")).isEmpty();
    }
}

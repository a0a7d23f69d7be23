package io.landfall.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void shouldWriteWhatAParserReadsAgain() throws Exception {
        Map<String, Object> object = Map.of(
                "text",
                "quoted \" and \\, 订单,\n\t\u0001 end",
                "odd \"key\"",
                "x",
                "number",
                30080,
                "truth",
                true,
                "inner",
                Map.of("$", 1, "empty", Map.of()));

        assertThat(new ObjectMapper().readValue(Json.of(object), new TypeReference<Map<String, Object>>() {}))
                .isEqualTo(object);
    }
}

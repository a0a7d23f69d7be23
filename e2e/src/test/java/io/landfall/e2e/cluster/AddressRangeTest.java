package io.landfall.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AddressRangeTest {

    @Test
    void shouldGiveEachAddressOnceAndThenBeginAnew() {
        AddressRange range = AddressRange.parse("10.1.2.10-10.1.2.12");
        assertThat(new String[] {range.next(), range.next(), range.next(), range.next()})
                .containsExactly("10.1.2.10", "10.1.2.11", "10.1.2.12", "10.1.2.10");
    }

    @Test
    void shouldReadTheShortForm() {
        assertThat(AddressRange.parse("10.1.2.10-12").next()).isEqualTo("10.1.2.10");
    }

    @Test
    void shouldRefuseWhatIsNoRange() {
        assertThatThrownBy(() -> AddressRange.parse("10.1.2.10")).hasMessageContaining("is no range");
        assertThatThrownBy(() -> AddressRange.parse("10.1.2.12-10")).isInstanceOf(IllegalArgumentException.class);
    }
}

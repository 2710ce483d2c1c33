package io.retaillake.common.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 10.1.2.xxx",
        "0.0.0.0, 0.0.0.xxx",
        "255.255.255.255, 255.255.255.xxx",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1::xxxx",
        "2001:0DB8:0001::7334, 2001:db8:1::xxxx",
        "2001:db8::, 2001:db8:0::xxxx",
        "2001::1, 2001:0:0::xxxx",
        "::1, 0:0:0::xxxx",
        "::, 0:0:0::xxxx",
        "1::3:4:5:6:7:8, 1:0:3::xxxx",
        "1:2:3:4:5:6:7::, 1:2:3::xxxx",
        "fe80::1%eth0, fe80:0:0::xxxx",
        "::ffff:10.1.2.3, 10.1.2.xxx",
        "::FFFF:0a01:0203, 10.1.2.xxx",
        "0:0:0:0:0:ffff:10.1.2.3, 10.1.2.xxx",
        "64:ff9b::10.1.2.3, 64:ff9b:0::xxxx",
        "1:2:3:4:5:6:10.1.2.3, 1:2:3::xxxx",
    })
    void keepsTheNetwork(String address, String expected) {
        assertThat(IpAddress.anonymized(address)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "256.1.1.1",
                "1.2.3.999",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "01.2.3.4",
                "1.2.3.4:80",
                "1.2.3.4 ",
                "-1.2.3.4",
                "1.2.3.4/24",
                "1.2.3.xxx",
                "0x7f.0.0.1",
                "١.2.3.4",
                "localhost",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "12345::",
                "g::1",
                "1:2:3:4:5:6:7:",
                ":1:2:3:4:5:6:7",
                "1.2.3.4::",
                "::1.2.3.256",
                "::1.2.3.4:5",
                "1:2:3:4:5:6:7:1.2.3.4",
                "[::1]",
                "fe80::1%",
                "%eth0",
                "１::",
            })
    void hasNothingForWhatIsNoAddress(String text) {
        assertThat(IpAddress.anonymized(text)).isNull();
    }
}

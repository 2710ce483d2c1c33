package io.retaillake.lambda;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A function starts as fast as what it brings along lets it. */
class ClassPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.spark.SparkContext",
                "org.apache.iceberg.Table",
                "org.apache.hadoop.conf.Configuration",
                "software.amazon.awssdk.core.SdkClient",
                "picocli.CommandLine"
            })
    void hasNoneOf(String className) {
        assertThatThrownBy(() -> Class.forName(className)).isInstanceOf(ClassNotFoundException.class);
    }
}

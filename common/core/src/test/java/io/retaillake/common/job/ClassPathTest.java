package io.retaillake.common.job;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A small program, a Lambda's handler say, can be made of this module. */
class ClassPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.spark.SparkContext",
                "org.apache.iceberg.Table",
                "org.apache.hadoop.conf.Configuration",
                "org.postgresql.Driver"
            })
    void hasNoneOf(String className) {
        assertThatThrownBy(() -> Class.forName(className)).isInstanceOf(ClassNotFoundException.class);
    }
}

package io.retaillake.common.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.Lake;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.expressions.Evaluator;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowsInWindowTest {

    private static final Schema SOURCE_MONTH =
            new Schema(Types.NestedField.required(1, BronzeTables.SOURCE_MONTH, Types.StringType.get()));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"2015-03,2015-03", "2014-11,2015-02", "2014-01,2016-12", "2014-01,2033-12", "1915-01,2114-12"})
    void selectsTheWindowsMonthsInTheTermsOfSparkAndOfIceberg(YearMonth from, YearMonth to) {
        Window window = new Window(from, to);
        Dataset<Row> months = months(window);
        List<String> wanted = window.sourceMonths();

        assertThat(selected(months, RowsInWindow.ofDates("date", window))).isEqualTo(wanted);
        assertThat(selected(months, RowsInWindow.ofYearsAndMonths("year", "month", window)))
                .isEqualTo(wanted);
        List<String> withNone = RowsInWindow.sourceMonths(window);
        assertThat(selected(months, RowsInWindow.ofSourceMonths(window))).isEqualTo(withNone);
        Evaluator evaluator = new Evaluator(SOURCE_MONTH.asStruct(), RowsInWindow.of(BronzeTables.PURCHASE, window));
        assertThat(sourceMonths(months).stream().filter(month -> evaluator.eval(record(month))))
                .containsExactlyElementsOf(withNone);
        assertThat(sourceMonths(months).stream().filter(month -> RowsInWindow.containsSourceMonth(window, month)))
                .containsExactlyElementsOf(withNone);
    }

    @Test
    void selectsEveryRowWithoutAWindow() {
        Dataset<Row> months = months(new Window(YearMonth.of(2015, 1), YearMonth.of(2015, 2)));
        List<String> every = sourceMonths(months);

        assertThat(Stream.of(
                        RowsInWindow.ofDates("date", Window.all()),
                        RowsInWindow.ofYearsAndMonths("year", "month", Window.all()),
                        RowsInWindow.ofSourceMonths(Window.all())))
                .allSatisfy(condition -> assertThat(selected(months, condition)).isEqualTo(every));
    }

    /** The window's months, three before, three after, and the rows of no month. */
    private Dataset<Row> months(Window window) {
        Lake lake = LocalLakes.open(folder);
        List<Row> rows = new Window(window.from().minusMonths(3), window.to().plusMonths(3))
                .months().stream()
                        .map(month -> RowFactory.create(
                                month.toString().replace("-", ""),
                                month.getYear(),
                                month.getMonthValue(),
                                Date.valueOf(month.atEndOfMonth())))
                        .collect(Collectors.toList());
        rows.add(RowFactory.create(BronzeTables.NO_MONTH, 1, 1, Date.valueOf(LocalDate.of(1, 1, 1))));
        return lake.spark()
                .createDataFrame(
                        rows,
                        new StructType()
                                .add(BronzeTables.SOURCE_MONTH, DataTypes.StringType)
                                .add("year", DataTypes.IntegerType)
                                .add("month", DataTypes.IntegerType)
                                .add("date", DataTypes.DateType));
    }

    private static List<String> sourceMonths(Dataset<Row> months) {
        return List.copyOf(new TreeSet<>(months.select(BronzeTables.SOURCE_MONTH).collectAsList().stream()
                .map(row -> row.getString(0))
                .toList()));
    }

    private static List<String> selected(Dataset<Row> months, Column condition) {
        return sourceMonths(months.where(condition));
    }

    private static InternalRecordWrapper record(String month) {
        GenericRecord row = GenericRecord.create(SOURCE_MONTH);
        row.setField(BronzeTables.SOURCE_MONTH, month);
        return new InternalRecordWrapper(SOURCE_MONTH.asStruct()).wrap(row);
    }
}

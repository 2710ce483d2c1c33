package io.retaillake.common.contract;

import static io.retaillake.common.contract.Column.optional;
import static io.retaillake.common.contract.Column.required;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import java.util.List;
import java.util.Map;

/** The tables about the pipeline itself. */
public final class OpsTables {

    public static final TableContract JOB_RUNS = new TableContract(
            Layer.OPS,
            "job_runs",
            "data/factdata/ops/job_runs",
            "One attempt to run a job.",
            "작업 실행 한 번",
            List.of(
                    required("run_id", StringType, "The run's name.", "실행 이름"),
                    required("job", StringType, "The job's name.", "작업 이름"),
                    required("status", StringType, "SUCCEEDED or FAILED.", "결과 (SUCCEEDED, FAILED)"),
                    required("window", StringType, "The months built: yyyy-MM..yyyy-MM, or all.", "대상 기간"),
                    required("arguments", StringType, "What determined the result, as JSON.", "인자 (JSON)"),
                    required("inputs", StringType, "Snapshots that were read, as JSON.", "입력 스냅숏 (JSON)"),
                    required("outputs", StringType, "Snapshots published, by table, as JSON.", "출력 스냅숏 (JSON)"),
                    required("facts", StringType, "Counts of rows and sums in KRW, as JSON.", "건수와 합계 (원, JSON)"),
                    required("checks", StringType, "What was checked, with both values, as JSON.", "검증 결과 (JSON)"),
                    optional("error", StringType, "Why it failed; null where it succeeded.", "실패 사유"),
                    required("started_at", TimestampType, "When the attempt began, an instant in UTC.", "시작 시각 (UTC)"),
                    required("ended_at", TimestampType, "When the attempt ended, an instant in UTC.", "종료 시각 (UTC)"),
                    required("duration_seconds", DoubleType, "Time between the two, in seconds.", "소요 시간 (초)")),
            List.of(),
            List.of(),
            Map.of());

    public static final List<TableContract> ALL = List.of(JOB_RUNS);

    private OpsTables() {}
}

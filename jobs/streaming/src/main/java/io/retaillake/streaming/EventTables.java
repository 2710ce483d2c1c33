package io.retaillake.streaming;

import static io.retaillake.common.contract.Column.optional;
import static io.retaillake.common.contract.Column.required;
import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;
import static org.apache.spark.sql.types.DataTypes.createDecimalType;

import io.retaillake.common.contract.Column;
import io.retaillake.common.contract.Layer;
import io.retaillake.common.contract.PartitionField;
import io.retaillake.common.contract.TableContract;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** The tables of users' events: those accepted, those rejected, and counts by window of time. */
public final class EventTables {

    /** A commit every few seconds: files of a task are not sorted before they are written, and old versions' metadata goes. */
    private static final Map<String, String> OF_A_STREAM = Map.of(
            "write.distribution-mode", "none",
            "write.spark.fanout.enabled", "true",
            "write.metadata.delete-after-commit.enabled", "true",
            "write.metadata.previous-versions-max", "100");

    private static final List<Column> PLACE_IN_SOURCE = List.of(
            required("arrived_at", TimestampType, "When the source received it.", "도착 시각")
                    .withExample("2026-11-29 06:16:44.105"),
            required("source", StringType, "The query that read it.", "수집 질의 이름")
                    .withExample("kafka-events"),
            required("source_partition", StringType, "The source's partition or shard.", "원천 파티션")
                    .withExample("events-0@jV8gIE3vQ0mZ3b4JH0mBhA"),
            required("source_position", StringType, "Its record's number in the partition, in digits.", "파티션 내 위치 (숫자)")
                    .withExample("84210"),
            required("source_index", IntegerType, "Which of its record's events it is, from 0.", "레코드 내 순번 (0부터)")
                    .withExample("0"));

    private static final List<String> KEY = List.of("source", "source_partition", "source_position", "source_index");

    public static final TableContract EVENTS = new TableContract(
            Layer.SILVER,
            "events",
            "data/factdata/silver/events",
            "One event of a user, without what tells a person's connection.",
            "사용자 이벤트 한 건 (IP 주소 익명화)",
            Stream.concat(
                            Stream.of(
                                    required("timestamp", TimestampType, "When it happened.", "발생 시각")
                                            .withExample("2026-11-29 06:16:44.088"),
                                    required(
                                                    "event_type",
                                                    StringType,
                                                    "login, logout, purchase, view, …; unknown if the payload does not say.",
                                                    "이벤트 종류")
                                            .withExample("purchase"),
                                    optional("user_id", StringType, "The user; null where missing.", "사용자 번호")
                                            .withExample("4711"),
                                    optional(
                                                    "ip_address",
                                                    StringType,
                                                    "IPv4 without its last octet, IPv6 with its first 48 bits; null where missing or"
                                                            + " not understood.",
                                                    "IP 주소 (익명화)")
                                            .withExample("192.168.7.xxx"),
                                    optional(
                                                    "status_code",
                                                    IntegerType,
                                                    "HTTP's; null where missing or not understood.",
                                                    "HTTP 상태 코드")
                                            .withExample("201"),
                                    required(
                                                    "status_category",
                                                    StringType,
                                                    "Informational, Success, Redirection, Client Error, Server Error or Unknown.",
                                                    "상태 분류")
                                            .withExample("Success"),
                                    optional(
                                                    "response_size",
                                                    LongType,
                                                    "Bytes; null where missing or not understood.",
                                                    "응답 크기 (바이트)")
                                            .withExample("2048"),
                                    optional(
                                                    "path",
                                                    StringType,
                                                    "Requested path without its query's values; null where missing.",
                                                    "요청 경로 (쿼리 값 제외)")
                                            .withExample("/api/orders?page="),
                                    optional(
                                                    "notes",
                                                    createArrayType(StringType),
                                                    "IP_ADDRESS_NOT_UNDERSTOOD, STATUS_CODE_NOT_UNDERSTOOD, RESPONSE_SIZE_NOT_UNDERSTOOD;"
                                                            + " null where nothing is to be noted.",
                                                    "해석하지 못한 값")
                                            .withExample("[IP_ADDRESS_NOT_UNDERSTOOD]"),
                                    required("processed_at", TimestampType, "When its batch began.", "처리 시각")
                                            .withExample("2026-11-29 06:16:45.002"),
                                    required("etl_version", StringType, "Of the rules that made it.", "변환 규칙 버전")
                                            .withExample("1.0")),
                            PLACE_IN_SOURCE.stream())
                    .toList(),
            KEY,
            List.of(PartitionField.hour("timestamp")),
            OF_A_STREAM);

    public static final TableContract EVENT_REJECTS = new TableContract(
            Layer.SILVER,
            "event_rejects",
            "data/factdata/silver/event_rejects",
            "One payload that is not in silver.events, as it came, with all reasons; holds personal data and is deleted after days.",
            "silver.events에서 제외된 원본 한 건과 그 사유 (개인정보 포함, 기한 후 삭제)",
            Stream.concat(
                            Stream.of(
                                    required(
                                                    "reasons",
                                                    createArrayType(StringType),
                                                    "Why, all that apply: NOT_JSON, NO_TIMESTAMP, TIMESTAMP_TOO_OLD, …",
                                                    "제외 사유 (해당하는 모든 사유)")
                                            .withExample("[NO_TIMESTAMP, PATH_NOT_TEXT]"),
                                    required("payload", BinaryType, "The bytes as they came.", "원본")
                                            .withExample("{\"event_type\":\"login\"}"),
                                    required("processed_at", TimestampType, "When its batch began.", "처리 시각")
                                            .withExample("2026-11-29 06:16:45.002")),
                            PLACE_IN_SOURCE.stream())
                    .toList(),
            KEY,
            List.of(PartitionField.hour("arrived_at")),
            OF_A_STREAM);

    private static final List<Column> WINDOW = List.of(
            required("window_start", TimestampType, "The window's first moment.", "구간 시작")
                    .withExample("2026-11-29 06:15:00"),
            required("window_end", TimestampType, "The moment after its last, five minutes later.", "구간 끝 (미포함)")
                    .withExample("2026-11-29 06:20:00"),
            required("source", StringType, "The query that read the events.", "수집 질의 이름")
                    .withExample("kafka-events"),
            required("event_type", StringType, "As in silver.events.", "이벤트 종류").withExample("purchase"),
            required("status_category", StringType, "As in silver.events.", "상태 분류")
                    .withExample("Success"));

    private static final List<Column> MEASURES = List.of(
            required("count_of_event", LongType, "Events.", "이벤트 수").withExample("1342"),
            required(
                            "response_size",
                            createDecimalType(38, 0),
                            "Bytes in all, events without a size as none.",
                            "응답 크기 합계 (바이트)")
                    .withExample("2048"));

    public static final TableContract EVENTS_BY_WINDOW = new TableContract(
            Layer.GOLD,
            "events_by_window",
            "data/factdata/gold/events_by_window",
            "Events of one type and status category in five minutes, of those that were there when the window was closed.",
            "5분 구간·이벤트 종류·상태 분류별 이벤트 (구간 마감 시점 기준)",
            Stream.of(WINDOW, MEASURES).flatMap(List::stream).toList(),
            List.of("window_start", "source", "event_type", "status_category"),
            List.of(),
            OF_A_STREAM);

    public static final TableContract LATE_EVENTS = new TableContract(
            Layer.GOLD,
            "late_events",
            "data/factdata/gold/late_events",
            "Events of one batch that came after their window was closed: in silver.events, but not in gold.events_by_window.",
            "구간 마감 후 도착한 이벤트 (배치별)",
            Stream.of(
                            WINDOW,
                            MEASURES,
                            List.of(required("batch", StringType, "The batch that brought them.", "배치 이름")
                                    .withExample("20261129T061645.002Z")))
                    .flatMap(List::stream)
                    .toList(),
            List.of("window_start", "source", "event_type", "status_category", "batch"),
            List.of(),
            OF_A_STREAM);

    /** All of them, in the order in which a person reads about them. */
    public static final List<TableContract> ALL = List.of(EVENTS, EVENT_REJECTS, EVENTS_BY_WINDOW, LATE_EVENTS);

    private EventTables() {}

    /** Rows with a table's columns, in its order. */
    static Dataset<Row> select(TableContract table, Dataset<Row> rows) {
        return rows.select(
                table.columnNames().stream().map(functions::col).toArray(org.apache.spark.sql.Column[]::new));
    }
}

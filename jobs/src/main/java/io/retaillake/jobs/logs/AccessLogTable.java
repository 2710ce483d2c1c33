package io.retaillake.jobs.logs;

import static io.retaillake.common.contract.Column.optional;
import static io.retaillake.common.contract.Column.required;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampNTZType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import io.retaillake.common.contract.Layer;
import io.retaillake.common.contract.PartitionField;
import io.retaillake.common.contract.TableContract;
import java.util.List;
import java.util.Map;

/** The table of access logs. */
final class AccessLogTable {

    /**
     * By day: at the source's 2,000 records an hour a day is one file of some megabytes, and rows are in the order of their time, so that a
     * query for an hour reads a part of it. Files by hour would be 24 times as many, of some hundred kilobytes.
     */
    static final TableContract ACCESS_LOGS = new TableContract(
            Layer.SILVER,
            "access_logs",
            "data/factdata/silver/access_logs",
            "One record of the source's access log, with the values that it had before it was stored; holds personal data.",
            "접속 로그 한 건 (원본 값, 개인정보 포함)",
            List.of(
                    required(
                                    "in_date",
                                    TimestampNTZType,
                                    "When it happened, by the source's clock, which names no zone.",
                                    "발생 시각 (원천 기준, 시간대 없음)")
                            .withExample("2026-11-29 13:05:07.123456"),
                    required(
                                    "source_id",
                                    StringType,
                                    "The record's id at the source: recordId of the item.",
                                    "원천 레코드 번호")
                            .withExample("184210"),
                    optional(
                                    "arrived_at",
                                    TimestampType,
                                    "When it came to the source: ArrivalTimeStamp of the item; null where that is no time.",
                                    "원천 도착 시각")
                            .withExample("2026-11-29 13:06:00.000"),
                    optional(
                                    "user_id",
                                    StringType,
                                    "The user, personal data: 64 hexadecimal digits, or another text as it came; null where missing.",
                                    "사용자 식별자 (개인정보)")
                            .withExample("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
                    optional(
                                    "record_id",
                                    StringType,
                                    "The field record_id of the record; null where missing.",
                                    "레코드 번호")
                            .withExample("184210"),
                    optional("activity", StringType, "What the user did; null where missing.", "활동")
                            .withExample("view"),
                    optional(
                                    "url",
                                    StringType,
                                    "The address that was asked for, as it came; null where missing.",
                                    "요청 주소")
                            .withExample("/products/17"),
                    optional(
                                    "method",
                                    StringType,
                                    "HTTP's method: GET, POST, PUT, DELETE, PATCH, or another text as it came; null where missing.",
                                    "HTTP 메서드")
                            .withExample("GET"),
                    optional("name", StringType, "The user's name, personal data; null where missing.", "사용자 이름 (개인정보)")
                            .withExample("홍길동"),
                    optional(
                                    "detail",
                                    StringType,
                                    "What else the record says, as text; may hold personal data; null where missing.",
                                    "상세 (개인정보 포함 가능)")
                            .withExample("from search"),
                    optional(
                                    "in_date_text",
                                    StringType,
                                    "inDate as it was written, where that is not yyyy-MM-dd HH:mm:ss.ffffff; else null.",
                                    "발생 시각 원문 (표준 형식이 아닌 경우)")
                            .withExample("2026-11-29T13:05:07+09:00"),
                    optional(
                                    "forms",
                                    StringType,
                                    "JSON object of the fields that were no text in the source: json (the column has the value's"
                                            + " JSON, null for JSON's null), python (its Python literal), missing (no such field); null where all"
                                            + " were texts.",
                                    "텍스트가 아니었던 필드와 그 형식 (JSON)")
                            .withExample("{\"detail\":\"json\"}"),
                    optional(
                                    "more",
                                    StringType,
                                    "JSON object of the record's further fields, a Python literal as text where forms says so; may hold personal"
                                            + " data; null without such.",
                                    "그 밖의 필드 (JSON, 개인정보 포함 가능)")
                            .withExample("{\"device\":\"mobile\"}"),
                    optional(
                                    "item",
                                    StringType,
                                    "JSON object of what the item says beside recordId, ArrivalTimeStamp and data, and of an"
                                            + " ArrivalTimeStamp that arrived_at does not say exactly; null without such.",
                                    "원천 항목의 그 밖의 필드 (JSON)")
                            .withExample("{\"ArrivalTimeStamp\":\"1764392760\"}"),
                    required("turn", LongType, "The collector's turn that brought it.", "수집 회차")
                            .withExample("1042")),
            List.of("source_id"),
            List.of(PartitionField.day("in_date")),
            // Most columns of text have as many values as rows, and looking each up in a dictionary that is thrown away
            // in the end was a quarter of the work. Parquet looks after the first page whether a dictionary is worth
            // it.
            Map.of("write.parquet.dict-size-bytes", "524288", "write.parquet.page-row-limit", "2000"));

    private AccessLogTable() {}
}

-- Makes the table of items that are no access logs, as they came, by the day of UTC on which they arrived. Replace the bucket, in both places.
CREATE EXTERNAL TABLE logs.access_log_rejects (
    reason string COMMENT 'NOT_AN_ITEM, NO_ID, NOT_A_TOKEN, NOT_VERIFIED, TOO_LARGE, TOO_SLOW, NOT_A_RECORD, NO_TIME, OTHER_CONTENT',
    message string COMMENT 'The reason in words'
)
PARTITIONED BY (year int, month int, day int)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://BUCKET/logs/rejects/'
TBLPROPERTIES (
    'projection.enabled' = 'true',
    'projection.year.type' = 'integer',
    'projection.year.range' = '2020,2039',
    'projection.year.digits' = '4',
    'projection.month.type' = 'integer',
    'projection.month.range' = '1,12',
    'projection.month.digits' = '2',
    'projection.day.type' = 'integer',
    'projection.day.range' = '1,31',
    'projection.day.digits' = '2',
    'storage.location.template' = 's3://BUCKET/logs/rejects/year=${year}/month=${month}/day=${day}'
)

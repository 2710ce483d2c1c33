-- Makes the table of access logs as the collector stores them, one record a line. Replace the bucket, in both places.
-- Athena finds the folders by projection: no crawler, no partition to add. An hour without records is no folder, and no error.
-- Have each query say year, month and day: without them, the hours of twenty years are looked for.
CREATE EXTERNAL TABLE logs.access_log_lines (
    source_id string COMMENT 'recordId of the item',
    arrived_at bigint COMMENT 'ArrivalTimeStamp in milliseconds since 1970',
    user_id string COMMENT '44 characters: two halves of 16 bytes in url-safe Base64',
    record_id string COMMENT 'As it came',
    activity string COMMENT 'As it came',
    url string COMMENT 'As it came',
    name string COMMENT 'As it came',
    detail string COMMENT 'As it came',
    method string COMMENT 'GET 1, POST 2, PUT 3, DELETE 4, PATCH 5',
    in_date string COMMENT '18 digits yyMMddHHmmssffffff',
    forms map<string,string> COMMENT 'Field to how it is kept, where that is not as above: text, json, python, missing',
    more map<string,string> COMMENT 'Further fields of the record, as JSON or Python text',
    item map<string,string> COMMENT 'Further fields of the item, as JSON text'
)
PARTITIONED BY (year int, month int, day int, hour int)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://BUCKET/logs/data/logs/'
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
    'projection.hour.type' = 'integer',
    'projection.hour.range' = '0,23',
    'projection.hour.digits' = '2',
    'storage.location.template' = 's3://BUCKET/logs/data/logs/year=${year}/month=${month}/day=${day}/hour=${hour}'
)

-- Fills a source's tables with purchases of a shape; ${...} stand for its numbers. Receipts have two lines and one in turns, ascend
-- with time, and belong to affiliates in turns, so that affiliates' months have equally many.

INSERT INTO zipcode
SELECT lpad((area * 10)::text, 5, '0'), '도' || area % 17, 'Province ' || area % 17, '시' || area, 'City ' || area,
       NULL, NULL, '중앙로', 'Jungang-ro', lpad(area::text, 3, '0')
  FROM generate_series(1, 473) area;

INSERT INTO customer
SELECT lpad(number::text, 9, '0'), CASE number % 2 WHEN 0 THEN 'F' ELSE 'M' END,
       (ARRAY['19세이하', '20세~24세', '25세~29세', '30세~34세', '35세~39세', '40세~44세', '45세~49세', '50세~54세', '55세~59세', '60세이상'])[1 + number % 10],
       lpad((1 + number % 473)::text, 3, '0')
  FROM generate_series(0, ${customers} - 1) number;

INSERT INTO products_info
SELECT 'A' || affiliate, 1 + product % 9, 1 + product % 300, 'P' || product, '중분류 ' || 1 + product % 300, '소분류 ' || product
  FROM generate_series(0, ${affiliates} - 1) affiliate, generate_series(0, ${products} - 1) product;

INSERT INTO purchase
SELECT 'A' || receipt % ${affiliates},
       lpad(receipt::text, 10, '0'),
       1 + product % 9,
       1 + product % 300,
       'P' || product,
       CASE WHEN receipt_hash % 20 > 0 THEN lpad((receipt_hash / 20 % ${customers})::text, 9, '0') END,
       'S' || receipt_hash % 97,
       to_char(DATE '2014-01-01' + ((day + line % 3 * ${days_between_lines}) % days)::int, 'YYYYMMDD'),
       lpad((9 + receipt_hash % 13)::text, 2, '0'),
       100 * (1 + line_hash % 2000)
  FROM (SELECT line, receipt, receipt_hash, line_hash, days,
               (receipt_hash + line) % ${products} AS product,
               (receipt * days / (1 + ${lines} * 2 / 3))::int AS day
          FROM (SELECT line, line * 2 / 3 AS receipt,
                       hashint8extended(line * 2 / 3, 1) & 1152921504606846975 AS receipt_hash,
                       hashint8extended(line, 2) & 1152921504606846975 AS line_hash,
                       (DATE '2014-01-01' + INTERVAL '${months} months')::date - DATE '2014-01-01' AS days
                  FROM generate_series(0::bigint, ${lines}::bigint - 1) line) numbered) drawn;

-- Which fields of the records are not as usual, and how: missing, no text, or a text that has no shorter form.
-- Grain: field and form. Units: records, one record's id as an example.
-- Cost: the files of the hours in the window, read whole.
-- Months: change year, month and day, of which the folders are.
SELECT
    field,
    form,
    count(*) AS count_of_record,
    min(source_id) AS example_source_id
FROM logs.access_logs
CROSS JOIN UNNEST(forms) AS unusual (field, form)
WHERE year = 2026
  AND month = 11
  AND day BETWEEN 28 AND 28
GROUP BY field, form
ORDER BY count_of_record DESC, field, form

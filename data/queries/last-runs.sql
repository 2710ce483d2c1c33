-- The health of the last twenty runs: which jobs ended well, which did not and why, and how long they took.
-- Grain: run. A job counts by its last attempt in the run, BuildTable once for each table, and failed_attempts counts earlier ones, too.
-- unhealthy_jobs is empty when all is well, last_error the newest message of a failed attempt, null where none failed.
-- Units: times in Seoul, seconds of work with jobs that ran at the same time added up, passed_checks of the last attempts.
-- Cost: all of ops.job_runs, which is small.
-- Months: months is what the run built (jobs that know no months say all). For more runs change LIMIT.
WITH attempts AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY run_id, job, json_extract_scalar(arguments, '$.table') ORDER BY started_at DESC, ended_at DESC) = 1 AS is_last
    FROM ops.job_runs)
SELECT
    run_id,
    min("window") AS months,
    at_timezone(min(started_at), 'Asia/Seoul') AS started_at,
    at_timezone(max(ended_at), 'Asia/Seoul') AS ended_at,
    count_if(is_last AND status = 'SUCCEEDED') AS succeeded_jobs,
    coalesce(
        array_join(array_agg(job ORDER BY job) FILTER (WHERE is_last AND status <> 'SUCCEEDED'), ', '), '')
        AS unhealthy_jobs,
    count_if(status <> 'SUCCEEDED') AS failed_attempts,
    CAST(sum(duration_seconds) AS decimal(18, 1)) AS work_seconds,
    sum(json_array_length(checks)) FILTER (WHERE is_last AND status = 'SUCCEEDED') AS passed_checks,
    max_by(error, ended_at) FILTER (WHERE error IS NOT NULL) AS last_error
FROM attempts
GROUP BY run_id
ORDER BY started_at DESC, run_id
LIMIT 20

# Deletes uploads that nothing needs any more, after a deployment; sourced by bin/deploy. Only what bin/deploy itself has uploaded, by its name.

# So many of each kind stay beside what is in use.
most_kept=5

tidy() {
    [ "$uses_bucket" = true ] || return 0
    (tidy_uploads) || echo "Older uploads were not deleted, for the reason above; the deployment is complete."
}

tidy_uploads() {
    list_objects glue/script/ tables/
    find_uploads
    cut -f 1 "$work/uploads" | sort | uniq -c | awk -v most="$most_kept" '$1 > most { more = 1 } END { exit !more }' || return 0
    find_uses
    sort -k 1,1 -k 2,2r "$work/uploads" | awk -F '\t' -v most="$most_kept" -v since="$since" -v uses="$work/uses" '
        BEGIN { while ((getline line <uses) > 0) used = used line "\n" }
        $1 != kind { kind = $1; rank = 0; covered = (since == "") }
        {
            # A run that began then has the newest of that time, and may have it still.
            may_run = !covered
            if ($2 <= since) covered = 1
            rank++
            if (rank > most && !may_run && !index(used, $3)) print $3
        }' >"$work/old"
    [ -s "$work/old" ] || return 0
    echo "Deleting what nothing uses any more and is not among the $most_kept newest:"
    sed "s|^|  s3://$bucket/|" "$work/old"
    # A folder is all of our files in it.
    awk -F '\t' -v old="$work/old" '
        BEGIN { while ((getline line <old) > 0) is_old[line] = 1 }
        $4 != "" && ($3 in is_old) { print $4 }' "$work/files" >"$work/keys"
    while [ -s "$work/keys" ]; do
        head -n 1000 "$work/keys" | awk '
            { objects = objects (NR > 1 ? ", " : "") "{\"Key\": \"" $0 "\"}" }
            END { print "{\"Quiet\": true, \"Objects\": [" objects "]}" }' >"$work/delete.json"
        delete_objects
        tail -n +1001 "$work/keys" >"$work/more"
        mv "$work/more" "$work/keys"
    done
}

# In $work/uploads kind, time and key or folder of each upload; in $work/files the same of each file, and its key.
find_uploads() {
    awk -F '\t' -v OFS='\t' '
        BEGIN {
            hex4 = "[0-9a-f][0-9a-f][0-9a-f][0-9a-f]"
            hash = hex4 hex4 hex4
            jar = "[A-Za-z0-9._-]*\\.jar$"
            beside = "^(jobs|emr|pipeline|streaming)\\.yaml$|^(pipeline|starter|overdue)\\.asl\\.json$|^glue-script\\.scala$|^deployed$"
        }
        {
            kind = ""
            unit = $2
            file = unit
            sub(".*/", "", file)
            folder = substr(unit, 1, length(unit) - length(file))
            if (folder ~ "^glue/script/[A-Za-z0-9._-]+-" hash "/$") {
                unit = folder
                if (file ~ "^retail-lakehouse-lambda-" jar) kind = "lambda"
                else if (file ~ "^retail-lakehouse-logs-lambda-" jar) kind = "logs-lambda"
                else if (file ~ "^retail-lakehouse-" jar) kind = "jobs"
                else if (file ~ "^generator-" jar) kind = "generator"
                else if (file ~ beside) kind = "beside"
            } else if (unit ~ "^glue/script/(glue-script|pipeline|starter|overdue)-" hash "\\.(scala|asl\\.json)$") {
                kind = file
                sub("-" hash ".*", "", kind)
            } else if (unit ~ "^tables/" hash "/[^/\"\\\\]+$") {
                kind = "tables"
                unit = folder
            } else if (unit ~ "^glue/script/templates/" hex4 hex4 hex4 hex4 hex4 hex4 hex4 hex4 "\\.template$") {
                kind = "templates"
            }
            if (kind != "") print kind, substr($1, 1, 19), unit, $2
        }' "$work/objects" >"$work/files"
    # A folder is as old as its newest file, which tells when its jar was last deployed.
    awk -F '\t' -v OFS='\t' '
        $1 != "beside" { kind[$3] = $1 }
        $2 > newest[$3] { newest[$3] = $2 }
        END { for (unit in kind) print kind[unit], newest[unit], unit }' "$work/files" >"$work/uploads"
}

# In $work/uses whatever names what is in use, in any stack or job of the account; in $since when the oldest run that is under way began.
find_uses() {
    ask "what the stacks use" cloudformation describe-stacks --query 'Stacks[].Parameters[].ParameterValue' >"$work/uses" || exit 4
    glue_jobs >"$work/jobs" || exit 4
    cat "$work/jobs" >>"$work/uses"
    since=
    cut -f 1 "$work/jobs" >"$work/names"
    while IFS= read -r job; do
        active_runs "$job" >"$work/active" || exit 4
        since=$({ printf '%s\n' "$since"; cut -f 2 "$work/active"; } | cut -c 1-19 | sed '/^$/d; /^None/d' | sort | head -n 1)
    done <"$work/names"
    active_emr_runs >"$work/emr-runs" || exit 4
    application=$(output_of emr ApplicationId) || exit 4
    while IFS= read -r run; do
        ask "what the run $run uses" emr-serverless get-job-run --application-id "$application" --job-run-id "$run" \
            --query 'jobRun.jobDriver.sparkSubmit.entryPoint' >>"$work/uses" || exit 4
    done <"$work/emr-runs"
}

# Deletes the objects of $work/delete.json.
delete_objects() {
    ask "whether everything was deleted" s3api delete-objects --bucket "$bucket" --delete "file://$work/delete.json" \
        --query 'Errors[].[Key, Message]' >"$work/refused" || exit 4
    [ ! -s "$work/refused" ] || fail_outside "S3 has not deleted all: $(tr '\n' ' ' <"$work/refused")"
}

# Takes down stacks: one of events, streaming and logs here, the whole project in delete-project.sh; sourced by bin/deploy.

# begin_deletion STACK: ends the command where that stack can't be deleted now.
begin_deletion() {
    if [ "$dry_run" = false ]; then
        check_deletable "$1"
        if [ "$1" = events ]; then
            check_data events "$events_bucket"
        else
            check_data lake "$bucket"
        fi
    fi
    refuse_problems
    echo "In $account, region $region, this is deleted:"
}
# check_data STACK BUCKET: whether the bucket's data is this project's.
check_data() {
    check_bucket_name "$1" "$2"
    [ "$delete_data" = false ] || check_owner "$2"
}
# check_deletable STACK: one whose deletion is under way is waited for.
check_deletable() {
    status=$(status_of "$1") || exit 4
    case $status in
        REVIEW_IN_PROGRESS | DELETE_IN_PROGRESS) ;;
        *_IN_PROGRESS) problem "the stack $prefix-$1 is in state $status. Wait until that has ended, then repeat" ;;
    esac
}
# end_dry_run_or_ask QUESTION
end_dry_run_or_ask() {
    if [ "$dry_run" = true ]; then
        echo "Nothing was changed."
        exit 0
    fi
    confirm "$1"
}

# delete_stack STACK: takes it down, if it is there, whatever an earlier deletion has left of it.
delete_stack() {
    status=$(status_of "$1") || exit 4
    if [ -z "$status" ] || [ "$status" = None ]; then
        echo "$1: there is no stack $prefix-$1"
        return
    fi
    echo "$1: deleting $prefix-$1"
    call cloudformation delete-stack --stack-name "$prefix-$1"
    if ! aws --region "$region" cloudformation wait stack-delete-complete --stack-name "$prefix-$1" >"$work/out" 2>"$work/error"; then
        cat "$work/error" >&2
        show_failures "$prefix-$1" 2>"$work/failures"
        cat "$work/failures" >&2
        fail_outside "the stack $prefix-$1 could not be deleted; the reasons are above.
$(explain_failures)What is deleted stays deleted. Mend that, and give the same command again: it goes on here."
    fi
}
# What the reasons in $work/failures mean.
explain_failures() {
    if grep -Eq 'in use by|is imported by' "$work/failures"; then
        echo "Another stack imports what this one exports: delete or change that one first."
    fi
    if grep -Eqi 'dependen|currently in use' "$work/failures"; then
        echo "Something is in its network still. The interfaces of Glue's and EMR's workers are removed some minutes after the last run; others are yours."
    fi
    if grep -qi 'protect' "$work/failures"; then
        echo "The server refuses deletion: aws rds modify-db-instance --region $region --db-instance-identifier $prefix-source --no-deletion-protection --apply-immediately"
    fi
    if grep -qi 'workgroup.*not empty' "$work/failures"; then
        echo "The workgroup has queries: aws athena delete-work-group --region $region --work-group $prefix --recursive-delete-option"
    fi
}

# Stops the stream, and waits until it has stopped.
stop_stream() {
    runs=$(active_run_ids "$prefix-StreamEvents") || exit 4
    [ -n "$runs" ] || return 0
    echo "streaming: stopping" $runs
    call glue batch-stop-job-run --job-name "$prefix-StreamEvents" --job-run-ids $runs
    waited=0
    while
        runs=$(active_run_ids "$prefix-StreamEvents") || exit 4
        [ -n "$runs" ]
    do
        [ $waited -lt 600 ] || fail_outside "the run has not stopped within ten minutes. Give the same command again."
        sleep 5
        waited=$((waited + 5))
    done
}

# Takes the stream down; what it has written stays.
delete_streaming() {
    begin_deletion streaming
    echo "  the stack $prefix-streaming: the job $prefix-StreamEvents with its runs, role, logs, alarms"
    echo "This stays: the tables with all events; the next bin/deploy --only streaming goes on where they are"
    end_dry_run_or_ask "Delete the stack?"
    stop_stream
    delete_stack streaming
    echo "Done. The jars stay below s3://$bucket/glue/script/, and what the job read stays as it is."
}

# Takes events down: without --delete-data nothing that holds an event.
delete_events() {
    data="the bucket $events_bucket with its events and failed records"
    begin_deletion events
    echo "  the stack $prefix-events: Firehose's stream, a Kinesis stream that it made, function, roles, alarms, dashboard, table, queue, logs"
    echo "  records that Firehose or that Kinesis stream has not delivered yet; stop the producers first, and wait for DeliverySeconds"
    if [ "$delete_data" = true ]; then
        echo "  $data, for good"
        end_dry_run_or_ask "Delete all that, the data too?"
    else
        echo "This stays: $data"
        end_dry_run_or_ask "Delete the stack?"
    fi
    delete_stack events
    if [ "$delete_data" = false ]; then
        echo "Done. The bucket $events_bucket stays, if there was one, and the next bin/deploy --only events takes it up again;"
        echo "with --delete --delete-data it is deleted, too."
    elif has_bucket "$events_bucket"; then
        echo "events: deleting the bucket $events_bucket and what is in it"
        call s3 rb "s3://$events_bucket" --force
        echo "Done. No event is left in $events_bucket."
    else
        echo "Done. There is no bucket $events_bucket."
    fi
    echo "The function's jars stay below s3://$code_bucket/glue/script/, and a Kinesis stream that was given as source stays as it is."
}

# Takes the log's collection down: without --delete-data nothing that it has collected.
delete_logs() {
    data="what is collected, below s3://$bucket/logs/"
    begin_deletion logs
    echo "  the stack $prefix-logs: schedule, function, roles, alarms, dashboard, tables, queue, the function's log"
    [ "$delete_data" = false ] || echo "  $data; the bucket keeps it as old versions for as long as it keeps any (lake.UndeleteDays)"
    [ "$delete_data" = true ] || echo "This stays: $data"
    echo "This stays: the secret with the keys, and silver.access_logs"
    if [ "$delete_data" = true ]; then
        end_dry_run_or_ask "Delete all that, the data too?"
    else
        end_dry_run_or_ask "Delete the stack?"
    fi
    delete_stack logs
    if [ "$delete_data" = true ]; then
        echo "logs: deleting what is below s3://$bucket/logs/"
        call s3 rm "s3://$bucket/logs/" --recursive --only-show-errors
    else
        echo "The next bin/deploy --only logs goes on with s3://$bucket/logs/; with --delete --delete-data it is deleted, too."
    fi
    echo "Done. The function's jars stay below s3://$bucket/glue/script/."
}

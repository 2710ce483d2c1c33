# Takes the whole project down, in the opposite order of its deployment; sourced by bin/deploy. Data goes only with --delete-data.

# With pipeline the schedule goes: from then on, nothing starts by itself.
deletion_order="logs streaming events queries pipeline emr jobs database lake network"

delete_project() {
    there=
    if [ "$dry_run" = false ]; then
        check_project
    fi
    refuse_problems
    if [ "$dry_run$delete_data$there" = falsefalse ]; then
        echo "There is no stack of the project $prefix in $account, region $region."
        show_what_is_left
        return
    fi
    show_deletion
    end_dry_run_or_ask "Delete all that?"
    [ "$delete_data" = false ] || confirm_data
    for stack in $deletion_order; do
        is_word_of "$stack" "$there" || continue
        case $stack in
            streaming) stop_stream ;;
            emr) stop_emr_application ;;
            database) unprotect_database ;;
        esac
        delete_stack "$stack"
    done
    if [ "$delete_data" = true ]; then
        delete_catalog
        delete_bucket
    fi
    show_what_is_left
}

# Whether the stacks and the bucket can be deleted, and are of one project.
check_project() {
    for stack in $stacks; do
        check_deletable "$stack"
        [ -z "$status" ] || [ "$status" = None ] || there="$there $stack"
    done
    check_data lake "$bucket"
    check_nothing_runs
}

# Says of each execution and run how it is stopped. The stream is stopped by this command.
check_nothing_runs() {
    executions=$(active_executions) || exit 4
    for execution in $executions; do
        problem "the execution $execution of the pipeline is under way. Wait for it, or end it: bin/executions stop $execution --state-machine $prefix-pipeline --region $region"
    done
    glue_jobs >"$work/jobs" || exit 4
    cut -f 1 "$work/jobs" >"$work/names"
    while IFS= read -r job; do
        [ "$job" != "$prefix-StreamEvents" ] || continue
        runs=$(active_run_ids "$job") || exit 4
        [ -z "$runs" ] || problem "the job $job runs. Wait for it, or end it: aws glue batch-stop-job-run --region $region --job-name $job --job-run-ids" $runs
    done <"$work/names"
    runs=$(active_emr_runs) || exit 4
    for run in $runs; do
        problem "the run $run on EMR Serverless is under way. Wait for it, or end it: aws emr-serverless cancel-job-run --region $region --application-id $(output_of emr ApplicationId) --job-run-id $run"
    done
}

show_deletion() {
    echo "In $account, region $region, this is deleted, in this order:"
    for stack in $deletion_order; do
        if [ "$dry_run" = true ] || is_word_of "$stack" "$there"; then
            printf '  %-9s stack %-32s %s\n' "$stack" "$prefix-$stack" "$(deletion_of "$stack")"
        fi
    done
    if [ "$delete_data" = true ]; then
        echo "  the bucket $bucket with every version of every object, and the catalog's databases of its tables, for good"
    else
        echo "This stays: the bucket $bucket with all data, and the catalog's databases of its tables"
    fi
    echo "This stays: the bucket's key, the database's last snapshot and backups, the secrets, the logs of jobs, pipeline and database, messages that"
    echo "  could not be delivered, the bucket $events_bucket. What each costs, and how it is deleted: cloudformation/README.md, Take it down"
}
deletion_of() {
    case $1 in
        logs) echo "schedule, function, alarms, tables of Athena" ;;
        streaming) echo "the stream is stopped" ;;
        events) echo "records that Firehose has not delivered yet are lost: stop the producers first" ;;
        pipeline) echo "state machines with the history of their executions, schedules, notifications" ;;
        emr) echo "application" ;;
        queries) echo "saved queries" ;;
        jobs) echo "jobs with the history of their runs, roles" ;;
        database) echo "server, after a last snapshot; its protection is switched off" ;;
        lake) echo "workgroup with what was saved in it and its history" ;;
        network) echo "VPC, endpoints, bastion" ;;
    esac
}

# The one question that --yes does not answer; a script can write the name to standard input.
confirm_data() {
    printf 'All data of the lake will be gone for good. To delete it, type the name of the bucket: '
    read -r answer || answer=
    [ -t 0 ] || echo
    [ "$answer" = "$bucket" ] || fail "that is not $bucket; nothing was changed."
}

# An application that is started can't be deleted.
stop_emr_application() {
    application=$(output_of emr ApplicationId) || exit 4
    [ -n "$application" ] || return 0
    waited=0
    while state=$(ask "whether the application has stopped" emr-serverless get-application --application-id "$application" \
        --query application.state) || exit 4; do
        case $state in
            '' | CREATED | STOPPED | TERMINATED) return ;;
            STARTED) call emr-serverless stop-application --application-id "$application" ;;
        esac
        [ $waited -lt 600 ] || fail_outside "the application $application has not stopped within ten minutes. Give the same command again."
        sleep 5
        waited=$((waited + 5))
    done
}

# A server whose deletion has begun can't be changed. If another can't be just now, deleting its stack says so.
unprotect_database() {
    aws --region "$region" rds modify-db-instance --db-instance-identifier "$prefix-source" --no-deletion-protection --apply-immediately \
        >/dev/null 2>"$work/error" || grep -Eq 'DBInstanceNotFound|InvalidDBInstanceState' "$work/error" \
        || fail_outside "the protection of the server $prefix-source can't be switched off: $(tr '\n' ' ' <"$work/error")"
}

# The databases whose tables were in the bucket; their tables go with them.
delete_catalog() {
    databases=$(ask "which databases the catalog has" glue get-databases \
        --query "DatabaseList[?LocationUri && starts_with(LocationUri, 's3://$bucket/')].Name") || exit 4
    for database in $databases; do
        echo "deleting the catalog's database $database"
        call glue delete-database --name "$database"
    done
}

delete_bucket() {
    if ! has_bucket "$bucket"; then
        echo "there is no bucket $bucket"
        return
    fi
    echo "deleting what is in $bucket, a thousand versions at once"
    deleted=0 pages=0
    while
        aws --region "$region" s3api list-object-versions --bucket "$bucket" --no-paginate --max-keys 1000 --output json \
            --query '{Quiet: `true`, Objects: [Versions, DeleteMarkers][].{Key: Key, VersionId: VersionId}}' >"$work/delete.json" 2>"$work/error" \
            || fail_outside "s3://$bucket can't be listed: $(tr '\n' ' ' <"$work/error")"
        grep -q '"Key"' "$work/delete.json"
    do
        delete_objects
        deleted=$((deleted + $(grep -c '"Key"' "$work/delete.json")))
        pages=$((pages + 1))
        [ $((pages % 10)) -ne 0 ] || echo "  $deleted versions"
    done
    call s3api delete-bucket --bucket "$bucket"
    echo "  $deleted versions and the bucket are deleted"
}

show_what_is_left() {
    echo "Done. With the project's tag, there are still:"
    aws --region "$region" resourcegroupstaggingapi get-resources --tag-filters "Key=project,Values=$prefix" \
        --query 'ResourceTagMappingList[].ResourceARN' --output text 2>/dev/null | tr '\t' '\n' | sed '/^None$/d; s/^/  /' || true
    echo "cloudformation/README.md, Take it down, says what each is for, what it costs, and how it is deleted. AWS may name for a while what is gone."
}

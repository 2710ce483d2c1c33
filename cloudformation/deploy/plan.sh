# What will be done, shown before anything is; sourced by bin/deploy.

# The stacks that are to be created.
new_stacks=
plan() {
    echo "Into $account, region $region, as project $prefix:"
    for stack in $stacks; do
        wants "$stack" || continue
        action="create or update"
        if [ "$dry_run" = false ]; then
            status=$(status_of "$stack") || exit 4
            judge_status
        fi
        printf '  %-9s stack %-32s %s%s\n' "$stack" "$prefix-$stack" "$action" "$(plan_of "$stack")"
    done
    [ "$dry_run" = true ] || check_what_is_there
    [ -z "$generator_key" ] || echo "  with the generator s3://$bucket/$generator_key"
    [ -z "$namespace_prefix" ] || echo "  with $namespace_prefix before the databases' names"
    [ -z "$kms_key" ] || echo "  with the key $kms_key for secrets and logs$(! is_word_of database "$new_stacks" || echo ", and the database")"
    ifs=$IFS
    lines_as_words
    for setting in $settings; do
        echo "  with $setting"
    done
    set +f
    IFS=$ifs
    refuse_problems
    if [ "$dry_run" = true ]; then
        echo "Nothing was changed."
        exit 0
    fi
}

# What is to be done with a stack of that status, or why nothing can be.
judge_status() {
    case $status in
        '' | None | REVIEW_IN_PROGRESS | ROLLBACK_COMPLETE) new_stacks="$new_stacks $stack" ;;
    esac
    case $status in
        '' | None | REVIEW_IN_PROGRESS) action=create ;;
        ROLLBACK_COMPLETE) action="delete what a failed creation left, create" ;;
        *_COMPLETE) action=update ;;
        *) action=$status ;;
    esac
    case $status in
        ROLLBACK_FAILED | DELETE_FAILED)
            problem "the stack $prefix-$stack is in state $status: something in it could not be deleted; its events in the console say what and why. Fix that, delete the stack (aws cloudformation delete-stack --stack-name $prefix-$stack --region $region), then repeat"
            ;;
        REVIEW_IN_PROGRESS) ;;
        *_IN_PROGRESS) problem "the stack $prefix-$stack is in state $status. Wait until that has ended, then repeat" ;;
        *_FAILED) problem "the stack $prefix-$stack is in state $status. Fix it in the console, then repeat" ;;
    esac
}

plan_of() {
    case $1 in
        lake) echo "  bucket $bucket with $folders" ;;
        database) echo "  about ten minutes the first time" ;;
        jobs) echo "  s3://$bucket/$jar_key${tables_key:+, $(definitions | grep -c '\.sql$') tables in s3://$bucket/$tables_key}" ;;
        events) echo "  bucket $events_bucket, s3://$code_bucket/$events_key" ;;
        logs) echo "  s3://$bucket/$logs_key into s3://$bucket/logs/${url:+, from the host $(printf '%s' "$url" | cut -d / -f 3)}" ;;
        streaming) echo "  ${stream:+from the Kinesis stream $stream, }${topic:+from the topic $topic, }s3://$bucket/$jar_key" ;;
        queries) echo "  $(grep -c AWS::Athena::NamedQuery "$work/queries.yaml") saved queries" ;;
    esac
}

# What the chosen stacks need of what is there.
check_what_is_there() {
    [ "${chosen# }" = events ] || check_bucket_name lake "$bucket"
    ! wants events || check_bucket_name events "$events_bucket"
    ! is_word_of events "$new_stacks" || check_owner "$events_bucket"
    if wants events && ! wants lake && ! has_bucket "$code_bucket"; then
        problem "the bucket $code_bucket, which the function's jar is to be in, is not there. Deploy the lake, or give a bucket of this region: --set events.CodeBucket="
    fi
    if is_word_of streaming "$new_stacks"; then
        case $settings in
            *streaming.Stream=* | *streaming.Topic=*) ;;
            *) [ -n "$stream" ] || { [ -n "$brokers" ] && [ -n "$topic" ]; } \
                || problem "StreamEvents has nothing to read; give --stream, or --bootstrap-servers and --topic" ;;
        esac
    fi
    if is_word_of logs "$new_stacks"; then
        case $settings in
            *logs.Url=*) ;;
            *) [ -n "$url" ] || problem "the function has nothing to collect; give --url" ;;
        esac
    fi
    for stack in $new_stacks; do
        check_needs "$stack" "$(needs_of "$stack")"
    done
    [ "$kms_key" != lake ] || check_needs "--kms-key lake" lake
    if wants jobs; then
        executions=$(active_executions) || exit 4
        for execution in $executions; do
            echo "  the execution $execution is under way: what it has begun goes on, its later jobs take the new jar"
        done
    fi
}

# needs_of STACK: the stacks of whose exports its template takes some.
needs_of() {
    sed -n "s/.*ImportValue[^\$]*\${ProjectName}\(-[A-Za-z0-9]*\).*/Name: !Sub '\${ProjectName}\1'/p" "$(template_of "$1")" | sort -u >"$work/imports"
    [ -s "$work/imports" ] || return 0
    for exporter in $stacks; do
        [ ! -f "$(template_of "$exporter")" ] || ! grep -Fq -f "$work/imports" "$(template_of "$exporter")" || printf '%s ' "$exporter"
    done
}
# check_needs WHAT STACKS: without them CloudFormation would fail when others are deployed already.
check_needs() {
    for needed in $2; do
        wants "$needed" && continue
        status=$(status_of "$needed") || exit 4
        case $status in
            '' | None | REVIEW_IN_PROGRESS | ROLLBACK_COMPLETE)
                problem "there is no stack $prefix-$needed, which $1 needs; give --only $needed, too, or no --only"
                ;;
        esac
    done
}

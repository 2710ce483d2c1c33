# Versions of the jobs that were deployed: each job jar's folder in the bucket has what it was deployed with; sourced by bin/deploy.

# list_objects PREFIX…: time and key of each object of the bucket, one a line, in $work/objects.
list_objects() {
    : >"$work/objects"
    for below in "$@"; do
        aws --region "$region" s3api list-objects-v2 --bucket "$bucket" --prefix "$below" --query 'Contents[].[LastModified, Key]' \
            --output text >>"$work/objects" 2>"$work/error" \
            || fail_outside "s3://$bucket/$below can't be listed: $(tr '\n' ' ' <"$work/error")"
    done
}

# Keeps templates and state machines beside the job jar that they were deployed with, and when that was.
keep_release() {
    wants_job_jar || wants pipeline || return 0
    kept=$jar_key
    [ -n "$kept" ] || kept=$(parameter_of jobs JarKey) || exit 4
    [ -n "$kept" ] || return 0
    mkdir -p "$work/kept"
    : >"$work/kept/deployed"
    for stack in jobs emr pipeline streaming; do
        ! wants "$stack" || cp "$(template_of "$stack")" "$work/kept/"
    done
    [ -z "$script_key" ] || cp "$script" "$work/kept/"
    if wants pipeline; then
        for machine in pipeline starter overdue; do
            cp "$(state_machine_of "$machine")" "$work/kept/"
        done
    fi
    call s3 cp "$work/kept/" "s3://$bucket/${kept%/*}/" --recursive --only-show-errors
}

list_releases() {
    if [ "$dry_run" = true ]; then
        echo "A dry run calls nobody; without --dry-run, the versions that are kept are listed."
        return
    fi
    list_objects glue/script/
    current=$(parameter_of jobs JarKey) || exit 4
    awk -v current="$current" '
        {
            count = split($2, part, "/")
            if (count != 4) next
            name = part[3]
            if (part[4] == "jobs.yaml") has_templates[name] = 1
            if (part[4] ~ /^retail-lakehouse-[0-9].*\.jar$/) has_jar[name] = 1
            if (part[4] == "deployed") deployed[name] = substr($1, 1, 19)
        }
        END {
            for (name in deployed) {
                if (!(name in has_templates) || !(name in has_jar)) continue
                time = substr(deployed[name], 1, 16)
                sub("T", " ", time)
                print deployed[name] "\t" time " UTC  " name (index(current, "/" name "/") ? "  deployed now" : "")
            }
        }' "$work/objects" | sort -r | cut -f 2 >"$work/releases"
    if [ -s "$work/releases" ]; then
        echo "Kept in s3://$bucket/glue/script/, with the time of the last deployment:"
        sed 's/^/  /' "$work/releases"
        echo "Go back with: bin/deploy --name $name --project $prefix --region $region --rollback VERSION"
    else
        echo "No version is kept in s3://$bucket/glue/script/ yet; each deployment of the jobs keeps its own from now on."
    fi
}

# Fetches what is to be deployed again, and chooses the stacks that belong to it.
prepare_rollback() {
    [ "$dry_run" = false ] || {
        echo "Into $account, region $region, as project $prefix: the stacks jobs and pipeline, and emr and streaming where they are,"
        echo "  from s3://$bucket/glue/script/$release/"
        what_stays_forward
        echo "Nothing was changed."
        exit 0
    }
    status=$(status_of jobs) || exit 4
    case $status in
        '' | None | REVIEW_IN_PROGRESS | ROLLBACK_COMPLETE)
            fail "there is no stack $prefix-jobs in $account, region $region, that could go back. Deploy the project first; nothing was changed."
            ;;
    esac
    exists "glue/script/$release/retail-lakehouse-${release%-*}.jar" \
        || fail "the version $release is not kept in s3://$bucket/glue/script/; --rollback without a version lists those that are. Nothing was changed."
    mkdir -p "$work/release"
    call s3 cp "s3://$bucket/glue/script/$release/" "$work/release/" --recursive --exclude '*.jar' --only-show-errors
    set -- jobs.yaml glue-script.scala
    [ ! -f "$work/release/pipeline.yaml" ] || set -- "$@" pipeline.asl.json starter.asl.json overdue.asl.json
    for file in "$@"; do
        [ -f "$work/release/$file" ] || fail "the version $release was kept without $file, by an older bin/deploy or by one that was interrupted.
Check its sources out, build, and deploy from there. Nothing was changed."
    done
    chosen=jobs
    for stack in pipeline emr streaming; do
        status=$(status_of "$stack") || exit 4
        if [ -n "$status" ] && [ -f "$work/release/$stack.yaml" ]; then
            chosen="$chosen $stack"
        elif [ -n "$status" ]; then
            echo "The stack $prefix-$stack stays as it is: $release was never deployed with it."
        fi
    done
}
what_stays_forward() {
    echo "This does not go back: the tables and what Migrate has changed in them; network, lake, database, saved queries, events and logs;"
    echo "  definitions of tables of your own; parameters, which keep their values."
}

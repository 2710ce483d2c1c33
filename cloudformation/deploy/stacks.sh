# Deploys the chosen stacks in their order, each after what it refers to was uploaded; sourced by bin/deploy.

deploy_stacks() {
    for stack in $stacks; do
        if wants "$stack"; then
            "deploy_$stack"
        fi
    done
}

# deploy_stack STACK [Parameter=value …]: what the person set comes last and wins.
deploy_stack() {
    stack=$1
    shift
    set -- "ProjectName=$prefix" "$@"
    if [ -n "$kms_key" ] && parameters_of "$stack" | grep -qx KmsKeyArn; then
        key=$(key_arn) || exit 4
        set -- "$@" "KmsKeyArn=$key"
    fi
    ifs=$IFS
    lines_as_words
    for setting in $settings; do
        case $setting in
            "$stack".*) set -- "$@" "${setting#*.}" ;;
        esac
    done
    set +f
    IFS=$ifs
    set -- --parameter-overrides "$@"
    # CloudFormation reads longer templates from a bucket only; the two that make the bucket are short.
    if [ "$(wc -c <"$(template_of "$stack")")" -gt 51200 ]; then
        set -- --s3-bucket "$bucket" --s3-prefix glue/script/templates "$@"
    fi
    # A stack whose first creation was rolled back is empty, and CloudFormation can only delete it.
    status=$(status_of "$stack") || exit 4
    if [ "$status" = ROLLBACK_COMPLETE ]; then
        echo "$stack: deleting $prefix-$stack, whose creation failed"
        call cloudformation delete-stack --stack-name "$prefix-$stack"
        call cloudformation wait stack-delete-complete --stack-name "$prefix-$stack"
    fi
    echo "$stack: deploying $prefix-$stack"
    if ! aws --region "$region" cloudformation deploy --stack-name "$prefix-$stack" --template-file "$(template_of "$stack")" \
        --capabilities CAPABILITY_IAM --no-fail-on-empty-changeset --tags "project=$prefix" "$@" >"$work/out" 2>"$work/error"; then
        cat "$work/out" "$work/error" >&2
        show_failures "$prefix-$stack"
        fail_outside "the stack $prefix-$stack could not be deployed; the reasons are above.
The stacks before it stay as they are. Fix the cause and give the same command again."
    fi
    sed '/^$/d; /^Waiting/d; s/^/  /' "$work/out"
}

# show_failures STACK: what of the whole name's stack failed, and why.
show_failures() {
    aws --region "$region" cloudformation describe-stack-events --stack-name "$1" --max-items 100 \
        --query "StackEvents[?ends_with(ResourceStatus, '_FAILED')].[LogicalResourceId, ResourceStatusReason]" \
        --output text 2>/dev/null | sed '/^None$/d' >&2 || true
}

# What --kms-key stands for.
key_arn() {
    case $kms_key in
        lake) output_of lake KeyArn ;;
        none) ;;
        *) printf '%s' "$kms_key" ;;
    esac
}

deploy_network() {
    prefix_list=$(aws --region "$region" ec2 describe-managed-prefix-lists \
        --filters "Name=prefix-list-name,Values=com.amazonaws.$region.s3" --query 'PrefixLists[0].PrefixListId' --output text 2>"$work/error") \
        || prefix_list=None
    if [ "$prefix_list" = None ] || [ -z "$prefix_list" ]; then
        case $settings in
            *network.S3PrefixListId=*) deploy_stack network "BucketOwnerName=$name" ;;
            *) fail_outside "the list of S3's addresses in $region can't be found $(tr '\n' ' ' <"$work/error")
Give its id: --set network.S3PrefixListId=pl-…" ;;
        esac
    else
        deploy_stack network "BucketOwnerName=$name" "S3PrefixListId=$prefix_list"
    fi
}

deploy_lake() {
    deploy_stack lake "BucketOwnerName=$name" "NamespacePrefix=$namespace_prefix"
    for folder in $folders; do
        exists "$folder" || call s3api put-object --bucket "$bucket" --key "$folder"
    done
}

deploy_database() {
    if ! is_word_of database "$new_stacks"; then
        # A server that is there keeps its secret, whatever it is called, and its storage's key, which RDS can't change.
        deploy_stack database
        return
    fi
    set --
    # An account has each secret's name once.
    [ "$prefix" = retail-lakehouse ] || set -- "$@" "AdministratorSecretName=$prefix/source-administrator"
    if [ -n "$kms_key" ]; then
        key=$(key_arn) || exit 4
        set -- "$@" "StorageKmsKeyArn=$key"
    fi
    deploy_stack database "$@"
}

job_jar_is_uploaded=false
upload_job_jar() {
    [ "$job_jar_is_uploaded" = false ] || return 0
    upload_once "$jar" "$jar_key"
    [ -z "$script_key" ] || upload_once "$script" "$script_key"
    job_jar_is_uploaded=true
}

deploy_jobs() {
    upload_job_jar
    [ -z "$generator_key" ] || upload_once "$generator" "$generator_key"
    if [ -n "$tables_key" ]; then
        definitions >"$work/definitions"
        while IFS= read -r file; do
            upload_once "$file" "$tables_key$(basename "$file")"
        done <"$work/definitions"
    fi
    # Without a new one, the stack keeps the folder that it has.
    deploy_stack jobs "JarKey=$jar_key" "ScriptKey=$script_key" "NamespacePrefix=$namespace_prefix" ${tables_key:+"TablesKey=$tables_key"}
}

deploy_emr() {
    upload_job_jar
    deploy_stack emr "JarKey=$jar_key" "NamespacePrefix=$namespace_prefix"
}

deploy_pipeline() {
    for machine in pipeline starter overdue; do
        upload_once "$(state_machine_of "$machine")" "$(machine_key "$machine")"
    done
    deploy_stack pipeline "PipelineKey=$(machine_key pipeline)" "StarterKey=$(machine_key starter)" "OverdueKey=$(machine_key overdue)" \
        ${email:+"NotificationEmail=$email"}
}

deploy_queries() {
    deploy_stack queries "NamespacePrefix=$namespace_prefix"
}

deploy_events() {
    upload_once "$events_jar" "$events_key" "$code_bucket"
    set -- "BucketOwnerName=$name" "NamespacePrefix=$namespace_prefix" "CodeBucket=$code_bucket" "JarKey=$events_key"
    # A stack that is there keeps whether it made the bucket.
    if is_word_of events "$new_stacks"; then
        new_bucket=true
        ! has_bucket "$events_bucket" || new_bucket=false
        set -- "$@" "NewBucket=$new_bucket"
    fi
    deploy_stack events "$@"
}

deploy_streaming() {
    upload_job_jar
    set -- "JarKey=$jar_key" "ScriptKey=$script_key" "NamespacePrefix=$namespace_prefix"
    # Without a source, the stack keeps the one that it has.
    if [ -n "$stream" ]; then
        set -- "$@" "Stream=$stream"
    elif [ -n "$brokers$topic" ]; then
        set -- "$@" "Stream=" ${brokers:+"BootstrapServers=$brokers"} ${topic:+"Topic=$topic"}
    fi
    deploy_stack streaming "$@"
}

deploy_logs() {
    upload_once "$logs_jar" "$logs_key"
    # Without them, the stack keeps what it has.
    deploy_stack logs "NamespacePrefix=$namespace_prefix" "JarKey=$logs_key" ${url:+"Url=$url"} ${key_secret:+"KeySecretArn=$key_secret"}
}

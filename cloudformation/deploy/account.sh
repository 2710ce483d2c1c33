# What is asked of AWS; sourced by bin/deploy. What can't be asked ends the command.

account="the account of your credentials"
ask_account() {
    bucket=$name-hist-retail
    events_bucket=$name-events
    # The function's jar is in the lake's bucket, or where the person says.
    code_bucket=$(printf '%s\n' "$settings" | sed -n 's/^events\.CodeBucket=//p' | tail -n 1)
    code_bucket=${code_bucket:-$bucket}
    [ "$dry_run" = false ] || return 0
    account=$(aws --region "$region" sts get-caller-identity --query Account --output text 2>"$work/error") \
        || fail "AWS does not accept the credentials: $(tr '\n' ' ' <"$work/error")
Log in (aws configure, aws sso login) or set AWS_PROFILE; nothing was changed."
    account="account $account"
    # Every stack is told the prefix of the lake that is there, those too that it did not have before.
    if [ "$has_prefix_option" = false ]; then
        namespace_prefix=$(parameter_of lake NamespacePrefix) || exit 4
    fi
}

# ask WHAT COMMAND…: prints the words of the answer, one a line; nothing where what is asked about is gone, as in a stack whose deletion has
# begun. Not the start of a pipe, which would hide that it failed.
ask() {
    asked=$1
    shift
    aws --region "$region" "$@" --output text >"$work/answer" 2>"$work/error" \
        || grep -Eq 'StateMachineDoesNotExist|ResourceNotFoundException|NoSuchTagSet' "$work/error" \
        || fail_outside "$asked can't be found out: $(tr '\n' ' ' <"$work/error")"
    tr '\t' '\n' <"$work/answer" | sed '/^None$/d'
}
call() {
    aws --region "$region" "$@" >/dev/null 2>"$work/error" \
        || fail_outside "aws $1 $2 failed: $(tr '\n' ' ' <"$work/error")
What was done before stays; fix the cause and give the same command again."
}

# ask_stack STACK QUERY: nothing where there is no such stack.
ask_stack() {
    aws --region "$region" cloudformation describe-stacks --stack-name "$prefix-$1" --query "$2" --output text 2>"$work/error" && return 0
    grep -q 'does not exist' "$work/error" && return 0
    fail_outside "CloudFormation does not tell about the stack $prefix-$1: $(tr '\n' ' ' <"$work/error")"
}
status_of() {
    ask_stack "$1" 'Stacks[0].StackStatus'
}
parameter_of() {
    ask_one "$1" "Stacks[0].Parameters[?ParameterKey=='$2'].ParameterValue"
}
output_of() {
    ask_one "$1" "Stacks[0].Outputs[?OutputKey=='$2'].OutputValue"
}
ask_one() {
    value=$(ask_stack "$1" "$2") || exit 4
    [ "$value" = None ] || printf '%s' "$value"
}

# has_bucket BUCKET: whether it is there and ours.
has_bucket() {
    aws --region "$region" s3api head-bucket --bucket "$1" >/dev/null 2>"$work/error" && return 0
    grep -Eq '404|Not Found|NoSuchBucket' "$work/error" && return 1
    fail_outside "the bucket $1 can't be looked up: $(tr '\n' ' ' <"$work/error")"
}
# check_bucket_name STACK BUCKET: none can be renamed, so a stack that was deployed with another name would make a second one, and leave its data.
check_bucket_name() {
    named=$(output_of "$1" BucketName) || exit 4
    [ -z "$named" ] || [ "$named" = "$2" ] \
        || problem "the bucket of the project $prefix is $named, and --name says $2; give the --name that it was deployed with, or a --project of its own"
}
# check_owner BUCKET: what is of another project, or of none, is neither deleted nor filled.
check_owner() {
    has_bucket "$1" || return 0
    owner=$(ask "whose bucket $1 is" s3api get-bucket-tagging --bucket "$1" --query "TagSet[?Key=='project'].Value") || exit 4
    [ "$owner" = "$prefix" ] \
        || problem "the bucket $1 is of ${owner:+the project }${owner:-no project that bin/deploy made}, not of $prefix; it is left alone"
}
# exists KEY [BUCKET]
exists() {
    aws --region "$region" s3api head-object --bucket "${2:-$bucket}" --key "$1" >/dev/null 2>"$work/error" && return 0
    grep -Eq '404|Not Found|NoSuchKey' "$work/error" && return 1
    fail_outside "s3://${2:-$bucket}/$1 can't be looked up: $(tr '\n' ' ' <"$work/error")"
}

# The names of the pipeline's executions that are under way.
active_executions() {
    machine=$(output_of pipeline PipelineArn) || exit 4
    [ -z "$machine" ] || ask "which executions are under way" stepfunctions list-executions --state-machine-arn "$machine" \
        --status-filter RUNNING --query 'executions[].name'
}
# active_runs JOB: id and start of each run that is not over, one a line. Times are in UTC, so that they can be compared.
active_runs() {
    TZ=UTC aws --region "$region" glue get-job-runs --job-name "$1" \
        --query "JobRuns[?JobRunState=='RUNNING' || JobRunState=='STARTING' || JobRunState=='WAITING' || JobRunState=='STOPPING'].[Id, StartedOn]" \
        --output text >"$work/runs" 2>"$work/error" || grep -q EntityNotFoundException "$work/error" \
        || fail_outside "Glue does not tell about the runs of $1: $(tr '\n' ' ' <"$work/error")"
    sed '/^None$/d' "$work/runs"
}
active_run_ids() {
    active=$(active_runs "$1") || exit 4
    printf '%s\n' "$active" | cut -f 1 | sed '/^$/d'
}
# The Glue jobs that use the lake's bucket, also such as people made: name, jars and script of each, one a line.
glue_jobs() {
    aws --region "$region" glue get-jobs --query 'Jobs[].[Name, DefaultArguments."--extra-jars", Command.ScriptLocation]' \
        --output text >"$work/answer" 2>"$work/error" || fail_outside "Glue does not tell about its jobs: $(tr '\n' ' ' <"$work/error")"
    grep -F "s3://$bucket/" "$work/answer" || true
}
# The ids of the runs on EMR Serverless that are not over.
active_emr_runs() {
    application=$(output_of emr ApplicationId) || exit 4
    [ -z "$application" ] || ask "what runs on EMR Serverless" emr-serverless list-job-runs --application-id "$application" \
        --states SUBMITTED PENDING SCHEDULED QUEUED RUNNING CANCELLING --query 'jobRuns[].id'
}

# confirm QUESTION: ends the command unless the answer is yes.
confirm() {
    [ "$yes" = false ] || return 0
    [ -t 0 ] || fail "nobody can be asked here. Give --yes; nothing was changed."
    printf '%s [y/N] ' "$1"
    read -r answer || answer=
    case $answer in
        y | Y | yes) ;;
        *)
            echo "Nothing was changed."
            exit 0
            ;;
    esac
}

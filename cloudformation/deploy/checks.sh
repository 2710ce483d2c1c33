# What is wrong with the options and what they name, as far as it can be told without asking AWS; sourced by bin/deploy.

# bin/deploy prints commands with emr-serverless start-job-run --mode, which the AWS CLI has since then.
least_cli=2.15.61
how_to_install="Install it: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html"

check_options() {
    choose_stacks
    check_names
    check_settings
    if [ "$rollback" = true ]; then
        check_rollback
    elif [ "$delete" = true ]; then
        check_deletion
    else
        [ "$delete_data" = false ] || problem "--delete-data needs --delete"
        check_jars
    fi
    check_sources
    check_tables
    check_cli
    refuse_problems
}

choose_stacks() {
    if [ -n "$only" ]; then
        set -f
        for stack in $only; do
            is_word_of "$stack" "$stacks" || problem "--only is '$stack'; allowed: $stacks"
        done
        set +f
        chosen=$only
    elif [ "$delete" = true ]; then
        chosen=$stacks
    elif [ "$rollback" = true ]; then
        chosen="jobs pipeline"
    else
        chosen=${stacks% events streaming logs}
        [ "$with_emr" = true ] || chosen=$(printf '%s' "$chosen" | sed 's/ emr//')
    fi
    if ls "$project"/data/queries/*.sql >/dev/null 2>&1; then
        write_queries_template >"$work/queries.yaml"
    elif [ "$delete" = false ]; then
        chosen=$(printf '%s' "$chosen" | sed 's/ queries//')
    fi
}

check_names() {
    if is_word_of --name "$unread"; then
        : # That is said already.
    elif [ -z "$name" ]; then
        problem "--name is missing; the bucket is called <name>-hist-retail, so take one that nobody else in the world has"
    elif ! matches "$name" '[a-z0-9][a-z0-9-]{1,50}'; then
        problem "--name is '$name'; allowed: 2 to 51 lower-case letters, digits and hyphens, the first no hyphen"
    fi
    matches "$prefix" '[a-z][a-z0-9-]{1,30}[a-z0-9]' \
        || problem "--project is '$prefix'; allowed: 3 to 32 lower-case letters, digits and hyphens, the first a letter, the last no hyphen"
    matches "$namespace_prefix" '[a-z0-9_]{0,40}' \
        || problem "--namespace-prefix is '$namespace_prefix'; allowed: up to 40 lower-case letters, digits and underscores"
    [ -z "$email" ] || matches "$email" '[^@ ]+@[^@ ]+\.[^@ ]+' || problem "--email is '$email', which is no e-mail address"
    [ -z "$kms_key" ] || matches "$kms_key" 'lake|none|arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]+:key/[A-Za-z0-9-]+' \
        || problem "--kms-key is '$kms_key'; allowed: lake, the ARN of a key, or none"
}

check_settings() {
    ifs=$IFS
    lines_as_words
    for setting in $settings; do
        stack=${setting%%.*}
        parameter=${setting#*.}
        parameter=${parameter%%=*}
        case $setting in
            *.*=*)
                if ! (IFS=$ifs; is_word_of "$stack" "$stacks"); then
                    problem "--set $setting: there is no stack '$stack'; allowed: $stacks"
                elif [ "$rollback" = false ] && [ -f "$(template_of "$stack")" ] && ! parameters_of "$stack" | grep -Fqx -- "$parameter"; then
                    problem "--set $setting: $stack.yaml has no parameter '$parameter'; it has: $(parameters_of "$stack" | tr '\n' ' ')"
                fi
                ;;
            *) problem "--set is '$setting'; it must be STACK.PARAMETER=VALUE, e.g. jobs.BuildWorkers=4" ;;
        esac
    done
    set +f
    IFS=$ifs
    case $settings in
        *.JobTimeoutMinutes=*)
            if { wants jobs && ! wants pipeline; } || { wants pipeline && ! wants jobs; }; then
                problem "--set $(printf '%s' "$settings" | grep -m 1 'JobTimeoutMinutes='): jobs and pipeline must have the same; give --only jobs --only pipeline, or no --only"
            fi
            ;;
    esac
}

check_rollback() {
    if [ -n "$only$jar$tables$settings$kms_key$email" ] \
        || is_word_of true "$has_prefix_option $with_emr $with_generator $delete $delete_data"; then
        problem "--rollback takes job jar, templates and state machines of one version together; of the other options it goes with --name, --project, --region, --dry-run and --yes"
    fi
    [ -z "$release" ] || matches "$release" '[A-Za-z0-9._-]+-[0-9a-f]{12}' \
        || problem "--rollback is '$release'; it must be a version like 0.2.0-3e20a2e0698b. Without one, those that are kept are listed"
}

check_deletion() {
    if [ -n "$jar$tables$settings$kms_key$email$stream$brokers$topic$url$key_secret" ] \
        || is_word_of true "$with_emr $with_generator"; then
        problem "--delete takes down what is there; of the other options it goes with --name, --project, --region, --namespace-prefix, --only, --delete-data, --dry-run and --yes"
    fi
    [ -n "$only" ] || return 0
    case ${only# } in
        events | logs) ;;
        streaming)
            [ "$delete_data" = false ] \
                || problem "--delete-data goes with --only events or --only logs; the stream's tables are the lake's, and stay"
            ;;
        *) problem "--delete takes down the whole project, or one of events, streaming and logs; give --only with one of them, or no --only" ;;
    esac
}

# check_jar MODULE FILE SOURCE…: says so if a jar is missing, or older than these sources.
check_jar() {
    checked=$2
    build="Build it: mvn -q -pl $1 -am -DskipTests package"
    shift 2
    if [ ! -f "$checked" ]; then
        problem "the jar $checked is not there. $build"
    elif [ $# -gt 0 ] && is_stale "$checked" "$@"; then
        problem "the jar $checked is older than its sources. $build"
    fi
}

version=$(sed -n 's:.*<version>\(.*\)</version>.*:\1:p' "$project/pom.xml" | head -n 1)
events_jar=$project/jobs/lambda/target/retail-lakehouse-lambda-$version.jar
logs_jar=$project/jobs/logs-lambda/target/retail-lakehouse-logs-lambda-$version.jar
generator=$project/jobs/jar/target/generator-$version.jar

check_jars() {
    if [ -n "$jar" ]; then
        [ -f "$jar" ] || problem "--jar is '$jar', which is not there"
    else
        jar=$project/jobs/jar/target/retail-lakehouse-$version.jar
        if wants_job_jar; then
            check_jar jobs/jar "$jar" $(job_sources)
        fi
    fi
    if wants events; then
        check_jar jobs/lambda "$events_jar" common/core/pom.xml common/core/src/main jobs/lambda/pom.xml jobs/lambda/src/main
    fi
    if wants logs; then
        check_jar jobs/logs-lambda "$logs_jar" common/core/pom.xml common/core/src/main jobs/logs-lambda/pom.xml jobs/logs-lambda/src/main jobs/logs/pom.xml jobs/logs/src/main
    fi
    if [ "$with_generator" = true ]; then
        if wants jobs; then
            check_jar jobs/jar "$generator"
        else
            problem "--with-generator needs the stack jobs; add --only jobs, or leave out --only"
        fi
    fi
}

# What a stream or a log's collection reads.
check_sources() {
    if [ -n "$stream$brokers$topic" ]; then
        if ! wants streaming; then
            problem "--stream, --bootstrap-servers and --topic say what StreamEvents reads; give --only streaming, too"
        elif [ -n "$stream" ] && [ -n "$brokers$topic" ]; then
            problem "--stream is given with --bootstrap-servers or --topic; allowed: a stream of Kinesis or a topic of Kafka"
        fi
    fi
    [ -z "$stream" ] || matches "$stream" '[A-Za-z0-9_.-]{1,128}' \
        || problem "--stream is '$stream'; allowed: up to 128 letters, digits, '_', '.' and '-'"
    [ -z "$brokers" ] || matches "$brokers" '[^ ,:]+:[0-9]+(,[^ ,:]+:[0-9]+)*' \
        || problem "--bootstrap-servers is '$brokers'; allowed: host:port, several by commas"
    [ -z "$topic" ] || matches "$topic" '[A-Za-z0-9._-]{1,249}' \
        || problem "--topic is '$topic'; allowed: up to 249 letters, digits, '.', '_' and '-'"
    if [ -n "$url$key_secret" ] && ! wants logs; then
        problem "--url and --key-secret say which log is collected; give --only logs, too"
    fi
    # What may be a password or a key in the wrong place is not shown.
    [ -z "$url" ] || matches "$url" 'https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/[!-~]{0,500}' \
        || problem "--url is no URL that logs takes; allowed: http:// or https://, a host without a user, and a path, if only a slash"
    [ -z "$key_secret" ] || matches "$key_secret" 'arn:[a-z-]+:secretsmanager:[a-z0-9-]+:[0-9]+:secret:[A-Za-z0-9/_+=.@-]+' \
        || problem "--key-secret is no ARN of a secret of Secrets Manager; a key itself does not belong here"
}

# The files that define tables: their tests and what else lies beside them stays here.
definitions() {
    find "$tables" -maxdepth 1 -type f \( -name '*.yaml' -o -name '*.sql' \) ! -name '*.test.yaml' | LC_ALL=C sort
}
check_tables() {
    [ -n "$tables" ] || return 0
    if ! wants jobs; then
        problem "--tables is given, but the stack jobs is not deployed; give --only jobs, too, or no --only"
    elif [ ! -d "$tables" ]; then
        problem "--tables is '$tables', which is no folder"
    else
        echo "checking the definitions in $tables"
        "$project/bin/tables" check "$tables" >"$work/check" 2>&1 \
            || problem "the definitions in $tables can't be deployed:
$(cat "$work/check")"
    fi
}

check_cli() {
    if command -v aws >/dev/null 2>&1; then
        cli=$(aws --version 2>&1 | sed -n 's:^aws-cli/\([0-9.]*\).*:\1:p')
        if [ "$dry_run" = false ] \
            && [ "$(printf '%s\n%s\n' "$least_cli" "$cli" | sort -t . -k 1,1n -k 2,2n -k 3,3n | head -n 1)" != "$least_cli" ]; then
            problem "the AWS CLI on the PATH is version ${cli:-unknown}; needed is $least_cli or newer, of version 2. $how_to_install"
        fi
        if [ -z "$region" ]; then
            region=${AWS_REGION:-${AWS_DEFAULT_REGION:-}}
            [ -n "$region" ] || region=$(aws configure get region 2>/dev/null) || true
        fi
    elif [ "$dry_run" = false ]; then
        problem "there is no aws on the PATH. Needed is the AWS CLI, $least_cli or newer. $how_to_install"
    fi
    [ -z "$region" ] || matches "$region" '[a-z]+(-[a-z]+)+-[0-9]+' \
        || problem "the region is '$region'; give --region a region's name like ap-northeast-2"
    [ -n "$region" ] || is_word_of --region "$unread" || problem "no region is known. Give --region, e.g. ap-northeast-2, or set AWS_REGION"
}

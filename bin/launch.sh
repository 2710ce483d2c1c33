# Sourced by the commands beside it with $project set: finds a JDK 17, builds what is missing or stale, runs a main class.

fail() {
    printf 'error %s\n' "$*" >&2
    exit 2
}

find_java() {
    if [ -n "${JAVA_HOME:-}" ]; then
        java=$JAVA_HOME/bin/java
        [ -x "$java" ] || fail "JAVA_HOME=$JAVA_HOME has no bin/java. Set JAVA_HOME to a JDK 17."
    else
        java=$(command -v java) || fail "no Java found. Install a JDK 17 and set JAVA_HOME to it."
    fi
    version=$("$java" -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/\1/p')
    case $version in
        17 | 17.*) ;;
        *) fail "$java is Java ${version:-of an unknown version}, not 17. Set JAVA_HOME to a JDK 17." ;;
    esac
}

# Succeeds if $1 is missing or older than a source or pom below the folders after it.
is_stale() {
    built=$1
    shift
    [ -f "$built" ] || return 0
    [ -n "$(cd "$project" && find "$@" -type f -newer "$built" 2>/dev/null | head -n 1)" ]
}

# What the job jar and the commands of jobs/local are made of: all modules but those that are built on top of them.
job_sources() {
    echo pom.xml
    sed -n 's:.*<module>\(.*\)</module>.*:\1:p' "$project/pom.xml" | while read -r module; do
        case $module in
            jobs/benchmark | jobs/events | jobs/logs | jobs/logs-lambda | data/broker | stepfunctions | cloudformation | data/queries) ;;
            *) echo "$module/pom.xml $module/src/main" ;;
        esac
    done
}

newest() {
    ls -t "$@" 2>/dev/null | head -n 1
}

# If $1 says that it must be, builds the modules $2 and what they need. Where Maven's repository has no folder $3, it says that $4.
# Of two commands the second waits for the first, and finds it done: two builds of one folder break each other.
build_if() {
    "$1" || return 0
    mkdir -p "$project/.work"
    exec 9>"$project/.work/build.lock"
    if ! lock_build -n; then
        echo "waiting for another command that builds ..." >&2
        lock_build
    fi
    if "$1"; then
        build "$2" "$3" "$4"
    fi
    exec 9>&-
}

# Locks file 9 for as long as this shell has it open; with -n fails where that takes waiting. macOS has no flock, but perl.
lock_build() {
    if command -v flock >/dev/null; then
        flock "$@" 9
    elif command -v perl >/dev/null; then
        perl -MFcntl=:flock -e 'open(LOCK, ">&=9") && flock(LOCK, @ARGV ? LOCK_EX | LOCK_NB : LOCK_EX) or exit 1' -- "$@"
    fi
}

build() {
    log=$project/.work/build.log
    if [ -e "$(maven_repository)/$2" ]; then
        echo "building ..." >&2
    else
        echo "building ... (the first time $3)" >&2
    fi
    : >"$log"
    : >"$project/.work/build.begin"
    show_build "$log" "$$" 9>&- &
    shown_by=$!
    result=0
    maven=$(command -v mvn) || maven=$project/mvnw
    trap 'kill "$shown_by" 2>/dev/null || :; echo >&2; echo "interrupted; the same command builds on" >&2; exit 130' INT
    "$maven" -B -T 2 -P commands -f "$project/pom.xml" -pl "$1" -am package >"$log" 2>&1 || result=$?
    trap - INT
    kill "$shown_by" 2>/dev/null || :
    wait "$shown_by" 2>/dev/null || :
    if rewrites; then
        printf '\r\033[K' >&2
    fi
    if [ "$result" != 0 ]; then
        grep -E '^\[(ERROR|FATAL)\]' "$log" >&2 || tail -n 20 "$log" >&2
        fail "the build failed; Maven's messages are above, and all of its output is in $log."
    fi
    forget_unchecked
}

# What was compiled now was not checked. Maven's own builds are to compile it again, and do where a module has no such folder.
forget_unchecked() {
    find "$project" -type d -name maven-status | while read -r status; do
        if [ -n "$(find "${status%/*}/classes" -type f -newer "$project/.work/build.begin" 2>/dev/null | head -n 1)" ]; then
            rm -r "$status"
        fi
    done
}

# Succeeds if standard error is a terminal on which a line can be written again.
rewrites() {
    [ -t 2 ] && [ "${TERM:-dumb}" != dumb ]
}

maven_repository() {
    configured=$(sed -n 's:.*<localRepository>\(.*\)</localRepository>.*:\1:p' "$HOME/.m2/settings.xml" 2>/dev/null | tail -n 1)
    echo "${configured:-$HOME/.m2/repository}"
}

# Shows what Maven, which writes the log $1, is doing, for as long as the process $2 runs: on a terminal a line that changes each
# second, else a line for each module, and every ten seconds.
show_build() {
    began=$(date +%s)
    shown_module=
    shown_second=0
    while kill -0 "$2" 2>/dev/null; do
        sleep 1 </dev/null >/dev/null 2>&1
        second=$(($(date +%s) - began))
        module=$(sed -n 's#^\[INFO\] Building \(retail-lakehouse: \)*\(.*[^ ]\) [^ ][^ ]* *\[\([0-9]*\)/\([0-9]*\)\]$#\3 of \4, \2#p' "$1" | tail -n 1)
        downloads=$(grep -c ' Downloaded from ' "$1" || :)
        line="building${module:+ $module}: $second s"
        if [ "$downloads" != 0 ]; then
            line="$line, $downloads files downloaded"
        fi
        if rewrites; then
            printf '\r\033[K%s' "$line" >&2
        elif [ "$module" != "$shown_module" ] || [ $((second - shown_second)) -ge 10 ]; then
            echo "$line" >&2
            shown_module=$module
            shown_second=$second
        fi
    done
}

# Runs a main class of the module whose target folder is $1; the rest is the class and its arguments. $heap is its heap, 256m unless set.
run() {
    target=$1
    shift
    # Arguments and names may be Korean; Java decodes them by the locale. One that is named but not installed, as ssh may hand
    # it over, counts as ASCII.
    if [ "$(locale charmap 2>/dev/null)" != UTF-8 ]; then
        LC_ALL=C.UTF-8 && export LC_ALL
    fi
    columns=0
    if [ -t 2 ]; then
        columns=$(tput cols 2>/dev/null || echo 80)
    fi
    exec "$java" "-Dretail-lake.columns=$columns" "-Xmx${heap:-256m}" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dfile.encoding=UTF-8 \
        -Dsun.stdout.encoding=UTF-8 -Dsun.stderr.encoding=UTF-8 "-Dretail-lake.project=$project" \
        -cp "$target/*:$target/lib/*${RETAIL_LAKE_MODULES:+:$RETAIL_LAKE_MODULES}" "$@"
}

jobs_are_stale() {
    job_jar=$(newest "$project"/jobs/jar/target/retail-lakehouse-*.jar)
    local_jar=$(newest "$project"/jobs/local/target/retail-lakehouse-local-*.jar)
    is_stale "$job_jar" $(job_sources) || is_stale "$local_jar" $(job_sources) \
        || [ ! -d "$project/jobs/local/target/lib" ] || [ ! -d "$project/jobs/spark-home/target/spark/jars" ]
}

# Builds jobs and jobs/local unless that is done.
build_jobs() {
    build_if jobs_are_stale jobs/jar,jobs/local org/apache/spark/spark-sql_2.12 \
        "Maven downloads Spark and the rest, about 1.3 GB: some minutes"
}

# Runs a command of jobs/local, which needs the jobs and a Spark.
launch() {
    find_java
    build_jobs
    run "$project/jobs/local/target" "$@"
}

# What the commands of jobs/events are made of beside the jobs.
events_sources() {
    echo jobs/events/pom.xml jobs/events/src/main data/broker/pom.xml data/broker/src/main
}

benchmark_is_stale() {
    benchmark_jar=$(newest "$project"/jobs/benchmark/target/retail-lakehouse-benchmark-*.jar)
    is_stale "$benchmark_jar" pom.xml jobs/benchmark/pom.xml jobs/benchmark/src/main $(events_sources) $(job_sources) \
        || [ ! -d "$project/jobs/benchmark/target/lib" ]
}

# Runs a command of jobs/benchmark, which needs DuckDB and a Kafka broker, too.
launch_benchmark() {
    find_java
    build_jobs
    build_if benchmark_is_stale jobs/benchmark org/duckdb "Maven downloads DuckDB and Kafka, about 110 MB"
    run "$project/jobs/benchmark/target" "$@"
}

events_are_stale() {
    events_jar=$(newest "$project"/jobs/events/target/retail-lakehouse-events-*.jar)
    is_stale "$events_jar" pom.xml $(events_sources) $(job_sources) \
        || [ ! -d "$project/jobs/events/target/lib" ]
}

# Runs a command of jobs/events, which needs a Kafka broker, too.
launch_events() {
    find_java
    build_jobs
    build_if events_are_stale jobs/events org/apache/kafka/kafka_2.12 "Maven downloads Kafka, about 25 MB"
    run "$project/jobs/events/target" "$@"
}

logs_are_stale() {
    logs_jar=$(newest "$project"/jobs/logs/target/retail-lakehouse-logs-*.jar)
    is_stale "$logs_jar" pom.xml common/core/pom.xml common/core/src/main jobs/logs/pom.xml jobs/logs/src/main \
        || [ ! -d "$project/jobs/logs/target/lib" ]
}

# Runs a command of jobs/logs, which needs no Spark.
launch_logs() {
    find_java
    build_if logs_are_stale jobs/logs com/macasaet "Maven downloads libraries: a minute or more"
    # An answer of 32 MB may be there several times over.
    heap=512m
    run "$project/jobs/logs/target" "$@"
}

executions_are_stale() {
    executions_jar=$(newest "$project"/stepfunctions/target/retail-lakehouse-stepfunctions-*.jar)
    is_stale "$executions_jar" pom.xml common/core/pom.xml common/core/src/main stepfunctions/pom.xml stepfunctions/src/main \
        || [ ! -d "$project/stepfunctions/target/lib" ]
}

# Runs a command of stepfunctions, which needs no Spark.
launch_executions() {
    find_java
    build_if executions_are_stale stepfunctions info/picocli "Maven downloads libraries: a minute or more"
    run "$project/stepfunctions/target" "$@"
}

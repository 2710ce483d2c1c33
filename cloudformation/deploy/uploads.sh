# What is uploaded into the lake's bucket, each file below a key that its content's hash is part of; sourced by bin/deploy.

folders="data/dimension/ data/factdata/bronze/ data/factdata/silver/ data/factdata/gold/ glue/tmp/ glue/script/ glue/logs/"

# jar_key_of FILE NAME: where a jar is kept.
jar_key_of() {
    printf 'glue/script/%s-%s/%s-%s.jar' "$version" "$(sha256 "$1")" "$2" "$version"
}
script=$project/cloudformation/glue-script.scala
jar_key= script_key= events_key= logs_key= generator_key= tables_key=
name_uploads() {
    if [ -n "$release" ]; then
        script=$work/release/glue-script.scala
        jar_key=glue/script/$release/retail-lakehouse-${release%-*}.jar
    elif wants_job_jar; then
        jar_key=$(jar_key_of "$jar" retail-lakehouse)
    fi
    if wants jobs || wants streaming; then
        script_key=glue/script/glue-script-$(sha256 "$script").scala
    fi
    if wants events; then
        events_key=$(jar_key_of "$events_jar" retail-lakehouse-lambda)
    fi
    if wants logs; then
        logs_key=$(jar_key_of "$logs_jar" retail-lakehouse-logs-lambda)
    fi
    if [ "$with_generator" = true ]; then
        generator_key=$(jar_key_of "$generator" generator)
    fi
    if [ -n "$tables" ]; then
        definitions | while IFS= read -r file; do
            printf '%s %s\n' "$(sha256 "$file")" "$(basename "$file")"
        done >"$work/definitions"
        tables_key=tables/$(sha256 "$work/definitions")/
    fi
}
machine_key() {
    printf 'glue/script/%s-%s.asl.json' "$1" "$(sha256 "$(state_machine_of "$1")")"
}

# upload_once FILE KEY [BUCKET]: what is there is the same.
uses_bucket=false
upload_once() {
    object=s3://${3:-$bucket}/$2
    [ "${3:-$bucket}" != "$bucket" ] || uses_bucket=true
    if exists "$2" "${3:-$bucket}"; then
        echo "  $object is there"
    else
        echo "  uploading $object ($(($(wc -c <"$1") / 1024 + 1)) KiB)"
        call s3 cp "$1" "$object" --only-show-errors
    fi
}

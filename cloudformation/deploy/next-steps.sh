# What a person can do after a deployment, as commands to paste; sourced by bin/deploy.

print_next_steps() {
    echo "Done."
    if wants logs; then
        if is_word_of logs "$new_stacks" && [ -z "$key_secret" ]; then
            echo "Every turn fails until the secret has the tokens' keys: in a file, one a line, the newest first."
            echo "  aws secretsmanager put-secret-value --region $region --secret-id $(output_of logs KeySecretArn) --secret-string file://keys"
        fi
        echo "Each turn is a line in the function's log:"
        echo "  aws logs tail --region $region --follow $(output_of logs FunctionLogGroup)"
    fi
    if wants streaming; then
        runs=$(active_run_ids "$prefix-StreamEvents") || exit 4
        if [ -n "$runs" ]; then
            echo "This run goes on with what it began with. To start it anew, stop it, and start it when it has stopped:"
            echo "  aws glue batch-stop-job-run --region $region --job-name $prefix-StreamEvents --job-run-ids" $runs
        else
            echo "The stream starts, and then runs until it is stopped, with:"
        fi
        echo "  $(output_of streaming StartCommand)"
    fi
    if wants events; then
        echo "Events go into $(output_of events SourceArn)"
    fi
    [ "$rollback" = false ] || return 0
    if wants jobs; then
        echo "An empty database becomes a source with:"
        fill=
        if [ -n "$generator_key" ]; then
            # The Glue job that prepares the source runs another class, which fills it, too.
            fill=" --arguments '{\"--class\": \"io.retaillake.generator.FillSource\", \"--extra-jars\": \"s3://$bucket/$jar_key,s3://$bucket/$generator_key\", \"--scale\": \"1\"}'"
        fi
        echo "  $(output_of jobs PrepareSourceCommand)$fill"
    fi
    if wants pipeline; then
        machine=$(output_of pipeline PipelineArn)
        # Each command is one line that can be pasted.
        echo "The first full load:"
        echo "  bin/executions start --all --follow --state-machine ${machine:-$prefix-pipeline} --region $region"
        [ -z "$email" ] || echo "AWS has sent $email a link to confirm the notifications."
    fi
}

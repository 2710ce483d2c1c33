# The options of bin/deploy; sourced by it.

value_options="--name --project --region --namespace-prefix --email --kms-key --set --only --jar --tables --stream --bootstrap-servers --topic --url --key-secret"
flag_options="--with-emr --with-generator --rollback --delete --delete-data --dry-run --yes --help"

# The option that takes the fewest edits from $1, at most three, or that begins with it.
near_option() {
    printf '%s\n' $value_options $flag_options | awk -v typed="$1" '
        function least(a, b) { return a < b ? a : b }
        function edits(from, to,    i, j, row, before, corner) {
            for (j = 0; j <= length(to); j++) row[j] = j
            for (i = 1; i <= length(from); i++) {
                corner = row[0]
                row[0] = i
                for (j = 1; j <= length(to); j++) {
                    before = row[j]
                    row[j] = least(least(row[j], row[j - 1]) + 1, corner + (substr(from, i, 1) != substr(to, j, 1)))
                    corner = before
                }
            }
            return row[length(to)]
        }
        {
            count = index($0, typed) == 1 ? least(3, edits(typed, $0)) : edits(typed, $0)
            if (count <= 3 && (near == "" || count < fewest)) { near = $0; fewest = count }
        }
        END { print near }'
}


name= prefix=retail-lakehouse region= namespace_prefix= has_prefix_option=false email= kms_key= settings= tables= with_emr=false with_generator=false only= jar=
stream= brokers= topic= url= key_secret= rollback=false release= delete=false delete_data=false dry_run=false yes=false
# Options whose value is missing.
unread=
read_options() {
    while [ $# -gt 0 ]; do
        case $1 in
            --*=*)
                option=${1%%=*}
                given=${1#*=}
                shift
                set -- "$option" "$given" "$@"
                ;;
        esac
        case $1 in
            --name | --project | --region | --namespace-prefix | --email | --kms-key | --set | --only | --jar | --tables | --stream | --bootstrap-servers | --topic | --url | --key-secret)
                option=$1
                value=${2-}
                missing=false
                # No option's value begins as options do; a prefix may be none.
                case $option$value in
                    --namespace-prefix) [ $# -ge 2 ] || missing=true ;;
                    "$option" | "$option"--*) missing=true ;;
                esac
                if [ "$missing" = true ]; then
                    problem "$option needs a value"
                    unread="$unread $option"
                    # An empty value is taken away with its option.
                    if [ $# -ge 2 ] && [ -z "$value" ]; then shift; fi
                    shift
                    continue
                fi
                case $option in
                    --name) name=$value ;;
                    --project) prefix=$value ;;
                    --region) region=$value ;;
                    --namespace-prefix) namespace_prefix=$value has_prefix_option=true ;;
                    --email) email=$value ;;
                    --kms-key) kms_key=$value ;;
                    --jar) jar=$value ;;
                    --tables) tables=$value ;;
                    --stream) stream=$value ;;
                    --bootstrap-servers) brokers=$value ;;
                    --topic) topic=$value ;;
                    --url) url=$value ;;
                    --key-secret) key_secret=$value ;;
                    --only) only="$only $value" ;;
                    --set)
                        settings="$settings
$value"
                        # Two templates have this parameter, and its values must be the same.
                        case $value in
                            jobs.JobTimeoutMinutes=*) settings="$settings
pipeline.${value#*.}" ;;
                            pipeline.JobTimeoutMinutes=*) settings="$settings
jobs.${value#*.}" ;;
                        esac
                        ;;
                esac
                shift
                ;;
            --with-emr) with_emr=true ;;
            --with-generator) with_generator=true ;;
            --rollback)
                rollback=true
                # Without a version, those that are kept are listed.
                case ${2-} in
                    '' | -*) ;;
                    *)
                        release=$2
                        shift
                        ;;
                esac
                ;;
            --delete) delete=true ;;
            --delete-data) delete_data=true ;;
            --dry-run) dry_run=true ;;
            --yes) yes=true ;;
            -h | --help)
                usage
                exit 0
                ;;
            -*)
                near=$(near_option "${1%%=*}")
                problem "unknown option ${1%%=*}${near:+; did you mean $near?}"
                # What follows an unknown option is probably its value.
                case ${2-} in
                    '' | -*) ;;
                    *) shift ;;
                esac
                ;;
            *) problem "'$1' belongs to no option; put a value behind its option's name" ;;
        esac
        shift
    done
}

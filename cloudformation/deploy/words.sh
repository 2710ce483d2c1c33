# Words that the parts of bin/deploy share; sourced by it.

stacks="network lake database jobs emr pipeline queries events streaming logs"

problems=
# problem WHAT: is said together with all the others, before anything is changed.
problem() {
    problems="$problems
- $*"
}
refuse_problems() {
    [ -z "$problems" ] || fail "bin/deploy can't start; nothing was changed.$problems"
}
fail_outside() {
    printf 'error %s\n' "$*" >&2
    exit 4
}
is_word_of() {
    case " $2 " in
        *" $1 "*) return 0 ;;
    esac
    return 1
}
# matches VALUE PATTERN: the same in every language, where a-z may have other letters.
matches() {
    case $1 in
        *"
"*) return 1 ;;
    esac
    printf '%s\n' "$1" | LC_ALL=C grep -Eqx -- "$2"
}
wants() {
    is_word_of "$1" "$chosen"
}
# Stacks whose jobs are in the job jar.
wants_job_jar() {
    wants jobs || wants emr || wants streaming
}
lines_as_words() {
    IFS='
'
    set -f
}
# An earlier version's templates and state machines are those that were kept beside its jar.
template_of() {
    if [ "$1" = queries ]; then
        printf '%s' "$work/queries.yaml"
    elif [ -n "$release" ]; then
        printf '%s' "$work/release/$1.yaml"
    else
        printf '%s' "$project/cloudformation/$1.yaml"
    fi
}
state_machine_of() {
    if [ -n "$release" ]; then
        printf '%s' "$work/release/$1.asl.json"
    else
        printf '%s' "$project/stepfunctions/$1.asl.json"
    fi
}
parameters_of() {
    awk '/^[A-Z]/ { inside = /^Parameters:/ } inside && /^  [A-Za-z0-9]+:$/ { sub(":", ""); print $1 }' "$(template_of "$1")"
}
sha256() {
    if command -v sha256sum >/dev/null 2>&1; then
        sha256sum "$1"
    else
        shasum -a 256 "$1"
    fi | cut -c 1-12
}

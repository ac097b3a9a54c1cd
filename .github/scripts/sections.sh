# Sourced by tests/run and check: runs named steps one after the other, shows how long each took, goes on after a
# failure, and ends with a summary and the right exit status.
#
#   section NAME COMMAND...          runs it; its output is shown and kept in build/logs/NAME.log
#   needs NAME... || return          inside a step: false if one of these steps did not succeed
#   summary                          last line of the script

mkdir -p "$root/build/logs"
declare -A outcome=()
order=()
begun=$SECONDS

section() {
    local name=$1 start=$SECONDS
    shift
    printf '\n== %s\n' "$name"
    order+=("$name")
    (set -e; "$@") 2>&1 | tee "$root/build/logs/${name// /-}.log"
    if [ "${PIPESTATUS[0]}" = 0 ]; then outcome[$name]=ok; else outcome[$name]=FAILED; fi
    printf -- '-- %s: %s after %d s\n' "$name" "${outcome[$name]}" $((SECONDS - start))
    outcome[$name]+=" $((SECONDS - start)) s"
}

needs() {
    local name
    for name in "$@"; do
        [[ ${outcome[$name]:-} == ok* ]] || { echo "not run: the step '$name' did not succeed"; return 1; }
    done
}

summary() {
    local name failed=0
    printf '\n== summary\n'
    for name in "${order[@]}"; do
        printf '%-24s %s\n' "$name" "${outcome[$name]}"
        [[ ${outcome[$name]} == ok* ]] || failed=1
    done
    printf '%-24s %d s\n' 'in all' $((SECONDS - begun))
    exit $failed
}

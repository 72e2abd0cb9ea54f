# shellcheck shell=bash
# Runs the test programs, two at a time, and adds up what they report.

test_results=${artifacts:?}/test-results

# run_tests [--fast] [NAME...] [RUNNER_OPTION...]: names come before options, since an option may take a value.
run_tests() {
  local names='' fast='' project
  while [ $# -gt 0 ]; do
    case $1 in
      --fast) fast=yes ;;
      -*) break ;;
      *)
        project=Dragoman.${1#Dragoman.}
        project=${project%.Tests}.Tests
        [ -d "${dragoman_root:?}/tests/$project" ] || die 2 "There is no test project '$1'; tests/ has: $(all_test_projects | tr '\n' ' ')"
        names="$names$project
"
        ;;
    esac
    shift
  done
  [ -n "$names" ] || names=$(all_test_projects)
  if [ -n "$fast" ]; then set -- "$@" --filter-not-trait Speed=Slow; fi

  rm -rf "$test_results"
  mkdir -p "$test_results" "${logs:?}"
  printf '%s\n' "$names" | sed '/^$/d' | tr '\n' '\0' |
    xargs -0 -P 2 -I '{}' bash "$dragoman_root/launcher/test-project.sh" '{}' "$dragoman_root" "$@" || true
  report_tests "$(printf '%s\n' "$names" | sed '/^$/d' | wc -l | tr -d ' ')"
}

all_test_projects() {
  local folder
  for folder in "$dragoman_root"/tests/*.Tests; do basename "$folder"; done
}

# report_tests PROJECT_COUNT: the last line, with the sums; fails when a test failed, a program crashed or nothing ran.
report_tests() {
  local passed=0 failed=0 skipped=0 crashed=0 finished=0 p f s c counts
  for counts in "$test_results"/*.counts; do
    [ -f "$counts" ] || continue
    read -r p f s c < "$counts"
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s)) crashed=$((crashed + c)) finished=$((finished + 1))
  done
  crashed=$((crashed + $1 - finished))
  [ "$skipped" -eq 0 ] || show_skip_reasons
  [ "$crashed" -eq 0 ] || say "$crashed test program(s) ended without a result"
  [ $((passed + failed)) -ne 0 ] || say "no test ran"
  printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
  [ $((failed + crashed)) -eq 0 ] && [ $((passed + failed)) -ne 0 ]
}

show_skip_reasons() {
  printf 'Skipped, by reason:\n'
  cat "$test_results"/*.xml 2> /dev/null | tr '\n' ' ' | sed 's/<reason>/\n&/g' |
    sed -n 's/^<reason><!\[CDATA\[\(.*\)\]\]><\/reason>.*/\1/p' | sort | uniq -c | sort -rn
}

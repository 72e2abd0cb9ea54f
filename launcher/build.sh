# shellcheck shell=bash
# Restore and builds, done only when something changed. A stamp holds the list of the sources and the libtorch that were built;
# its time is when that build began, so a source edited during a build is built again next time.

stamps=${artifacts:?}/stamps
program=${dragoman_root:?}/src/Dragoman.Cli/bin/Release/net10.0/dragoman.dll
bridge_build=$dragoman_root/native/torch/build

# find_sources SCOPE [FIND_ARGUMENTS...]: the files that the build of a scope (program, tests) reads.
find_sources() {
  local scope=$1 folders='src native launcher'
  shift
  [ "$scope" = program ] || folders="$folders tests"
  # shellcheck disable=SC2086
  (cd "$dragoman_root" && find $folders ./*.props ./*.slnx global.json BannedSymbols.txt .editorconfig \
    \( -name bin -o -name obj -o -name build -o -name fixtures -o -name Api \) -prune -o -type f "$@" -print)
}

source_list() { find_sources "$1" | LC_ALL=C sort | cksum; }

# is_current SCOPE NEED: whether the last build of the scope still holds. NEED is with-torch or empty.
is_current() {
  local stamp=$stamps/$1 list torch location
  [ -f "$stamp" ] && [ -f "$program" ] || return 1
  { read -r list && read -r torch && read -r location; } < "$stamp" || return 1
  [ "$list" = "$(source_list "$1")" ] || return 1
  [ -z "$(find_sources "$1" -newer "$stamp")" ] || return 1
  [ -n "$2" ] || return 0
  [ "$torch" = with-torch ] && has_bridge && { [ -z "${DRAGOMAN_LIBTORCH-}" ] || [ "$location" = "$DRAGOMAN_LIBTORCH" ]; }
}

# One build at a time; a second command waits here and then finds everything in place.
take_lock() {
  mkdir -p "$artifacts"
  if command -v flock > /dev/null; then
    exec 9> "$artifacts/lock"
    flock -n 9 && return 0
    say "waiting for another ./dragoman that is building"
    flock 9
  else
    local said='' owner
    until mkdir "$artifacts/lock.d" 2> /dev/null; do
      owner=$(cat "$artifacts/lock.d/pid" 2> /dev/null || true)
      if [ -n "$owner" ] && ! kill -0 "$owner" 2> /dev/null; then rm -rf "$artifacts/lock.d"; continue; fi
      [ -n "$said" ] || { say "waiting for another ./dragoman that is building"; said=yes; }
      sleep 1
    done
    printf '%s\n' $$ > "$artifacts/lock.d/pid"
    trap 'rm -rf "$artifacts/lock.d"' EXIT
  fi
}

release_lock() {
  if command -v flock > /dev/null; then
    exec 9>&-
  else
    rm -rf "$artifacts/lock.d"
    trap - EXIT
  fi
}

# A bridge built against another libtorch, or left by a checkout in another folder, is built anew.
clean_stale_bridge() {
  local cache=$bridge_build/CMakeCache.txt
  [ -d "$bridge_build" ] || return 0
  if ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$dragoman_root/native/torch" "$cache" 2> /dev/null ||
    [ "$(cat "$bridge_build/libtorch-location" 2> /dev/null)" != "$1" ]; then
    rm -rf "$bridge_build"
  fi
}

# build_bridge LOCATION: by itself, so that its time and its failures are seen; the managed build then finds it in place.
build_bridge() {
  clean_stale_bridge "$1"
  step bridge-configure "finding libtorch in $1" cmake -S "$dragoman_root/native/torch" -B "$bridge_build" || return 1
  step bridge-build "building the libtorch bridge" cmake --build "$bridge_build" --config Release --parallel 2 || return 1
  printf '%s' "$1" > "$bridge_build/libtorch-location"
}

# begin_stamps SCOPES LIBTORCH LOCATION: the stamps that the build, when it succeeds, leaves; until then there are none.
begin_stamps() {
  local scope
  mkdir -p "$stamps"
  for scope in $1; do
    rm -f "$stamps/$scope"
    printf '%s\n%s\n%s\n' "$(source_list "$scope")" "$2" "$3" > "$stamps/$scope.began"
  done
}

# build SCOPE TARGET NEED
build() {
  local scope=$1 target=$2 need=$3 scopes=$1 location
  [ "$scope" = program ] || scopes="program $scope" # the solution holds the program
  begin_stamps "$scopes" without-torch -
  if has_torch; then
    location=$(torch_location)
    begin_stamps "$scopes" with-torch "$location"
    if ! build_bridge "$location"; then
      [ -z "$need" ] || exit 1
      begin_stamps "$scopes" without-torch -
    fi
  fi
  step "restore-$scope" "restoring packages" dotnet restore "$target" --nologo || exit 1
  step "build-$scope" "building $(basename "$target")" \
    dotnet build "$target" --configuration Release --no-restore --nologo -m:2 -verbosity:normal || exit 1
  for scope in $scopes; do mv "$stamps/$scope.began" "$stamps/$scope"; done
}

has_bridge() {
  local file
  for file in "$(dirname "$program")"/*dragoman_torch.*; do
    case $file in *.so | *.dylib | *.dll) [ -f "$file" ] && return 0 ;; esac
  done
  return 1
}

# prepare_program [with-torch]: after it, "dotnet $program" runs. Without libtorch a command that wants it goes on and says what it misses.
prepare_program() {
  local need=${1-}
  find_dotnet || require_sdk
  require_icu
  is_current program "$need" && return 0
  take_lock
  require_sdk
  if ! is_current program "$need"; then
    if [ -n "$need" ] && ! provide_torch; then need=; fi
    is_current program "$need" || build program "$dragoman_root/src/Dragoman.Cli" "$need"
  fi
  release_lock
}

# prepare_tests: everything, with libtorch unless DRAGOMAN_WITHOUT_TORCH is set.
prepare_tests() {
  local need=with-torch
  [ -z "${DRAGOMAN_WITHOUT_TORCH-}" ] || need=
  find_dotnet || require_sdk
  require_icu
  is_current tests "$need" && return 0
  take_lock
  require_sdk
  if [ -n "$need" ]; then
    provide_torch || die 1 "without libtorch, DRAGOMAN_WITHOUT_TORCH=1 builds and tests what does not need it"
  fi
  is_current tests "$need" || build tests "$dragoman_root/Dragoman.slnx" "$need"
  release_lock
}

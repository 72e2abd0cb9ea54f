# shellcheck shell=bash
# What must be on the machine: the .NET 10 SDK, ICU for it, and (for some commands) libtorch with a C++ compiler.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE=true
export MSBUILDDISABLENODEREUSE=1 # no build processes left behind
if [ -z "${HOME-}" ] || ! [ -w "$HOME" ]; then export HOME="${artifacts:?}/home"; mkdir -p "$HOME"; fi
if [ -n "${DRAGOMAN_LIBTORCH-}" ] && [ -d "$DRAGOMAN_LIBTORCH" ]; then
  DRAGOMAN_LIBTORCH=$(cd "$DRAGOMAN_LIBTORCH" && pwd)
  export DRAGOMAN_LIBTORCH
fi

torch_packages='libtorch-dev libopenblas0-openmp libgloo-dev cmake make g++ sentencepiece'

# Puts a dotnet from the usual places on the path when none is there.
find_dotnet() {
  command -v dotnet > /dev/null && return 0
  local folder
  for folder in "${DOTNET_ROOT-}" "$HOME/.dotnet" /usr/share/dotnet /usr/lib/dotnet /usr/local/share/dotnet; do
    if [ -n "$folder" ] && [ -x "$folder/dotnet" ]; then
      export PATH=$folder:$PATH DOTNET_ROOT=$folder
      return 0
    fi
  done
  return 1
}

require_sdk() {
  if find_dotnet && dotnet --list-sdks 2> /dev/null | grep -q '^10\.'; then return 0; fi
  die 1 "The .NET 10 SDK is needed and was not found. To install it for this user:" \
    "  curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0" \
    "  export PATH=\"\$HOME/.dotnet:\$PATH\"" \
    "or see https://dotnet.microsoft.com/download/dotnet/10.0; then run this command again."
}

# may_install: sets $as_root to what runs apt-get as root (nothing, or sudo); fails when we may not.
may_install() {
  as_root=
  [ -z "${DRAGOMAN_NO_INSTALL-}" ] && command -v apt-get > /dev/null || return 1
  [ "$(id -u)" -ne 0 ] || return 0
  command -v sudo > /dev/null && sudo -n true 2> /dev/null || return 1
  as_root=sudo
}

# The command a person runs to have the packages.
install_command() {
  if ! command -v apt-get > /dev/null; then
    printf "install, with this system's packager, what Debian calls: %s" "$*"
  elif [ "$(id -u)" -ne 0 ] && command -v sudo > /dev/null; then
    printf 'sudo apt-get update && sudo apt-get install -y --no-install-recommends %s' "$*"
  else
    printf '%sapt-get update && apt-get install -y --no-install-recommends %s' "$([ "$(id -u)" -eq 0 ] || printf '(as root) ')" "$*"
  fi
}

# install_packages LOG_NAME PACKAGE...
install_packages() {
  local log=$1
  shift
  # shellcheck disable=SC2086
  step "$log-update" "apt-get update" $as_root apt-get update || return 1
  # shellcheck disable=SC2086
  step "$log-install" "apt-get install $*" \
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}

has_icu() {
  [ "$(uname -s)" = Linux ] || return 0 # macOS and Windows bring their own
  local file
  for file in /usr/lib/*/libicuuc.so.* /usr/lib/libicuuc.so.* /usr/lib64/libicuuc.so.* /usr/local/lib/libicuuc.so.*; do
    [ -e "$file" ] && return 0
  done
  PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2> /dev/null | grep -q 'libicuuc\.so'
}

icu_package() {
  local newest
  newest=$(apt-cache --names-only search '^libicu[0-9]+$' 2> /dev/null | cut -d ' ' -f 1 | sort | tail -n 1) || true
  printf '%s' "${newest:-libicu-dev}"
}

# Text is normalised by ICU, through .NET. Invariant mode would change results silently, so it is switched off where ICU is there.
require_icu() {
  if has_icu; then
    export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=0
    return 0
  fi
  if may_install; then
    [ -n "$(apt-cache --names-only search '^libicu[0-9]+$' 2> /dev/null)" ] || step icu-update "apt-get update" ${as_root:+"$as_root"} apt-get update || true
    install_packages icu "$(icu_package)" && has_icu && { export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=0; return 0; }
  fi
  die 1 "ICU (libicu) is needed by .NET for Unicode text and was not found. Run: $(install_command "$(icu_package)")"
}

# Prints the libtorch that CMake will find, in CMakeLists.txt's order; fails when there is none.
torch_location() {
  if [ -n "${DRAGOMAN_LIBTORCH-}" ]; then
    printf '%s' "$DRAGOMAN_LIBTORCH"
    return 0
  fi
  local prefix python
  for prefix in /usr /usr/local; do
    if [ -e "$prefix/include/ATen/core/Tensor.h" ]; then
      printf '%s' "$prefix"
      return 0
    fi
  done
  for python in python3 python; do
    command -v "$python" > /dev/null || continue
    "$python" -c 'import importlib.util as u, sys
spec = u.find_spec("torch")
sys.stdout.write(spec.submodule_search_locations[0]) if spec else sys.exit(1)' 2> /dev/null && return 0
  done
  return 1
}

has_cpp_tools() {
  command -v cmake > /dev/null && { command -v c++ || command -v g++ || command -v clang++ || command -v cl; } > /dev/null
}

# Debian's libtorch multiplies float32 matrices through the system's BLAS; without OpenBLAS that is the reference one, several times slower.
has_fast_blas() {
  [ "$(torch_location)" = /usr ] || return 0
  local file
  for file in /usr/lib/*/openblas*/libblas.so.3 /usr/lib/*/blis*/libblas.so.3 /usr/lib/*/libmkl_rt.so; do
    [ -e "$file" ] && return 0
  done
  return 1
}

# libtorch's process groups (training by several processes) are built into the bridge when the headers of Gloo are there.
has_gloo() {
  [ "$(torch_location)" = /usr ] || return 0
  [ -e /usr/include/gloo/rendezvous/store.h ]
}

# Whether libtorch can be built against; libtorch named by the user is never added to.
has_torch() { torch_location > /dev/null && has_cpp_tools; }

# Has libtorch, or installs it; fails, having said what to run, when it is not to be had.
provide_torch() {
  if [ -n "${DRAGOMAN_LIBTORCH-}" ] && ! [ -e "$DRAGOMAN_LIBTORCH/include/ATen/core/Tensor.h" ]; then
    die 2 "DRAGOMAN_LIBTORCH is '$DRAGOMAN_LIBTORCH', which holds no include/ATen/core/Tensor.h; name the folder of an unpacked libtorch."
  fi
  if has_torch && has_fast_blas && has_gloo && command -v spm_encode > /dev/null; then return 0; fi
  local packages=$torch_packages
  if torch_location > /dev/null && [ "$(torch_location)" != /usr ]; then packages=${packages#libtorch-dev libopenblas0-openmp libgloo-dev }; fi
  # shellcheck disable=SC2086
  if may_install && install_packages system $packages; then return 0; fi
  if has_torch; then return 0; fi # only SentencePiece's programs, OpenBLAS or Gloo's headers are missing; what needs the first or the last says so, and all runs without the second
  # shellcheck disable=SC2086
  say "libtorch or a C++ compiler is missing. Run: $(install_command $packages)"
  say "or name the folder of another libtorch in DRAGOMAN_LIBTORCH (see README.md)"
  return 1
}

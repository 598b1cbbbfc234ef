# Sourced by ./run and ./test, from the top of the repository: the one virtual environment of both.

say() { printf '%s\n' "$*" >&2; }

# install_debian PACKAGE... : as root or through sudo; on other systems say what is missing.
install_debian() {
  local as_root=()
  if [[ $EUID -ne 0 ]]; then as_root=(sudo); fi
  if ! command -v apt-get >/dev/null || ! command -v "${as_root[0]:-env}" >/dev/null; then
    say "Please install: $* (on Debian or Ubuntu, as root: apt-get install $*)."
    return 1
  fi
  say "Installing from Debian: $*"
  "${as_root[@]}" apt-get update -qq >&2 &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y "$@" >&2 </dev/null
}

require_python() {
  if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    say "Python 3.11 or newer is needed as 'python3' (on Debian: apt-get install python3 python3-venv)."
    return 1
  fi
  if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
    say "Python's own virtual environments are missing: Debian keeps them in python3-venv."
    if [[ $EUID -ne 0 ]]; then
      say "Please run: sudo apt-get install python3-venv"
      return 1
    fi
    install_debian python3-venv
  fi
}

# ensure_environment REQUIREMENTS... : .venv holds what these files pin. The copy kept of each file
# when it was installed tells whether there is anything to do.
ensure_environment() {
  if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    require_python
    say "Making the virtual environment .venv"
    python3 -m venv --clear .venv
  fi
  local file
  for file in "$@"; do
    cmp -s "$file" ".venv/installed-$file" && continue
    say "Installing $file"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check -r "$file"
    cp "$file" ".venv/installed-$file"
  done
}

# ensure_node_modules : node_modules holds what package-lock.json pins.
ensure_node_modules() {
  command -v npm >/dev/null || install_debian nodejs npm
  if ! cmp -s package-lock.json node_modules/installed-package-lock.json; then
    say "Installing package-lock.json"
    npm ci --silent </dev/null
    cp package-lock.json node_modules/installed-package-lock.json
  fi
}

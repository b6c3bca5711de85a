# Sourced by ./muster and ./benchmarks/run: finds Java, and builds what is missing or older than its
# sources. Runs on the bash 3.2 of macOS, too. Standard output belongs to the program that is
# launched: everything said here goes to standard error.
#
# Before: home = the repository's root, program = the name that messages begin with, also = a module
# that is needed beside the client's, or nothing.
# After: java = the program java; build_what_is_missing and result_of can be called.

say() { echo "$program: $*" >&2; }

fail() {
  say "$@"
  exit 3
}

# --- Java ---------------------------------------------------------------------------------------

if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
  java=$JAVA_HOME/bin/java
else
  java=$(command -v java || true)
fi
# macOS has a /usr/bin/java that only says where to get one.
version=$("${java:-false}" -version 2>&1 | sed -n 's/.* version "\([0-9][0-9]*\).*/\1/p' | head -n 1) || true
if [ -z "$version" ]; then
  fail "Java was not found. Install a JDK 17 or newer (for example https://adoptium.net) and put it on the PATH or set JAVA_HOME."
fi
if [ "$version" -lt 17 ]; then
  fail "Java 17 or newer is needed, but $java is Java $version. Install a newer JDK or set JAVA_HOME to one."
fi

# --- Build --------------------------------------------------------------------------------------

# A build with one more module builds all the others, too, but not the other way round.
stamp=$home/target/muster-built${also:+-with-$also}
log=$home/target/muster-build.log
services="bulk-ingest-service user-service license-service gateway"

# What a module's build makes: its jar, or a service's runnable one.
result_of() {
  case " $services " in
    *" $1 "*) echo "$home/$1/target/quarkus-app/quarkus-run.jar" ;;
    *)
      for jar in "$home/$1/target/$1"-*.jar; do
        case $jar in
          *-sources.jar | *-javadoc.jar | *-tests.jar) ;;
          *) echo "$jar" ;;
        esac
      done
      ;;
  esac
}

# Whether a source is newer than both its module's result, the first argument, and the last build
# from here: Maven leaves a result alone that would come out the same.
is_stale() {
  local result=$1
  shift
  if [ -f "$stamp" ]; then
    [ -n "$(find "$@" -newer "$result" -newer "$stamp" -print 2>/dev/null | head -n 1)" ]
  else
    [ -n "$(find "$@" -newer "$result" -print 2>/dev/null | head -n 1)" ]
  fi
}

needs_build() {
  local module result
  for module in contracts sealing service-chassis command-inbox local-stack $services cli $also; do
    result=$(result_of "$module" | head -n 1)
    if [ ! -f "$result" ] || is_stale "$result" "$home/pom.xml" "$home/$module/pom.xml" "$home/$module/src/main"; then
      return 0
    fi
  done
  [ ! -d "$home/local-stack/target/lib" ] || [ ! -d "$home/cli/target/lib" ]
}

build() {
  if ! command -v "$(dirname "$java")/javac" >/dev/null 2>&1 && ! command -v javac >/dev/null 2>&1; then
    fail "Building Muster needs a JDK, but $java belongs to a runtime without a compiler. Install a JDK 17 or newer or set JAVA_HOME to one."
  fi
  say "building Muster, first time takes a few minutes (progress in target/muster-build.log)"
  touch "$stamp.next"
  if ! (cd "$home" && ./mvnw --batch-mode package -Dmaven.test.skip=true -Dspotless.skip=true \
    -pl "cli,local-stack,$(echo "$services" | tr ' ' ',')${also:+,$also}" -am) >"$log" 2>&1 </dev/null; then
    grep -a -m 20 '^\[ERROR\]' "$log" >&2 || tail -n 20 "$log" >&2
    fail "The build failed; all of it is in $log"
  fi
  if [ -n "$also" ]; then
    cp -p "$stamp.next" "$home/target/muster-built"
  fi
  mv "$stamp.next" "$stamp"
}

# Only one build at a time: a second command waits for the first one's.
build_once() {
  local lock=$home/target/muster-build.lock holder
  mkdir -p "$home/target"
  while ! mkdir "$lock" 2>/dev/null; do
    holder=$(cat "$lock/pid" 2>/dev/null || true)
    if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then
      rm -rf "$lock"
    else
      sleep 1
    fi
  done
  echo $$ >"$lock/pid"
  trap 'rm -rf "$lock"' EXIT
  if needs_build; then
    build
  fi
  rm -rf "$lock"
  trap - EXIT
}

build_what_is_missing() {
  if needs_build; then
    build_once
  fi
}

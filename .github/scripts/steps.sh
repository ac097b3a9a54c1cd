# The steps that check and tests/run have in common. Sourced after sections.sh; $root is the repository.

jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
[ -d /usr/share/nodejs/acorn ] && export NODE_PATH=/usr/share/nodejs

format() {
    git -C "$root" ls-files -co --exclude-standard -- 'src/*.cpp' 'src/*.hpp' 'tests/*.cpp' 'tests/*.hpp' |
        (cd "$root" && xargs clang-format --dry-run -Werror)
}

layers() {
    "$root/.github/scripts/layers.py" --self-test
    "$root/.github/scripts/layers.py"
}

types() { (cd "$root/shell" && npm run --silent types); }

# Every core compiled by the poorest compiler there is for the web, and the program linked.
web_build() {
    emcmake cmake -S "$root" -B "$root/build/web" >/dev/null
    cmake --build "$root/build/web" -j "$jobs"
}

native_build() {
    cmake -S "$root" -B "$root/build/native" -DCMAKE_CXX_COMPILER=clang++ >/dev/null
    cmake --build "$root/build/native" -j "$jobs"
}

native_tests() {
    needs 'native build' || return
    ctest --test-dir "$root/build/native" --output-on-failure --no-tests=error -j "$jobs"
}

site() {
    needs 'web build' || return
    "$root/shell/serve" --build
}

#!/usr/bin/env python3
"""Checks the rules of the source tree that compilers do not check, and exits with 1 if one is broken.

  layers.py              checks src/ (and the markers everywhere)
  layers.py --self-test  shows that each rule can fail

- who may include whom (the table in .github/ARCHITECTURE.md);
- nlohmann only in src/json, Dear ImGui only where the table has it, Emscripten only in src/platform/web;
- no function-local static that changes, no long files, no markers of unfinished work.
It reads text, not C++: comments and strings are blanked first, and a static is taken as changing unless it is constexpr,
const or static_assert.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Layer -> what it may include besides itself. A layer is the longest matching prefix below src/.
MAY_INCLUDE = {
    "ground": [],
    "json": ["ground"],
    "lesson": ["ground", "json"],
    "refusal": ["ground", "json"],
    "terminal": ["ground", "json"],
    "app": ["ground", "json", "lesson", "refusal", "terminal"],
    "ui": ["ground", "app", "imgui", "lesson", "refusal", "terminal"],  # of the last three: see TYPES_ONLY
    "platform": ["ground", "imgui", "app/event.hpp", "app/effect.hpp", "ui/sem.hpp", "ui/frame.hpp"],
    "platform/web": ["platform", "emscripten", "imgui_backend", "refusal/tiny/trainer.hpp"],
    "platform/headless": ["platform"],
    "main": ["ground", "app", "ui", "imgui", "platform"],
}
# src/ files that belong to no folder: the wiring.
MAIN_FILES = {"main.cpp", "program.cpp", "program.hpp"}

EXTERNAL = [
    (re.compile(r"^nlohmann/"), "nlohmann"),
    (re.compile(r"^imgui_impl_"), "imgui_backend"),
    (re.compile(r"^(imgui|imgui_internal|imstb_\w+)\.h$"), "imgui"),
    (re.compile(r"^(emscripten(/.*)?|emscripten\.h|GLES[23]/.*|webgl/.*)$"), "emscripten"),
]
EMSCRIPTEN_WORDS = re.compile(r"\b(EM_JS|EM_ASM\w*|EM_ASYNC_JS|EMSCRIPTEN_KEEPALIVE|__EMSCRIPTEN__)\b")
MARKERS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")

LONGEST_FILE = 600
TABLES = {  # longer files that are tables, by decision
    "src/terminal/width_tables.inc",
}
SOURCE_ENDINGS = {".cpp", ".hpp", ".inc", ".h"}
TEXT_ENDINGS = SOURCE_ENDINGS | {".js", ".mjs", ".py", ".css", ".html", ".cmake", ".json", ".md", ".yml", ".sh", ""}


def layer_of(path):
    """The layer of a path below src/ ('ui/theme.hpp' -> 'ui'), or None."""
    if path in MAIN_FILES:
        return "main"
    parts = path.split("/")
    for length in (2, 1):
        prefix = "/".join(parts[:length])
        if len(parts) > length and prefix in MAY_INCLUDE:
            return prefix
    return None


def external_of(target):
    return next((name for pattern, name in EXTERNAL if pattern.match(target)), None)


def allowed(layer, target):
    """Whether a file of `layer` may include `target`, both as written after #include."""
    external = external_of(target)
    if external == "nlohmann":
        return layer == "json"
    permitted = list(MAY_INCLUDE[layer])
    for inherited in [entry for entry in permitted if entry == "platform"]:
        permitted += MAY_INCLUDE[inherited]
    if external:
        return external in permitted
    own = layer.split("/")[0]
    included = layer_of(target)
    if included is None:
        return True  # the standard library, or a file of the same folder
    if included == layer or included == own or (included == "main" and layer == "main"):
        return True
    return any(target == entry or included == entry or included.startswith(entry + "/") for entry in permitted)


def blanked(text):
    """The text with comments and string contents replaced by blanks; lines stay where they are."""
    pattern = re.compile(r'//[^\n]*|/\*.*?\*/|R"([^(\s]*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)

    def blank(match):
        kept = match.group(0)
        quote = kept[0] if kept[0] in "\"'" else ""
        return quote + re.sub(r"[^\n]", " ", kept[len(quote):len(kept) - len(quote)]) + quote

    return pattern.sub(blank, text)


STATIC = re.compile(r"^(?P<indent>[ \t]+)(?:inline\s+)?(?:static|thread_local)\s+(?P<rest>[^;{=(]*)(?P<next>[;{=(]?)", re.M)


def changing_statics(text):
    """Line numbers of function-local (or class) statics that are not constant, in blanked text."""
    lines = []
    for match in STATIC.finditer(text):
        rest = match.group("rest")
        object_part = rest.rsplit("*", 1)[-1]  # what stands after the last star belongs to the object itself
        if re.search(r"\bconstexpr\b", rest) or re.search(r"\bconst\b", object_part):
            continue
        if match.group("next") == "(":  # a static member function, unless it is an initialiser in brackets
            if re.match(r"[^;{]*\)\s*(const|noexcept|->|\{|;|=)", text[match.end():], re.S):
                continue
        lines.append(text.count("\n", 0, match.start()) + 1)
    return lines


def check_source(path, text):
    """Findings for one file below src/; `path` is relative to src/."""
    findings = []
    layer = layer_of(path)
    if layer is None and path.endswith((".cpp", ".hpp")):
        return [(1, "belongs to no layer")]
    clean = blanked(text)
    # Inclusions are read from the original: blanking empties the quotes.
    for number, line in enumerate(text.split("\n"), 1):
        found = re.match(r'\s*#\s*include\s*[<"]([^>"]+)[>"]', line)
        if found and layer and not allowed(layer, found.group(1)):
            findings.append((number, f"{layer} may not include {found.group(1)}"))
    if layer != "platform/web":
        for found in EMSCRIPTEN_WORDS.finditer(clean):
            number = clean.count("\n", 0, found.start()) + 1
            findings.append((number, f"{found.group(0)} outside src/platform/web"))
    for number in changing_statics(clean):
        findings.append((number, "a static that changes: state belongs to the model or is handed in"))
    return findings


def check_text(path, text):
    """Findings that hold for any file of the repository; `path` is relative to its root."""
    findings = []
    lines = text.count("\n") + 1
    source = path.startswith(("src/", "shell/", "tests/")) and Path(path).suffix in SOURCE_ENDINGS | {".js", ".mjs", ".py"}
    if source and lines > LONGEST_FILE and path not in TABLES:
        findings.append((LONGEST_FILE, f"{lines} lines; at most {LONGEST_FILE}, unless it is a table listed in layers.py"))
    if path != ".github/scripts/layers.py":
        for number, line in enumerate(text.split("\n"), 1):
            if MARKERS.search(line):
                findings.append((number, f"leftover marker: {line.strip()[:80]}"))
    return findings


def tracked_files():
    """Files of the working tree that git knows or would add."""
    listing = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard"],
                             capture_output=True, text=True, check=True).stdout.split("\n")
    skipped = ("shell/notices/", "tests/golden/", "tests/fuzz/corpus")
    return [name for name in listing if name and (ROOT / name).is_file() and not name.startswith(skipped)
            and not name.endswith("package-lock.json") and Path(name).suffix in TEXT_ENDINGS]


def check_tree():
    broken = 0
    names = tracked_files()
    for name in names:
        text = (ROOT / name).read_text(encoding="utf-8", errors="replace")
        findings = check_text(name, text)
        if name.startswith("src/") and Path(name).suffix in SOURCE_ENDINGS:
            findings += check_source(name[len("src/"):], text)
        for number, what in findings:
            print(f"{name}:{number}: {what}")
        broken += len(findings)
    print(f"layers: {len(names)} files, {broken} broken rules")
    return broken == 0


def self_test():
    def source(path, text):
        return [what for _, what in check_source(path, text)]

    def expect(found, part):
        assert (found == [] if part is None else len(found) == 1 and part in found[0]), (found, part)

    expect(source("lesson/load.cpp", '#include "json/read.hpp"\n#include <vector>\n'), None)
    expect(source("lesson/load.cpp", '#include "refusal/suite.hpp"\n'), "lesson may not include refusal/suite.hpp")
    expect(source("lesson/load.cpp", "#include <nlohmann/json.hpp>\n"), "nlohmann")
    expect(source("json/read.cpp", "#include <nlohmann/json.hpp>\n"), None)
    expect(source("json/read.cpp", '#include "lesson/types.hpp"\n'), "json may not")
    expect(source("app/reduce.cpp", '#include "ui/sem.hpp"\n'), "app may not")
    expect(source("app/reduce.cpp", "#include <imgui.h>\n"), "app may not")
    expect(source("ui/root.cpp", "#include <imgui.h>\n"), None)
    expect(source("ui/root.cpp", '#include "platform/platform.hpp"\n'), "ui may not")
    expect(source("ui/root.cpp", "#include <imgui_impl_opengl3.h>\n"), "ui may not")
    expect(source("platform/web/run.cpp", '#include <emscripten.h>\n#include <imgui_impl_opengl3.h>\n#include "app/effect.hpp"\n'), None)
    expect(source("platform/web/run.cpp", '#include "app/reduce.hpp"\n'), "platform/web may not")
    expect(source("platform/headless/run.cpp", "#include <emscripten/html5.h>\n"), "platform/headless may not")
    expect(source("main.cpp", '#include "app/model.hpp"\n#include "platform/platform.hpp"\n'), None)
    expect(source("ground/text.cpp", "#ifdef __EMSCRIPTEN__\n#endif\n"), "__EMSCRIPTEN__ outside")
    expect(source("ground/text.cpp", "// __EMSCRIPTEN__ is not asked here\n"), None)
    expect(source("ground/text.cpp", "int f() {\n    static int calls = 0;\n    return ++calls;\n}\n"), "a static that changes")
    expect(source("ground/text.cpp", "int f() {\n    static std::map<int, int> seen;\n}\n"), "a static that changes")
    expect(source("ground/text.cpp", "int f() {\n    static char const* name = g();\n}\n"), "a static that changes")
    expect(source("ground/text.cpp", "int f() {\n    static constexpr int limit = 3;\n    static std::string const x = g();\n}\n"), None)
    expect(source("ground/text.hpp", "struct A {\n    static A make(int x);\n    static int size() { return 1; }\n};\n"), None)
    expect(source("ground/text.cpp", 'auto x = "static int calls = 0; EM_JS";\n'), None)
    expect(source("other/x.cpp", ""), "belongs to no layer")
    texts = lambda path, text: [what for _, what in check_text(path, text)]
    expect(texts("src/ground/a.cpp", "int x;\n" * 601), "602 lines")
    expect(texts("src/terminal/width_tables.inc", "0,\n" * 601), None)
    expect(texts("README.md", "This is to" + "do: TO" + "DO later\n"), "leftover marker")
    print("layers: self-test passed")


if __name__ == "__main__":
    if "--self-test" in sys.argv[1:]:
        self_test()
    elif not check_tree():
        sys.exit(1)

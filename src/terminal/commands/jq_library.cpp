// The built-in functions of jq that are written in jq. Each is read when a program first calls it; names that begin
// with an underscore are for this file only.
#include "terminal/commands/jq.hpp"

#include <algorithm>

namespace cw::terminal::commands::jq {

namespace {

constexpr LibraryEntry library[] = {
    {"map(f)", "[.[] | f]"},
    {"map_values(f)", ".[] |= f"},
    {"select(f)", "if f then . else empty end"},
    {"recurse", "def r: ., (.[]? | r); r"},
    {"recurse(f)", "def r: ., (f | r); r"},
    {"recurse(f; c)", "def r: ., (f | select(c) | r); r"},
    {"recurse_down", "recurse"},
    {"values", "select(. != null)"},
    {"nulls", "select(. == null)"},
    {"booleans", "select(type == \"boolean\")"},
    {"numbers", "select(type == \"number\")"},
    {"strings", "select(type == \"string\")"},
    {"arrays", "select(type == \"array\")"},
    {"objects", "select(type == \"object\")"},
    {"iterables", "select(type == \"array\" or type == \"object\")"},
    {"scalars", "select(type != \"array\" and type != \"object\")"},
    {"finites", "select(isinfinite or isnan | not)"},
    {"normals", "select(isnormal)"},
    {"isfinite", "type == \"number\" and (isinfinite | not)"},
    {"isvalid(f)", "try (f | true) catch false"},
    {"to_entries", "[keys_unsorted[] as $k | {key: $k, value: .[$k]}]"},
    {"from_entries",
     "reduce .[] as $e ({}; . + {($e | .key // .k // .name // .Name // .K // .Key): "
     "($e | if has(\"value\") then .value elif has(\"v\") then .v else .Value end)})"},
    {"with_entries(f)", "to_entries | map(f) | from_entries"},
    {"add", "reduce .[] as $x (null; . + $x)"},
    {"add(f)", "reduce f as $x (null; . + $x)"},
    {"any", "any(.[]; .)"},
    {"any(f)", "any(.[]; f)"},
    {"any(g; f)", "first((g | f | if . then true else empty end), false)"},
    {"all", "all(.[]; .)"},
    {"all(f)", "all(.[]; f)"},
    {"all(g; f)", "first((g | f | if . then empty else false end), true)"},
    {"flatten", "_flatten(1e9)"},
    {"flatten($d)", "if $d < 0 then error(\"flatten depth must not be negative\") else _flatten($d) end"},
    {"_flatten($d)",
     "reduce .[] as $x ([]; if ($x | type) == \"array\" and $d > 0 "
     "then . + ($x | _flatten($d - 1)) else . + [$x] end)"},
    {"range($n)", "_range(0; $n; 1)"},
    {"range($from; $to)", "_range($from; $to; 1)"},
    {"range($from; $to; $by)", "_range($from; $to; $by)"},
    {"in(x)", ". as $k | x | has($k)"},
    {"inside(x)", ". as $part | x | contains($part)"},
    {"repeat(f)", "def r: ., (f | r); r"},
    {"while(c; f)", "def r: if c then ., (f | r) else empty end; r"},
    {"until(c; f)", "def r: if c then . else f | r end; r"},
    {"first", ".[0]"},
    {"last", ".[-1]"},
    {"nth($n)", ".[$n]"},
    {"first(f)", "_limit(1; f)"},
    {"last(f)", "reduce f as $x (null; $x)"},
    {"nth($n; f)", "if $n < 0 then error(\"nth doesn't support negative indices\") else last(_limit($n + 1; f)) end"},
    {"limit($n; f)", "if $n > 0 then _limit($n; f) elif $n == 0 then empty else f end"},
    {"isempty(f)", "first((f | false), true)"},
    {"input", "_input | if . then .[0] else error(\"break\") end"},
    {"inputs", "def r: _input | if . then .[0], r else empty end; r"},
    {"error(f)", "f | error"},
    {"halt_error", "halt_error(5)"},
    {"debug(f)", "(f | debug | empty), ."},
    {"paths", "path(..) | select(length > 0)"},
    {"paths(f)", "path(.. | select(f)) | select(length > 0)"},
    {"leaf_paths", "paths(scalars)"},
    {"del(f)", "delpaths([path(f)])"},
    {"pick(f)", ". as $all | reduce path(f) as $p (null; setpath($p; $all | getpath($p)))"},
    {"sort", "_sort_by(.)"},
    {"sort_by(f)", "_sort_by(map([f]))"},
    {"group_by(f)", "_group_by(map([f]))"},
    {"unique", "unique_by(.)"},
    {"unique_by(f)", "[_group_by(map([f]))[][0]]"},
    {"min", "_min_by(.)"},
    {"min_by(f)", "_min_by(map([f]))"},
    {"max", "_max_by(.)"},
    {"max_by(f)", "_max_by(map([f]))"},
    {"reverse", "[.[length - 1 - range(0; length)]]"},
    {"join($s)",
     "reduce .[] as $x (null; (if . == null then \"\" else . + $s end) + "
     "($x | if . == null then \"\" elif type == \"number\" or type == \"boolean\" then tojson else . end)) "
     "// \"\""},
    {"transpose", "(map(length) | max // 0) as $n | . as $rows | [range(0; $n) as $i | [$rows[][$i]]]"},
    {"combinations", "if length == 0 then [] else .[0][] as $x | (.[1:] | combinations) as $rest | [$x] + $rest end"},
    {"combinations(n)", ". as $set | [range(n)] | map($set) | combinations"},
    {"walk(f)", "def w: if type == \"object\" then map_values(w) elif type == \"array\" then map(w) else . end | f; w"},
    {"index($i)", "indices($i) | .[0]"},
    {"rindex($i)", "indices($i) | .[-1:][0]"},
    {"IN(s)", ". as $x | any(s; . == $x)"},
    {"IN(g; s)", "any(g; IN(s))"},
    {"INDEX(f)", "INDEX(.[]; f)"},
    {"INDEX(g; f)", "reduce g as $row ({}; .[$row | f | tostring] = $row)"},
    {"JOIN($idx; f)", "[.[] | [., $idx[f]]]"},
    {"JOIN($idx; g; f)", "g | [., $idx[f]]"},
    {"JOIN($idx; g; f; j)", "g | [., $idx[f]] | j"},
    {"bsearch($x)",
     "def b($low; $high): if $low > $high then -1 - $low else (($low + $high) / 2 | floor) as $m | .[$m] as $at | "
     "if $at == $x then $m elif $at < $x then b($m + 1; $high) else b($low; $m - 1) end end; b(0; length - 1)"},
    {"abs",
     "if type == \"number\" and . < 0 then -. elif type == \"number\" then . "
     "else error(\"\\(type) (\\(tojson)) has no absolute value\") end"},
    {"toarray", "if type == \"array\" then . else [.] end"},
    {"have_literal_numbers", "true"},
    {"have_decnum", "false"},
    {"ascii", "[.] | implode"},
    {"todate", "strftime(\"%Y-%m-%dT%H:%M:%SZ\")"},
    {"fromdate", "strptime(\"%Y-%m-%dT%H:%M:%SZ\") | mktime"},
    {"todateiso8601", "todate"},
    {"fromdateiso8601", "fromdate"},
    {"date", "todate"},
    {"localtime", "gmtime"},
    {"strflocaltime($f)", "strftime($f)"},
    {"test($re)", "_match($re; null; 1)"},
    {"test($re; $f)", "_match($re; $f; 1)"},
    {"match($re)", "_match($re; null; 0)[]"},
    {"match($re; $f)", "_match($re; $f; 0)[]"},
    {"_named", "reduce (.captures[] | select(.name)) as $c ({}; .[$c.name] = $c.string)"},
    {"capture($re)", "match($re) | _named"},
    {"capture($re; $f)", "match($re; $f) | _named"},
    {"scan($re)", "scan($re; \"\")"},
    {"scan($re; $f)", "match($re; \"g\" + $f) | if .captures == [] then .string else [.captures[].string] end"},
    {"split($re; $f)",
     ". as $s | [foreach (_match($re; \"g\" + $f; 0)[], null) as $m ([0, null]; "
     "if $m then [$m.offset + $m.length, $s[.[0]:$m.offset]] else [0, $s[.[0]:]] end; .[1])]"},
    {"splits($re)", "split($re; null)[]"},
    {"splits($re; $f)", "split($re; $f)[]"},
    {"sub($re; f)", "sub($re; f; \"\")"},
    {"sub($re; f; $flags)",
     ". as $s | _match($re; $flags; 2) as $m | def r($i; $from): if $i == ($m | length) "
     "then $s[$from:] else $m[$i] as $x | r($i + 1; $x.offset + $x.length) as $rest | "
     "$s[$from:$x.offset] + ($x | _named | f) + $rest end; r(0; 0)"},
    {"gsub($re; f)", "sub($re; f; \"g\")"},
    {"gsub($re; f; $flags)", "sub($re; f; $flags + \"g\")"},
    {"tostream",
     "def s($p): if (type == \"array\" or type == \"object\") and length > 0 then keys_unsorted as $k | "
     "(range($k | length) as $i | .[$k[$i]] | s($p + [$k[$i]])), [$p + [$k[-1]]] else [$p, .] end; s([])"},
    {"fromstream(f)",
     "foreach f as $e ({}; if .done then {} else . end | if ($e | length) == 2 then "
     ".v |= setpath($e[0]; $e[1]) | .done = ($e[0] == []) else .done = ($e[0] | length == 1) end; "
     "if .done then .v else empty end)"},
    {"truncate_stream(s)", ". as $n | s | if (.[0] | length) > $n then .[0] |= .[$n:] else empty end"},
};

}

LibraryEntry const* library_named(std::string_view name, std::size_t arity) {
    for (LibraryEntry const& entry : library) {
        std::size_t const end = std::min(entry.head.find('('), entry.head.size());
        if (entry.head.substr(0, end) != name) continue;
        auto const more = static_cast<std::size_t>(std::count(entry.head.begin(), entry.head.end(), ';'));
        if ((end == entry.head.size() ? 0 : more + 1) == arity) return &entry;
    }
    return nullptr;
}

}

#pragma once
// One finding about a JSON text: what is wrong, where, and what to do about it. Shared by every reader of authored
// files. `line` and `column` count from 1 (columns in characters, not bytes; 0: no place), `pointer` is a JSON pointer
// (RFC 6901).

#include <string>
#include <vector>

namespace cw::json {

struct Diagnostic {
    enum class Severity { error, warning };
    Severity severity = Severity::error;
    int line = 0, column = 0;
    std::string pointer;
    std::string message;
    std::string hint;
    bool operator==(Diagnostic const&) const = default;
};
using Diagnostics = std::vector<Diagnostic>;

[[nodiscard]] inline bool has_errors(Diagnostics const& diagnostics) {
    for (Diagnostic const& diagnostic : diagnostics)
        if (diagnostic.severity == Diagnostic::Severity::error) return true;
    return false;
}

}

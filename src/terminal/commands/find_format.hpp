#pragma once
// What find prints of a file it came upon: -printf's directives (%p %f %h %P %s %m %M %y %u %g %t %T@ ...) and escapes.

#include "terminal/process.hpp"

#include <string>
#include <string_view>

namespace cw::terminal::commands {

struct Found {
    std::string path; // beginning with the root as it was given
    std::string root;
    NodePtr node;
    std::int64_t depth = 0;
};

[[nodiscard]] char type_letter(Node const& node);
[[nodiscard]] std::string find_format(Process& p, std::string_view format, Found const& found);

}

#pragma once
// The parts of cwlesson (see cwlesson.cpp).

#include "lesson/types.hpp"

#include <string>

namespace cw::tools {

struct HtmlContext {
    std::string folder;    // of the lesson file; what it names is read from there
    std::string addresses; // what the names of pictures begin with in the page
};

// The whole lesson as an HTML fragment, for readers without JavaScript: headings, paragraphs, lists, questions with
// their options, answers and solutions in <details>. Formulas stay TeX in <span class="math">, for a packer to set.
[[nodiscard]] std::string to_html(lesson::Course const& course, HtmlContext const& context);

// A whole file; empty where it cannot be read.
[[nodiscard]] std::string read_text(std::string const& path);

}

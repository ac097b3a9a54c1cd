#pragma once
// The part of load() that reads one block of a slide. Used by load.cpp alone.

#include "json/read.hpp"
#include "lesson/types.hpp"

#include <set>
#include <string>

namespace cw::lesson {

// What holds for a whole file while it is read.
struct LoadContext {
    std::set<std::string> block_ids; // of everything a learner can answer, unique in the lesson
};

// A field with the id of something; reports bad letters, doubles (against `taken`) and gives "" where it has none.
[[nodiscard]] std::string read_id(json::Reader& in, std::set<std::string>& taken);
[[nodiscard]] RichText read_rich_text(json::Reader const& in);
[[nodiscard]] Block read_block(json::Reader in, json::Diagnostics& diagnostics, LoadContext& context);

}

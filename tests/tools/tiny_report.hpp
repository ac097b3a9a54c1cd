#pragma once
// The tiny model's numbers as JSON text and its weight files as bytes, for the tools. A cell is a row
// [count, refused, answered, correct, start_refusal]; spec_of(cell).key names it.

#include "ground/result.hpp"
#include "refusal/tiny/live.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cw::tools {

// Cells that were not measured are left out. One line per cell, indented by `indent` blanks.
[[nodiscard]] std::string metrics_json(refusal::tiny::Metrics const& metrics, int indent);
[[nodiscard]] std::string settings_json(refusal::tiny::LiveSettings const& settings);
[[nodiscard]] std::string hex(std::uint64_t hash);
// Four decimals: what the files keep of a measured real number.
[[nodiscard]] double rounded(double value);

[[nodiscard]] Result<std::vector<std::uint8_t>> read_bytes(std::string const& path);
[[nodiscard]] Result<void> write_bytes(std::string const& path, void const* bytes, std::size_t count);

}

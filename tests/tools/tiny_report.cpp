#include "tiny_report.hpp"

#include "json/write.hpp"

#include <cmath>
#include <cstdio>
#include <memory>
#include <utility>

namespace cw::tools {

using namespace refusal::tiny;

namespace {

struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
std::vector<std::pair<std::string_view, double>> direction_fields(DirectionEffect const& d) {
    return {{"benign_level", d.benign_level},
            {"harm_level", d.harm_level},
            {"projected_harm_refused", d.projected_refused},
            {"projected_benign_correct", d.projected_correct},
            {"random_projected_harm_refused", d.random_projected_refused},
            {"set_harm_refused", d.set_refused},
            {"set_benign_correct", d.set_correct},
            {"random_set_harm_refused", d.random_set_refused},
            {"added_benign_refused", d.added_refused}};
}

using File = std::unique_ptr<std::FILE, Closer>;

}

double rounded(double value) { return std::round(value * 1e4) / 1e4; }

std::string hex(std::uint64_t hash) {
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash));
    return text;
}

std::string metrics_json(Metrics const& metrics, int indent) {
    std::string const margin(static_cast<std::size_t>(indent), ' ');
    std::string out = "{\n" + margin + "  \"cells\": {";
    char const* comma = "\n";
    bool has_full = false;
    for (CellSpec const& spec : all_cells()) {
        Outcomes const& cell = metrics[spec.cell];
        if (cell.count == 0) continue;
        has_full = has_full || !spec.quick;
        json::Writer row;
        row.begin_array().integer(cell.count).integer(cell.refused).integer(cell.answered).integer(cell.correct);
        row.number(rounded(cell.start_refusal)).end();
        out += comma + margin + "    " + json::quoted_json(spec.key) + ": " + row.str();
        comma = ",\n";
    }
    out += "\n" + margin + "  },\n" + margin + "  \"text_loss\": " + json::number_text(rounded(metrics.text_loss));
    if (has_full) {
        json::Writer divergence;
        divergence.begin_array();
        for (double const nats : metrics.divergence) divergence.number(rounded(nats));
        divergence.end();
        json::Writer direction;
        direction.begin_object();
        for (auto const& [name, value] : direction_fields(metrics.direction))
            direction.key(name).number(rounded(value));
        direction.end();
        out += ",\n" + margin + "  \"divergence_direct_harm\": " + divergence.str();
        out += ",\n" + margin + "  \"direction\": " + direction.str();
    }
    return out + "\n" + margin + "}";
}

std::string settings_json(LiveSettings const& s) {
    json::Writer out;
    out.begin_object().key("seed").integer(static_cast<long long>(s.seed));
    out.key("pairs_per_step").integer(s.pairs_per_step).key("learning_rate").number(s.learning_rate);
    out.key("beta").number(s.preference.beta).key("anchor").number(s.preference.anchor);
    out.key("w_harm").number(static_cast<double>(s.pairs.harm_weight));
    out.key("w_help").number(static_cast<double>(s.pairs.help_weight));
    out.key("harm_share").number(s.pairs.harm_share).key("caution").number(s.pairs.caution);
    out.key("coverage").number(s.pairs.coverage);
    out.key("coverage_frames").integer(s.pairs.coverage_frames).key("help_frames").integer(s.pairs.help_frames);
    out.key("borderline_pairs").boolean(s.pairs.borderline_pairs).key("depth").number(s.pairs.depth_share);
    out.key("ptx").number(s.text_mix).key("texts_per_step").integer(s.texts_per_step).end();
    return out.str();
}

Result<std::vector<std::uint8_t>> read_bytes(std::string const& path) {
    File const file(std::fopen(path.c_str(), "rb"));
    if (!file) return Error{ErrorCode::not_found, path, "cannot be opened"};
    std::vector<std::uint8_t> bytes;
    std::uint8_t buffer[4096];
    while (std::size_t const count = std::fread(buffer, 1, sizeof buffer, file.get()))
        bytes.insert(bytes.end(), buffer, buffer + count);
    return bytes;
}

Result<void> write_bytes(std::string const& path, void const* bytes, std::size_t count) {
    File const file(std::fopen(path.c_str(), "wb"));
    if (!file || std::fwrite(bytes, 1, count, file.get()) != count)
        return Error{ErrorCode::io, path, "cannot be written"};
    return {};
}

}

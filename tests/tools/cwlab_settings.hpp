#pragma once
// Settings of the equations as JSON, shared by `cwlab analytic` and `cwlab suite`. Every field is optional; unknown and
// misspelt ones are errors, so that no setting is silently ignored. The fields are the tables of
// refusal/analytic/fields.hpp.

#include "json/read.hpp"
#include "json/write.hpp"
#include "refusal/analytic/fields.hpp"
#include "refusal/analytic/filter.hpp"

#include <array>
#include <optional>
#include <string>

namespace cw::lab {

// Overwrites what the object `in` names, in the domain of each field.
template <class Owner, std::size_t count>
void read_fields(json::Reader& in, Owner& owner, std::array<refusal::analytic::Field<Owner>, count> const& fields) {
    for (auto const& field : fields) {
        owner.*field.member = in.number(field.name, {field.domain_low, field.domain_high}, owner.*field.member);
    }
}

template <class Owner, std::size_t count>
void write_fields(json::Writer& out, Owner const& owner,
                  std::array<refusal::analytic::Field<Owner>, count> const& fields) {
    for (auto const& field : fields) out.key(field.name).number(owner.*field.member);
}

// The objects "weights", "defence" and "filter" of `in`. A missing defence or filter is none, {} is the standard one.
// A filter is given by its rates (tpr, fpr) or by a point on a ROC curve (d_prime, x).
struct Settings {
    refusal::analytic::Weights weights;
    refusal::analytic::Defence defence;
    std::optional<refusal::analytic::OperatingPoint> point; // of the filter, where the rates have one
};
[[nodiscard]] Settings read_settings(json::Reader& in);
void write_settings(json::Writer& out, Settings const& settings);

// Prints all findings; true where there is none.
[[nodiscard]] bool is_clean(json::Diagnostics const& diagnostics, char const* name);

// The part of --help about the settings.
[[nodiscard]] std::string settings_help();
// One line for each field of a table, with `owner`'s values as defaults.
template <class Owner, std::size_t count>
std::string fields_help(Owner const& owner, std::array<refusal::analytic::Field<Owner>, count> const& fields) {
    std::string out;
    for (auto const& field : fields) {
        std::string line = "    " + std::string(field.name);
        line.resize(18, ' ');
        line += json::number_text(owner.*field.member);
        line.resize(26, ' ');
        out += line + std::string(field.meaning) + "\n";
    }
    return out;
}

}

#include "refusal/tiny/messages.hpp"

#include "ground/assert.hpp"
#include "ground/bytes.hpp"

#include <type_traits>

namespace cw::refusal::tiny {

namespace {

// One list of fields serves both directions: fields(archive, value) names them, the archive reads or writes.
class Writing {
  public:
    void operator()(double& value) { out_.f64(value); }
    void operator()(float& value) { out_.f32(value); }
    void operator()(std::string& value) { out_.text(value); }
    void operator()(bool& value) { out_.u8(value ? 1 : 0); }
    void operator()(std::uint64_t& value) {
        out_.u32(static_cast<std::uint32_t>(value));
        out_.u32(static_cast<std::uint32_t>(value >> 32));
    }
    void operator()(std::uint32_t& value) { out_.u32(value); }
    void operator()(int& value) { out_.u32(static_cast<std::uint32_t>(value)); }
    std::size_t count(std::size_t size) {
        out_.u32(static_cast<std::uint32_t>(size));
        return size;
    }
    [[nodiscard]] std::vector<std::uint8_t> take() { return out_.take(); }

  private:
    ByteWriter out_;
};

class Reading {
  public:
    explicit Reading(std::span<std::uint8_t const> bytes) : in_(bytes.data(), bytes.size()) {}
    void operator()(double& value) { value = in_.f64(); }
    void operator()(float& value) { value = in_.f32(); }
    void operator()(std::string& value) { value = in_.text(); }
    void operator()(bool& value) { value = in_.u8() != 0; }
    void operator()(std::uint64_t& value) {
        value = in_.u32();
        value |= static_cast<std::uint64_t>(in_.u32()) << 32;
    }
    void operator()(std::uint32_t& value) { value = in_.u32(); }
    void operator()(int& value) { value = static_cast<int>(in_.u32()); }
    std::size_t count(std::size_t) {
        std::uint32_t const size = in_.u32();
        CW_ASSERT(in_.ok());
        return size;
    }
    [[nodiscard]] bool is_whole() const { return in_.ok() && in_.done(); }

  private:
    ByteReader in_;
};

template <class Archive, class E>
void word(Archive& archive, E& value) {
    static_assert(std::is_enum_v<E>);
    int number = static_cast<int>(value);
    archive(number);
    value = static_cast<E>(number);
}

template <class Archive, class T, class Each>
void all(Archive& archive, std::vector<T>& values, Each each) {
    values.resize(archive.count(values.size()));
    for (T& value : values) each(value);
}

template <class Archive>
void fields(Archive& archive, LiveSettings& it) {
    archive(it.seed);
    archive(it.pairs_per_step);
    archive(it.learning_rate);
    archive(it.preference.beta);
    archive(it.preference.anchor);
    archive(it.pairs.harm_share);
    archive(it.pairs.harm_weight);
    archive(it.pairs.help_weight);
    archive(it.pairs.caution);
    archive(it.pairs.coverage);
    archive(it.pairs.coverage_frames);
    archive(it.pairs.help_frames);
    archive(it.pairs.borderline_pairs);
    archive(it.pairs.depth_share);
    archive(it.text_mix);
    archive(it.texts_per_step);
}

template <class Archive>
void fields(Archive& archive, Ask& it) {
    archive(it.id);
    word(archive, it.request_class);
    archive(it.example);
    word(archive, it.frame);
    word(archive, it.context);
    word(archive, it.filter);
    archive(it.prefill);
}

template <class Archive>
void fields(Archive& archive, Train& it) {
    archive(it.run);
    archive(it.steps);
    fields(archive, it.settings);
}

template <class Archive>
void fields(Archive&, Pause&) {}
template <class Archive>
void fields(Archive&, Resume&) {}
template <class Archive>
void fields(Archive&, Cancel&) {}

template <class Archive>
void fields(Archive& archive, AnswerView& it) {
    all(archive, it.words, [&](std::string& each) { archive(each); });
    archive(it.start.refuse);
    archive(it.start.comply);
    archive(it.start.other);
    archive(it.refusal);
    archive(it.compliance);
    all(archive, it.positions, [&](AnswerPosition& position) {
        archive(position.word);
        all(archive, position.top, [&](TokenShare& share) {
            archive(share.word);
            archive(share.share);
        });
    });
    archive(it.intent);
    word(archive, it.verdict);
}

template <class Archive>
void fields(Archive& archive, Answered& it) {
    archive(it.id);
    fields(archive, it.before);
    archive(it.alarm_before);
    archive(it.is_trained);
    fields(archive, it.after);
    archive(it.alarm_after);
}

template <class Archive>
void fields(Archive& archive, Stepped& it) {
    archive(it.run);
    archive(it.report.step);
    archive(it.report.preference.loss);
    archive(it.report.preference.accuracy);
    archive(it.report.preference.margin);
    archive(it.report.text_loss);
    archive(it.report.gradient_norm);
}

template <class Archive>
void fields(Archive& archive, Measurements& it) {
    all(archive, it.cells, [&](CellResult& result) {
        word(archive, result.cell);
        archive(result.outcomes.count);
        archive(result.outcomes.refused);
        archive(result.outcomes.answered);
        archive(result.outcomes.correct);
        archive(result.outcomes.start_refusal);
    });
    archive(it.text_loss);
}

template <class Archive>
void fields(Archive& archive, BeforeMeasured& it) {
    fields(archive, it.measurements);
}

template <class Archive>
void fields(Archive& archive, Trained& it) {
    archive(it.run);
    fields(archive, it.measurements);
    archive(it.weight_hash);
}

template <class Message>
std::vector<std::uint8_t> encoded(Message message) {
    Writing out;
    int kind = static_cast<int>(message.index());
    out(kind);
    std::visit([&](auto& it) { fields(out, it); }, message);
    return out.take();
}

// The alternative number `kind` of a variant, read.
template <class Message, std::size_t at = 0>
Message read(Reading& in, std::size_t kind) {
    if constexpr (at < std::variant_size_v<Message>) {
        if (kind != at) return read<Message, at + 1>(in, kind);
        std::variant_alternative_t<at, Message> it{};
        fields(in, it);
        return it;
    } else {
        CW_UNREACHABLE();
    }
}

template <class Message>
Message decoded(std::span<std::uint8_t const> bytes) {
    Reading in(bytes);
    int kind = 0;
    in(kind);
    Message message = read<Message>(in, static_cast<std::size_t>(kind));
    CW_ASSERT(in.is_whole());
    return message;
}

}

Outcomes Measurements::operator[](Cell cell) const {
    for (CellResult const& result : cells)
        if (result.cell == cell) return result.outcomes;
    return {};
}

std::vector<std::uint8_t> encode(Command const& command) { return encoded(command); }
std::vector<std::uint8_t> encode(Report const& report) { return encoded(report); }
Command decode_command(std::span<std::uint8_t const> bytes) { return decoded<Command>(bytes); }
Report decode_report(std::span<std::uint8_t const> bytes) { return decoded<Report>(bytes); }

}

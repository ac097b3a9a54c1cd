// The saved form of a Progress, version 1. All numbers are varints unless a width is given; a hash is the lowest bytes
// of hash64 of an id, as many as `hash width` says, mixed with a salt that keeps all ids of the lesson apart.
//
//   magic "Cw" · version (1 byte) · lesson (4 bytes) · body · CRC-32 of all before (4 bytes), then base64url
//   body: hash width (1 byte) · salt · seed (8 bytes) · active seconds · current slide
//         visited slides · questions · tasks · files · settings · goals · history · length of the texts · the texts
//
// Whatever comes later keeps the frame (magic, version, lesson, CRC at the end) so that an older program can say that a
// text is newer rather than damaged.

#include "lesson/progress.hpp"

#include "ground/id.hpp"
#include "lesson/armour.hpp"
#include "lesson/progress_body.hpp"
#include "lesson/text_coder.hpp"

#include <algorithm>

namespace cw::lesson {

namespace {

constexpr std::string_view magic = "Cw";
constexpr std::size_t frame_bytes = 2 + 1 + 4 + 4;
constexpr std::uint8_t current_version = 1;

std::string sealed(Progress const& progress, Course const& course, int hash_width, TextCoder const& coder) {
    Bytes bytes(magic);
    put_fixed(bytes, current_version, 1);
    put_fixed(bytes, hash32(course.id), 4);
    put_body(bytes, progress, course, hash_width, coder);
    put_fixed(bytes, crc32(bytes), 4);
    return to_base64url(bytes);
}

// Sheds one kind of thing after the other until the text fits.
class Shedder {
  public:
    Shedder(Progress const& progress, Course const& course, std::size_t limit)
        : kept_(progress), course_(course), limit_(limit) {}

    Encoded fit() {
        if (fits()) return done();
        hash_width_ = 2; // an edited lesson is told apart a little less surely, but everything is there
        if (!fits()) shed_history();
        if (!fits()) shed_files();
        if (!fits()) shed_ends_of_answers();
        return done();
    }

  private:
    bool fits() {
        text_ = sealed(kept_, course_, hash_width_, coder_);
        return text_.size() <= limit_;
    }
    Encoded done() {
        fits();
        return {std::move(text_), std::move(shed_)};
    }
    // The largest number below `most` with which `apply` leaves a text that fits; 0 where none does.
    template <class Apply>
    std::size_t largest(std::size_t most, Apply apply) {
        std::size_t least = 0;
        while (least + 1 < most) {
            std::size_t const middle = least + (most - least) / 2;
            apply(middle);
            (fits() ? least : most) = middle;
        }
        apply(least);
        return least;
    }

    void shed_history() {
        if (kept_.history.empty()) return;
        std::vector<std::string> const all = kept_.history;
        largest(all.size(), [&](std::size_t count) {
            kept_.history.assign(all.end() - static_cast<std::ptrdiff_t>(count), all.end());
        });
        shed_.push_back("history");
    }
    void shed_files() {
        while (!kept_.files.empty() && !fits()) {
            auto const longest =
                std::max_element(kept_.files.begin(), kept_.files.end(),
                                 [](auto const& a, auto const& b) { return a.second.size() < b.second.size(); });
            shed_.push_back("file:" + longest->first);
            kept_.files.erase(longest);
        }
    }
    void shed_ends_of_answers() {
        std::map<std::string, TaskProgress> const all = kept_.tasks;
        std::size_t longest = 0;
        for (auto const& [id, task] : all) longest = std::max(longest, task.text.size());
        if (longest == 0) return;
        largest(longest, [&](std::size_t bytes) {
            for (auto const& [id, task] : all)
                kept_.tasks[id].text = task.text.substr(0, character_end(task.text, bytes));
        });
        for (auto const& [id, task] : all)
            if (kept_.tasks[id].text.size() < task.text.size()) shed_.push_back("answer:" + id);
    }
    static std::size_t character_end(std::string const& text, std::size_t bytes) {
        if (bytes >= text.size()) return text.size();
        while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0u) == 0x80u) --bytes;
        return bytes;
    }

    Progress kept_;
    Course const& course_;
    std::size_t limit_;
    TextCoder coder_;
    int hash_width_ = 3;
    std::string text_;
    std::vector<std::string> shed_;
};

Error failure(ErrorCode code, char const* message) { return {code, "saved progress", message}; }

}

Encoded encode(Progress const& progress, Course const& course, std::size_t limit_chars) {
    return Shedder(progress, course, limit_chars).fit();
}

Result<Progress> decode(std::string_view text, Course const& course) {
    std::optional<Bytes> const bytes = from_base64url(text);
    if (!bytes || bytes->size() < frame_bytes || std::string_view(*bytes).substr(0, magic.size()) != magic)
        return failure(ErrorCode::corrupt, "this is no saved progress");
    std::string_view const all = *bytes;
    std::string_view const guarded = all.substr(0, all.size() - 4);
    if (BytesReader(all.substr(all.size() - 4)).fixed(4) != crc32(guarded))
        return failure(ErrorCode::corrupt, "its check sum does not fit");
    BytesReader in(guarded.substr(magic.size()));
    std::uint64_t const version = in.fixed(1);
    if (version > current_version) return failure(ErrorCode::unsupported, "it was written by a newer version");
    if (in.fixed(4) != hash32(course.id)) return failure(ErrorCode::denied, "it belongs to another lesson");
    std::optional<Progress> progress;
    switch (version) { // older versions get a reader of their own here
        case 1: progress = read_body(in, course); break;
        default: return failure(ErrorCode::corrupt, "it is of no known version");
    }
    if (!progress) return failure(ErrorCode::corrupt, "its content does not fit its version");
    return std::move(*progress);
}

}

// The saved form of a Progress, version 1. All numbers are varints unless a width is given; a hash is the lowest bytes
// of hash64 of an id, as many as `hash width` says, mixed with a salt that keeps all ids of the lesson apart.
//
//   magic "Cw" · version (1 byte) · lesson (4 bytes) · body · CRC-32 of all before (4 bytes), then base64url
//   body: hash width (1 byte) · salt · seed (8 bytes) · active seconds · current slide
//         visited slides · questions · settings · goals · tasks · files · history · length of the texts · the texts
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
constexpr int check_bytes = 4;
constexpr std::size_t frame_bytes = 2 + 1 + 4 + check_bytes;
constexpr std::uint8_t current_version = 1;

// Sheds one kind of thing after the other until the text fits. Every try costs a packing, so each says how far it got
// and the next one is aimed by that.
class Shedder {
  public:
    Shedder(Progress const& progress, Course const& course, std::size_t limit_chars)
        : kept_(progress), history_(progress.history), course_(course), most_bytes_(limit_chars - limit_chars / 4) {
        if (base64url_length(most_bytes_) > limit_chars) --most_bytes_;
    }

    Encoded fit() {
        if (fits()) return done();
        hash_width_ = 2; // an edited lesson is told apart a little less surely, but everything is there
        if (!fits()) shed_history();
        if (!fits_) shed_files();
        if (!fits_) shed_ends_of_answers();
        return done();
    }

  private:
    bool fits() {
        bytes_ = Bytes(magic);
        put_fixed(bytes_, current_version, 1);
        put_fixed(bytes_, hash32(course_.id), 4);
        last_ = put_body(bytes_, most_bytes_ - check_bytes, kept_, course_, hash_width_, coder_);
        return fits_ = last_.fits();
    }
    Encoded done() {
        put_fixed(bytes_, crc32(bytes_), check_bytes);
        return {to_base64url(bytes_), std::move(shed_)};
    }

    void shed_history() {
        if (history_.empty()) return;
        shed_.insert(shed_.begin(), "history");
        std::size_t count = 0; // of the newest lines
        for (std::size_t end = last_.history; count < history_.size(); ++count) {
            end += history_[history_.size() - 1 - count].size();
            if (end > last_.fitting) break;
        }
        do {
            kept_.history.assign(history_.end() - static_cast<std::ptrdiff_t>(count), history_.end());
        } while (!fits() && (count -= (count + 7) / 8) > 0);
        if (fits_ || kept_.history.empty()) return;
        kept_.history.clear();
        fits();
    }
    void shed_files() {
        while (!fits_ && !kept_.files.empty()) {
            auto const longest =
                std::max_element(kept_.files.begin(), kept_.files.end(),
                                 [](auto const& a, auto const& b) { return a.second.size() < b.second.size(); });
            shed_.push_back("file:" + longest->first);
            kept_.files.erase(longest);
            fits();
        }
        if (fits_ && !history_.empty()) { // there may be room for it again
            shed_.erase(shed_.begin());
            kept_.history = history_;
            if (!fits()) shed_history();
        }
    }
    // Cuts all answers to the same length, the longest that fits.
    void shed_ends_of_answers() {
        std::map<std::string, TaskProgress> const all = kept_.tasks;
        std::size_t const room = last_.fitting > last_.answers ? last_.fitting - last_.answers : 0;
        std::size_t const estimate = equal_length(all, room); // low, where the answers before it are easier to pack
        for (std::size_t length = estimate + estimate / 6;; length -= (length + 31) / 32) {
            for (auto const& [id, task] : all)
                kept_.tasks[id].text = task.text.substr(0, end_within(task.text, length));
            if (fits() || length == 0) break;
        }
        for (auto const& [id, task] : all)
            if (kept_.tasks[id].text.size() < task.text.size()) shed_.push_back("answer:" + id);
    }
    // The length to which answers are cut so that together they take `room` bytes.
    static std::size_t equal_length(std::map<std::string, TaskProgress> const& tasks, std::size_t room) {
        std::vector<std::size_t> sizes;
        for (auto const& [id, task] : tasks) sizes.push_back(task.text.size());
        std::sort(sizes.begin(), sizes.end());
        std::size_t length = 0;
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            length = std::min(sizes[i], room / (sizes.size() - i));
            room -= length;
        }
        return length;
    }
    // The last place at or before `length` where a character ends.
    static std::size_t end_within(std::string const& text, std::size_t length) {
        if (length >= text.size()) return text.size();
        while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0u) == 0x80u) --length;
        return length;
    }

    Progress kept_;
    std::vector<std::string> const& history_; // all of it
    Course const& course_;
    std::size_t most_bytes_;
    TextCoder coder_;
    int hash_width_ = 3;
    Bytes bytes_;
    TextFit last_;
    bool fits_ = false;
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
    std::string_view const guarded = all.substr(0, all.size() - check_bytes);
    if (BytesReader(all.substr(all.size() - check_bytes)).fixed(check_bytes) != crc32(guarded))
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

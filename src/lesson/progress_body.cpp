#include "lesson/progress_body.hpp"

#include "ground/id.hpp"
#include "lesson/limits.hpp"
#include "lesson/text_coder.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <set>

namespace cw::lesson {

namespace {

// The ids of a course and their hashes. What belongs to a question or a task is named with it: "q1/b".
class Ids {
  public:
    Ids(Course const& course, int width, std::uint64_t salt) : width_(width), salt_(salt) {
        for (Slide const& slide : course.slides) {
            slides_[hash(slide.id)] = slide.id;
            for (Block const& block : slide.blocks) add(block);
        }
    }
    [[nodiscard]] std::uint64_t hash(std::string_view id) const {
        std::uint64_t const mixed = hash64(id, 0xcbf29ce484222325ull + salt_);
        return (mixed ^ mixed >> 29) & ((1ull << (8 * width_)) - 1);
    }
    [[nodiscard]] bool is_distinct() const { return slides_.size() + others_.size() == count_; }
    void count(Course const& course) {
        count_ = course.slides.size();
        for (Slide const& slide : course.slides)
            for (Block const& block : slide.blocks) {
                if (auto const* const question = std::get_if<Question>(&block)) count_ += 1 + question->options.size();
                if (auto const* const task = std::get_if<Task>(&block)) count_ += 1 + task->points.size();
            }
    }
    // The id with this hash, or nothing: the lesson was edited since.
    [[nodiscard]] std::optional<std::string> slide(std::uint64_t hash) const { return find(slides_, hash); }
    [[nodiscard]] std::optional<std::string> other(std::uint64_t hash) const { return find(others_, hash); }
    [[nodiscard]] bool has_slide(std::string const& id) const { return slide(hash(id)) == id; }
    [[nodiscard]] bool has_other(std::string const& id) const { return other(hash(id)) == id; }

  private:
    using Map = std::map<std::uint64_t, std::string>;
    static std::optional<std::string> find(Map const& map, std::uint64_t hash) {
        auto const found = map.find(hash);
        if (found == map.end()) return {};
        return found->second;
    }
    void add(Block const& block) {
        if (auto const* const question = std::get_if<Question>(&block)) {
            name(question->id);
            for (Option const& option : question->options) name(question->id + "/" + option.id);
        } else if (auto const* const task = std::get_if<Task>(&block)) {
            name(task->id);
            for (Point const& point : task->points) name(task->id + "/" + point.id);
        }
    }
    void name(std::string const& id) { others_[hash(id)] = id; }

    int width_;
    std::uint64_t salt_;
    std::size_t count_ = 0;
    Map slides_, others_;
};

// The first salt that keeps the lesson's ids apart; a very large lesson may find none, then the last one tried.
std::uint64_t salt_for(Course const& course, int width) {
    constexpr std::uint64_t tries = 200;
    for (std::uint64_t salt = 0; salt < tries; ++salt) {
        Ids ids(course, width, salt);
        ids.count(course);
        if (ids.is_distinct()) return salt;
    }
    return tries - 1;
}

std::string after_slash(std::string const& id) { return id.substr(id.find('/') + 1); }

// Whole numbers as zigzag varints, marked by a 0 in the lowest bit; anything else as a 1 and the eight bytes of a
// double.
void put_number(Bytes& out, double value) {
    constexpr double most = 1e15;
    if (value == std::floor(value) && std::fabs(value) < most && !(value == 0 && std::signbit(value))) {
        auto const whole = static_cast<std::int64_t>(value);
        std::uint64_t const zigzag =
            static_cast<std::uint64_t>(whole) << 1 ^ (whole < 0 ? ~std::uint64_t{0} : std::uint64_t{0});
        return put_varint(out, zigzag << 1);
    }
    std::uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    put_varint(out, 1);
    put_fixed(out, bits, 8);
}

double read_number(BytesReader& in) {
    std::uint64_t const mark = in.varint();
    if (mark & 1u) {
        std::uint64_t const bits = in.fixed(8);
        double value = 0;
        std::memcpy(&value, &bits, sizeof value);
        return value;
    }
    std::uint64_t const zigzag = mark >> 1;
    return static_cast<double>(static_cast<std::int64_t>(zigzag >> 1 ^ (zigzag & 1u ? ~std::uint64_t{0} : 0u)));
}

// Writes numbers to the head and gathers the texts, which are packed together at the end.
class BodyWriter {
  public:
    BodyWriter(Bytes& out, Ids const& ids, int width) : out_(out), ids_(ids), width_(width) {}

    void hash(std::string const& id) { put_fixed(out_, ids_.hash(id), width_); }
    void number(std::uint64_t value) { put_varint(out_, value); }
    void text(std::string_view text) {
        put_varint(out_, text.size());
        texts_ += text;
    }
    void slides(Progress const& progress) {
        bool const has_place = ids_.has_slide(progress.slide);
        number(has_place ? 1 : 0);
        if (has_place) hash(progress.slide);
        std::vector<std::string> visited;
        for (std::string const& id : progress.visited)
            if (ids_.has_slide(id)) visited.push_back(id);
        number(visited.size());
        for (std::string const& id : visited) hash(id);
    }
    void question(std::string const& id, QuestionProgress const& question) {
        std::string const option = id + "/" + question.option;
        bool const has_option = ids_.has_other(option);
        hash(id);
        number((question.checked ? 1u : 0u) | (has_option ? 2u : 0u));
        if (has_option) hash(option);
        number(static_cast<std::uint64_t>(question.tries));
        number(static_cast<std::uint64_t>(question.tries_to_right));
    }
    void task(std::string const& id, TaskProgress const& task) {
        hash(id);
        number((task.submitted ? 1u : 0u) | (task.solution_shown ? 2u : 0u));
        text(task.text);
        std::vector<std::string> points;
        for (std::string const& point : task.points)
            if (ids_.has_other(id + "/" + point)) points.push_back(id + "/" + point);
        number(points.size());
        for (std::string const& point : points) hash(point);
    }
    template <class T, class Put>
    void known(std::map<std::string, T> const& entries, Put put) {
        std::size_t count = 0;
        for (auto const& entry : entries) count += ids_.has_other(entry.first) ? 1 : 0;
        number(count);
        for (auto const& entry : entries)
            if (ids_.has_other(entry.first)) put(entry.first, entry.second);
    }
    [[nodiscard]] std::size_t texts_size() const { return texts_.size(); }
    // How far the texts got with at most `most_bytes` in all.
    std::size_t finish(TextCoder const& coder, std::size_t most_bytes) {
        number(texts_.size());
        if (out_.size() > most_bytes || texts_.size() > saved_texts_limit_bytes) return 0;
        TextCoder::Packed const packed = coder.pack(texts_, most_bytes - out_.size());
        out_ += packed.bytes;
        return packed.letters;
    }

  private:
    Bytes& out_;
    Ids const& ids_;
    int width_;
    std::string texts_;
};

// Reads the head first and remembers where each text goes; they are unpacked at the end.
class BodyReader {
  public:
    BodyReader(BytesReader& in, Ids const& ids, int width) : in_(in), ids_(ids), width_(width) {}

    std::uint64_t hash() { return in_.fixed(width_); }
    std::uint64_t number() { return in_.varint(); }
    int small_number() { return static_cast<int>(std::min<std::uint64_t>(number(), 1'000'000)); }
    // A count of things of at least one byte each: no more than there are bytes.
    std::uint64_t count() {
        std::uint64_t const count = number();
        if (count <= in_.left()) return count;
        is_sound_ = false;
        return 0;
    }
    std::uint64_t text_length() {
        std::uint64_t const length = number();
        texts_total_ += length;
        if (length <= saved_texts_limit_bytes && texts_total_ <= saved_texts_limit_bytes) return length;
        is_sound_ = false;
        return 0;
    }
    void slides(Progress& progress) {
        if (number() != 0) progress.slide = ids_.slide(hash()).value_or("");
        for (std::uint64_t i = count(); i > 0; --i)
            if (auto const id = ids_.slide(hash())) progress.visited.insert(*id);
    }
    void questions(Progress& progress) {
        for (std::uint64_t i = count(); i > 0 && is_sound(); --i) {
            auto const id = ids_.other(hash());
            std::uint64_t const flags = number();
            QuestionProgress question;
            question.checked = (flags & 1u) != 0;
            if (flags & 2u) {
                auto const option = ids_.other(hash());
                if (id && option && option->substr(0, id->size() + 1) == *id + "/")
                    question.option = after_slash(*option);
            }
            question.tries = small_number();
            question.tries_to_right = small_number();
            if (id) progress.questions[*id] = std::move(question);
        }
    }
    void tasks(Progress& progress) {
        for (std::uint64_t i = count(); i > 0 && is_sound(); --i) {
            auto const id = ids_.other(hash());
            std::uint64_t const flags = number();
            TaskProgress task;
            task.submitted = (flags & 1u) != 0;
            task.solution_shown = (flags & 2u) != 0;
            std::uint64_t const length = text_length();
            for (std::uint64_t j = count(); j > 0; --j) {
                auto const point = ids_.other(hash());
                if (id && point && point->substr(0, id->size() + 1) == *id + "/")
                    task.points.insert(after_slash(*point));
            }
            if (id) progress.tasks[*id] = std::move(task);
            task_lengths_.emplace_back(id.value_or(""), length);
        }
    }
    void lengths(std::vector<std::uint64_t>& into, std::uint64_t texts_each) {
        for (std::uint64_t i = count() * texts_each; i > 0 && is_sound(); --i) into.push_back(text_length());
    }
    void settings() {
        for (std::uint64_t i = count(); i > 0 && is_sound(); --i) {
            setting_lengths_.push_back(text_length());
            setting_values_.push_back(read_number(in_));
        }
    }
    // Unpacks the texts and puts them where their lengths were read.
    void texts(Progress& progress) {
        if (number() != texts_total_) is_sound_ = false;
        if (!is_sound()) return;
        if (texts_total_ > 0) texts_ = TextCoder().unpack(in_.rest(), static_cast<std::size_t>(texts_total_));
        for (std::size_t i = 0; i < setting_lengths_.size(); ++i)
            progress.settings[next(setting_lengths_[i])] = setting_values_[i];
        for (std::uint64_t const length : goal_lengths) progress.goals.insert(next(length));
        for (auto const& [id, length] : task_lengths_) {
            std::string text = next(length);
            if (!id.empty()) progress.tasks[id].text = std::move(text);
        }
        for (std::size_t i = 0; i + 1 < file_lengths.size(); i += 2) {
            std::string name = next(file_lengths[i]);
            progress.files[std::move(name)] = next(file_lengths[i + 1]);
        }
        for (std::uint64_t const length : history_lengths) progress.history.push_back(next(length));
        std::reverse(progress.history.begin(), progress.history.end());
    }
    [[nodiscard]] bool is_sound() const { return is_sound_ && in_.ok(); }

    std::vector<std::uint64_t> file_lengths, goal_lengths, history_lengths;

  private:
    std::string next(std::uint64_t length) {
        std::string text = texts_.substr(texts_at_, static_cast<std::size_t>(length));
        texts_at_ += static_cast<std::size_t>(length);
        return text;
    }

    BytesReader& in_;
    Ids const& ids_;
    int width_;
    bool is_sound_ = true;
    std::uint64_t texts_total_ = 0;
    std::vector<std::pair<std::string, std::uint64_t>> task_lengths_;
    std::vector<std::uint64_t> setting_lengths_;
    std::vector<double> setting_values_;
    std::string texts_;
    std::size_t texts_at_ = 0;
};

}

TextFit put_body(Bytes& out, std::size_t most_bytes, Progress const& progress, Course const& course, int hash_width,
                 TextCoder const& coder) {
    std::uint64_t const salt = salt_for(course, hash_width);
    Ids const ids(course, hash_width, salt);
    TextFit fit;
    put_fixed(out, static_cast<std::uint64_t>(hash_width), 1);
    put_varint(out, salt);
    put_fixed(out, progress.seed, 8);
    put_varint(out, progress.active_seconds);
    BodyWriter body(out, ids, hash_width);
    body.slides(progress);
    body.known(progress.questions, [&](auto const& id, auto const& question) { body.question(id, question); });
    body.number(progress.settings.size());
    for (auto const& [name, value] : progress.settings) {
        body.text(name);
        put_number(out, value);
    }
    body.number(progress.goals.size());
    for (std::string const& goal : progress.goals) body.text(goal);
    fit.answers = body.texts_size();
    body.known(progress.tasks, [&](auto const& id, auto const& task) { body.task(id, task); });
    fit.files = body.texts_size();
    body.number(progress.files.size());
    for (auto const& [name, content] : progress.files) {
        body.text(name);
        body.text(content);
    }
    fit.history = body.texts_size();
    body.number(progress.history.size());
    for (std::size_t i = progress.history.size(); i-- > 0;) body.text(progress.history[i]);
    fit.all = body.texts_size();
    fit.fitting = body.finish(coder, most_bytes);
    if (out.size() > most_bytes) fit.fitting = 0; // even without the texts
    return fit;
}

std::optional<Progress> read_body(BytesReader& in, Course const& course) {
    int const width = static_cast<int>(in.fixed(1));
    if (width != 2 && width != 3) return {};
    Ids const ids(course, width, in.varint());
    Progress progress;
    progress.seed = in.fixed(8);
    progress.active_seconds = static_cast<std::uint32_t>(std::min<std::uint64_t>(in.varint(), 0xFFFFFFFFu));
    BodyReader body(in, ids, width);
    body.slides(progress);
    body.questions(progress);
    body.settings();
    body.lengths(body.goal_lengths, 1);
    body.tasks(progress);
    body.lengths(body.file_lengths, 2);
    body.lengths(body.history_lengths, 1);
    body.texts(progress);
    if (!body.is_sound()) return {};
    return progress;
}

}

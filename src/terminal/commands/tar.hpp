#pragma once
// Tar archives: what an archive has of each member, reading and writing the headers, and the settings that the parts of
// tar share. Written is GNU's old format, with long names in members of their own; read are also POSIX's (the prefix of
// ustar, and pax records of names, sizes and times). The whole archive is in memory. No sparse files, no volumes.
//
//   ArchiveReader reader(bytes);
//   Member member;
//   while (reader.next(member) == ArchiveReader::State::member) use(member, bytes.substr(member.offset, member.size));

#include "terminal/commands/sed.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cw::terminal::commands {

constexpr std::size_t tar_block = 512;
constexpr std::size_t tar_record = 20 * tar_block; // an archive is a multiple of it
constexpr int tar_failed = 2;

struct Member {
    std::string name, link; // of a directory without the slash
    char kind = '0';        // as in the header: 0 file, 1 hard link, 2 symbolic link, 5 directory, 6 fifo
    unsigned mode = 0644;
    int uid = 0, gid = 0;
    std::int64_t seconds = 0; // when it was modified
    std::string user, group;
    std::size_t size = 0;
    std::size_t offset = 0; // of the content
    [[nodiscard]] bool is_directory() const { return kind == '5'; }
    [[nodiscard]] bool is_file() const { return kind == '0' || kind == '\0' || kind == '7'; }
    // With the slash, as -t and -v show it.
    [[nodiscard]] std::string shown() const { return is_directory() ? name + "/" : name; }
};

class ArchiveReader {
  public:
    enum class State : std::uint8_t { member, end, cut, bad };
    // skips_zeros: empty blocks are no end.
    explicit ArchiveReader(std::string_view bytes, bool skips_zeros = false)
        : bytes_(bytes), skips_zeros_(skips_zeros) {}
    // `bad`: the block is no header; the next call looks at the block after it. `cut`: the content is not all there;
    // the member is given all the same.
    State next(Member& member);
    [[nodiscard]] std::size_t position() const { return at_; } // at the end: of the zeros, where more may be put
    [[nodiscard]] std::size_t lone_zero_block() const { return lone_zero_; } // its number, or 0

  private:
    bool read_header(std::string_view block, Member& member) const;
    void apply_records(std::string_view records, Member& member);

    std::string_view bytes_;
    bool skips_zeros_;
    std::size_t at_ = 0, lone_zero_ = 0;
};

// The header, with long names before it; the content follows.
void write_header(std::string& archive, Member const& member);
// Zeros up to the next block.
void fill_block(std::string& archive);

struct TarName { // an operand, or a line of -T
    std::string name;
    std::string directory;    // of -C, empty for the working directory
    std::size_t excludes = 0; // so many of the patterns were given before it
    bool found = false;
};

struct TarStyle {
    char mode = 0; // c x t r u d, D to delete
    std::string file = "-", directory, owner, group;
    bool gzip = false, by_suffix = false, absolute_names = false, keeps_old = false, to_stdout = false;
    bool keeps_modes = false, no_times = false, wildcards = false, follows = false, recursive = true;
    bool removes_files = false, numeric = false, full_time = false, skips_old = false, keeps_newer = false,
         zero = false;
    bool anchored = true, shows_transformed = false, skips_zeros = false;
    std::string packer; // a program that is not there
    int verbose = 0;
    std::int64_t strip = 0;
    std::optional<std::int64_t> modified_ns;
    std::optional<std::string> permissions;
    std::vector<std::string> excludes, transforms;
    std::size_t late_excludes = 0; // from here on they were given after the last name
    std::vector<TarName> names;
};

class Tar {
  public:
    Tar(Process& p, TarStyle style);
    Task<int> run();

  private:
    // tar_extract.cpp
    Task<int> read_archive();
    Task<> take(Member member, std::string_view content);
    Errno make(Member const& member, std::string const& path, std::string_view content);
    bool make_parents(std::string const& path);
    bool make_room(Member const& member, std::string const& path, Errno error);
    void set_attributes(Member const& member, std::string const& path);
    [[nodiscard]] bool is_wanted(Member const& member);
    [[nodiscard]] bool strip(std::string& name) const;
    [[nodiscard]] std::string place(std::string const& name) const;
    int report_missing();
    // tar_change.cpp
    [[nodiscard]] bool read_transforms();
    [[nodiscard]] std::string transformed(std::string name);
    void compare(Member const& member, std::string_view content);
    Task<> remove_members();
    // tar_create.cpp
    Task<int> write_archive();
    Task<bool> load();
    Task<bool> unzip(std::string_view bytes);
    void no_packer(std::string_view program);
    void cannot_open(Errno error);
    void find_end();
    Task<> add(std::string name, TarName const& from, std::string path);
    Task<> add_folder(std::string name, TarName const& from, std::string path);
    bool add_member(Member member, Node const& node, std::string const& name);
    Task<bool> store();
    [[nodiscard]] bool is_excluded(std::string_view name, std::size_t count) const;
    std::string safe_name(std::string const& name, bool is_link);
    void show(Member const& member, std::string const& name);
    void trouble(std::string const& name, std::string_view what, Errno error);
    int fatal(std::string const& text = {});
    int child_failed(int status);
    bool directory_is_there(std::string const& directory);

    struct Seen {
        Node const* node;
        std::string name;
    };
    struct Later { // a directory whose mode and time are set at the end
        std::string path;
        Member member;
    };
    Process& p_;
    TarStyle style_;
    std::vector<sed::Script> transforms_;
    std::string archive_;
    FilePtr file_;
    std::vector<Seen> seen_;
    std::vector<std::pair<std::string, std::int64_t>> old_; // -u: names with their times
    std::vector<Later> later_;
    std::vector<std::string> removed_, warned_;
    std::size_t width_ = 19; // of owner and size together in a listing
    int status_ = 0;
    bool fatal_ = false, full_ = false;
};

// Says it, and where help is; the status.
int tar_mistake(Process& p, std::string_view text);
// As names stand in tar's listings and messages.
[[nodiscard]] std::string tar_escaped(std::string_view name, bool colons = false);
// Whether the pattern, or the plain name, is the name or a folder above it.
[[nodiscard]] bool tar_matches(std::string_view pattern, std::string_view name, bool wildcards);

}

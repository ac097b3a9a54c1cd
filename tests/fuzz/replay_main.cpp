// Runs a fuzz target over the files of its corpus, once each, where libFuzzer is not linked: so the corpus is a
// regression test of every build.
//
//   NAME_fuzz FOLDER
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);

int main(int count, char** arguments) {
    std::error_code problem;
    std::filesystem::directory_iterator const files(count == 2 ? arguments[1] : "", problem);
    if (problem) {
        std::fprintf(stderr, "no such corpus: %s\n", count == 2 ? arguments[1] : "(none given)");
        return 2;
    }
    int replayed = 0;
    for (auto const& entry : files) {
        std::ifstream in(entry.path(), std::ios::binary);
        std::vector<char> const bytes((std::istreambuf_iterator<char>(in)), {});
        LLVMFuzzerTestOneInput(reinterpret_cast<std::uint8_t const*>(bytes.data()), bytes.size());
        ++replayed;
    }
    std::printf("%d inputs\n", replayed);
    return replayed > 0 ? 0 : 2;
}

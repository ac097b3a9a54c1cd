#pragma once
// A growing buffer of little-endian bytes and its reader: the form in which data crosses to JavaScript and into saved
// states. A reader that runs out turns bad and gives zeros; check ok() once at the end.

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace cw {

class ByteWriter {
  public:
    void u8(std::uint8_t value) { bytes_.push_back(value); }
    void u32(std::uint32_t value) { raw(&value, sizeof value); }
    void f32(float value) { raw(&value, sizeof value); }
    void f64(double value) { raw(&value, sizeof value); }
    void text(std::string_view value) {
        u32(static_cast<std::uint32_t>(value.size()));
        raw(value.data(), value.size());
    }
    [[nodiscard]] std::vector<std::uint8_t> const& bytes() const { return bytes_; }
    [[nodiscard]] std::vector<std::uint8_t> take() { return std::move(bytes_); }

  private:
    void raw(void const* data, std::size_t size) {
        if (size == 0) return;
        std::size_t const at = bytes_.size();
        bytes_.resize(at + size);
        std::memcpy(bytes_.data() + at, data, size); // every machine we build for is little-endian
    }
    std::vector<std::uint8_t> bytes_;
};

class ByteReader {
  public:
    ByteReader(void const* data, std::size_t size) : data_(static_cast<std::uint8_t const*>(data)), size_(size) {}
    std::uint8_t u8() { return number<std::uint8_t>(); }
    std::uint32_t u32() { return number<std::uint32_t>(); }
    float f32() { return number<float>(); }
    double f64() { return number<double>(); }
    std::string text() {
        std::uint32_t const length = u32();
        if (!ok_ || length > size_ - at_) {
            ok_ = false;
            return {};
        }
        std::string value(reinterpret_cast<char const*>(data_ + at_), length);
        at_ += length;
        return value;
    }
    [[nodiscard]] bool ok() const { return ok_; }
    [[nodiscard]] bool done() const { return at_ == size_; }

  private:
    template <class T>
    T number() {
        T value{};
        if (!ok_ || sizeof(T) > size_ - at_) {
            ok_ = false;
            return value;
        }
        std::memcpy(&value, data_ + at_, sizeof(T));
        at_ += sizeof(T);
        return value;
    }
    std::uint8_t const* data_;
    std::size_t size_, at_ = 0;
    bool ok_ = true;
};

}

// Files as the engine needs them: whole reads, writes that are complete or say why not, folders that are synced.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>

namespace lastunit::drivers {

// Owns a descriptor.
class File {
   public:
    File() = default;
    explicit File(int descriptor) : descriptor_(descriptor) {}
    ~File();
    File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    File& operator=(File&& other) noexcept;

    int descriptor() const { return descriptor_; }
    void close();

   private:
    int descriptor_ = -1;
};

// Throws Problem. `flags` as of open(2).
File open_file(const std::string& path, int flags);

// The file's bytes. (Not a memory map: a journal is looked at from its end first, which defeats read-ahead.)
class WholeFile {
   public:
    explicit WholeFile(const std::string& path);  // throws Problem
    std::span<const std::byte> bytes() const { return {data_.get(), size_}; }

   private:
    std::unique_ptr<std::byte[]> data_;
    std::size_t size_ = 0;
};

// 0, or the error's number.
int write_all(int descriptor, std::span<const std::byte> bytes);
int write_all_at(int descriptor, std::span<const std::byte> bytes, std::int64_t offset);
// Makes the names of a folder durable: files created, renamed, deleted.
int sync_folder(const std::string& folder);

// Writes the file beside its place, syncs it, and moves it there: afterwards the old content is there, or the new one. Throws
// Problem.
void replace_file(const std::string& folder, const std::string& name, std::span<const std::byte> content);

}  // namespace lastunit::drivers

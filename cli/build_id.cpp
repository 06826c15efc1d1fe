#include "cli/build_id.hpp"

#include <elf.h>
#include <link.h>

#include <cstdio>
#include <cstring>

namespace lastunit::cli {
namespace {

std::string hex(const char* bytes, std::size_t count) {
    std::string out;
    char two[3];
    for (std::size_t i = 0; i < count; ++i) {
        std::snprintf(two, sizeof two, "%02x", static_cast<unsigned>(static_cast<unsigned char>(bytes[i])));
        out += two;
    }
    return out;
}

constexpr std::size_t padded(std::size_t bytes) { return (bytes + 3) / 4 * 4; }  // notes are made of words of four bytes

// A note is its sizes and type, its owner's name, its content.
std::string in_notes(const char* at, const char* end) {
    ElfW(Nhdr) note;
    for (; at + sizeof note <= end; at += sizeof note + padded(note.n_namesz) + padded(note.n_descsz)) {
        std::memcpy(&note, at, sizeof note);
        const char* content = at + sizeof note + padded(note.n_namesz);
        if (note.n_type == NT_GNU_BUILD_ID && content + note.n_descsz <= end) return hex(content, note.n_descsz);
    }
    return "";
}

// Called for the program itself first; the libraries after it do not matter.
int look_at(dl_phdr_info* object, std::size_t, void* into) {
    for (int i = 0; i < object->dlpi_phnum; ++i) {
        const ElfW(Phdr)& part = object->dlpi_phdr[i];
        if (part.p_type != PT_NOTE) continue;
        const char* at = reinterpret_cast<const char*>(object->dlpi_addr + part.p_vaddr);  // as the kernel has mapped it
        std::string found = in_notes(at, at + part.p_memsz);
        if (found.empty()) continue;
        *static_cast<std::string*>(into) = std::move(found);
        break;
    }
    return 1;
}

}  // namespace

std::string build_id() {
    std::string out;
    dl_iterate_phdr(look_at, &out);
    return out;
}

}  // namespace lastunit::cli

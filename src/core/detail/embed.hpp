// Puts a file of this tree into the library as bytes: fast to build at any size, no generator needed.
#pragma once

#include <string_view>

#if defined(__APPLE__)
#define HUOSHUI_EMBED_SECTION ".const_data"
#define HUOSHUI_EMBED_PREFIX "_"
#else
#define HUOSHUI_EMBED_SECTION ".section .rodata"
#define HUOSHUI_EMBED_PREFIX ""
#endif

// Use at file scope: HUOSHUI_EMBED(name, "room/tables/file.csv"); then call name().
#define HUOSHUI_EMBED(name, path)                                                                        \
  __asm__(HUOSHUI_EMBED_SECTION                                                                          \
          "\n.global " HUOSHUI_EMBED_PREFIX "huoshui_embed_" #name "\n.balign 16\n" HUOSHUI_EMBED_PREFIX \
          "huoshui_embed_" #name ":\n.incbin \"" HUOSHUI_SOURCE_DIR "/" path                             \
          "\"\n"                                                                                         \
          ".global " HUOSHUI_EMBED_PREFIX "huoshui_embed_" #name "_end\n" HUOSHUI_EMBED_PREFIX           \
          "huoshui_embed_" #name "_end:\n.byte 0\n.text\n");                                             \
  extern "C" const char huoshui_embed_##name[];                                                          \
  extern "C" const char huoshui_embed_##name##_end[];                                                    \
  static std::string_view name() {                                                                       \
    return {huoshui_embed_##name,                                                                        \
            static_cast<std::size_t>(huoshui_embed_##name##_end - huoshui_embed_##name)};                \
  }                                                                                                      \
  static_assert(true)

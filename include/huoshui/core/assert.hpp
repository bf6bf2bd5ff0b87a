/// Room core. HUOSHUI_ASSERT states what only our own bug could break; it is checked in dev builds alone.
#pragma once

#if defined(HUOSHUI_CHECKS)
#include <stdexcept>
#define HUOSHUI_ASSERT(condition) \
  ((condition) ? (void)0 : throw std::logic_error("huoshui broke its own law: " #condition))
#else
#define HUOSHUI_ASSERT(condition) ((void)0)
#endif

/// The version of huoshui, the single place where it is written; CMake and pyproject read it from here.
#pragma once

#define HUOSHUI_VERSION_MAJOR 0
#define HUOSHUI_VERSION_MINOR 1
#define HUOSHUI_VERSION_PATCH 0

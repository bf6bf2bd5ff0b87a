# Rows to values: products, projects and the condition language.
target_sources(huoshui PRIVATE code_terms.cpp condition.cpp products.cpp projects.cpp word_facts.cpp)
# Tables go in by .incbin, which no compiler reports as a dependency.
set(handbooks ${PROJECT_SOURCE_DIR}/src/catalogue/tables/handbook.csv
              ${PROJECT_SOURCE_DIR}/src/catalogue/tables/illustrative_handbook.csv)
set_source_files_properties(${CMAKE_CURRENT_LIST_DIR}/products.cpp TARGET_DIRECTORY huoshui
                            PROPERTIES OBJECT_DEPENDS "${handbooks}")
set_source_files_properties(${CMAKE_CURRENT_LIST_DIR}/projects.cpp TARGET_DIRECTORY huoshui
                            PROPERTIES OBJECT_DEPENDS "${PROJECT_SOURCE_DIR}/docs/examples/heyuan_projects.csv;${PROJECT_SOURCE_DIR}/docs/examples/illustrative_projects.csv")

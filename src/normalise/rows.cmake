# Rows to values: products, projects and the condition language.
target_sources(huoshui PRIVATE code_terms.cpp condition.cpp products.cpp projects.cpp)
set_property(SOURCE products.cpp PROPERTY OBJECT_DEPENDS
  "${PROJECT_SOURCE_DIR}/src/catalogue/tables/handbook.csv;${PROJECT_SOURCE_DIR}/src/catalogue/tables/illustrative_handbook.csv")
set_property(SOURCE projects.cpp PROPERTY OBJECT_DEPENDS "${PROJECT_SOURCE_DIR}/docs/examples/heyuan_projects.csv")

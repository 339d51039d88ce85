// The texts of Catalog/, as they are: bytes of the program that cost nothing until they are read.
#ifndef CATALOG_DATA_H
#define CATALOG_DATA_H

#include <stddef.h>

// A text of the catalog.
struct catalog_text {
  // The file's path below Catalog/, without its ending.
  const char *name;
  // Its bytes, UTF-8.
  const unsigned char *bytes;
  // How many they are.
  size_t count;
};

// How many texts there are.
size_t catalog_text_count(void);

// A text by its place in order of name; place is below catalog_text_count().
struct catalog_text catalog_text_at(size_t place);

#endif

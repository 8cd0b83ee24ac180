// Twice as many runs in the same time: of each block only few calls that led
// to it are kept, and freed ones are kept from being used again for less long.
extern "C" const char* __asan_default_options() {
  return "malloc_context_size=4:quarantine_size_mb=4:"
         "thread_local_quarantine_size_kb=64:max_malloc_fill_size=0";
}

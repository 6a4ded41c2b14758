/* Gives a fuzzer its kept inputs without the fuzzing library, so that any compiler counts what they reach. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int main(int argc, char **argv) {
    static uint8_t data[1 << 16];
    int i;
    for (i = 1; i < argc; i++) {
        FILE *file = fopen(argv[i], "rb");
        size_t size;
        if (file == NULL) {
            return 1;
        }
        size = fread(data, 1, sizeof data, file);
        if (fclose(file) != 0 || LLVMFuzzerTestOneInput(data, size) != 0) {
            return 1;
        }
    }
    return 0;
}

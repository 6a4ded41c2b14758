/* A QEMU TCG plug-in: how many instructions the guest has executed whenever it comes to a mark.
 *
 * Arguments: mark=ADDRESS, of an instruction that loads or stores; out=FILE. Each time that instruction runs,
 * a line of the file gives the instructions executed before it and the address that it accesses, by which
 * the guest says one more number. With trace=on a third number stands for the way from the mark before: a hash of
 * the addresses of all instructions and of all that they accessed, in their order.
 *
 * Debian's QEMU takes plug-ins but comes without their header: what is used of version 1 of the interface, as
 * QEMU's documentation describes it, is declared here. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT __attribute__((visibility("default")))

typedef uint64_t plugin_id;
typedef uint32_t memory_info;
typedef struct plugin_info plugin_info;
typedef struct translation_block translation_block;
typedef struct instruction instruction;
typedef void on_translation(plugin_id id, translation_block *block);
typedef void on_access(unsigned cpu, memory_info info, uint64_t address, void *user);
typedef void on_execution(unsigned cpu, void *user);
typedef void on_end(plugin_id id, void *user);

enum { NO_REGISTERS = 0, ADD_U64 = 0, READ_AND_WRITE = 3 };

size_t qemu_plugin_tb_n_insns(const translation_block *block);
instruction *qemu_plugin_tb_get_insn(const translation_block *block, size_t index);
uint64_t qemu_plugin_insn_vaddr(const instruction *at);
void qemu_plugin_register_vcpu_tb_trans_cb(plugin_id id, on_translation *callback);
void qemu_plugin_register_vcpu_insn_exec_inline(instruction *at, int operation, void *counter,
                                                uint64_t amount);
void qemu_plugin_register_vcpu_mem_cb(instruction *at, on_access *callback, int registers, int accesses,
                                      void *user);
void qemu_plugin_register_vcpu_insn_exec_cb(instruction *at, on_execution *callback, int registers,
                                            void *user);
void qemu_plugin_register_atexit_cb(plugin_id id, on_end *callback, void *user);

EXPORT int qemu_plugin_version = 1;
EXPORT int qemu_plugin_install(plugin_id id, const plugin_info *info, int count, char **arguments);

static uint64_t executed, mark, way;
static int tracing;
static FILE *out;

static void follow(uint64_t address) {
    way = (way ^ address) * UINT64_C(0x9E3779B97F4A7C15);
    way ^= way >> 29;
}

static void stepped(unsigned cpu, void *address) {
    (void)cpu;
    follow((uint64_t)(uintptr_t)address);
}

static void accessed(unsigned cpu, memory_info info, uint64_t address, void *user) {
    (void)cpu;
    (void)user;
    follow(address ^ (uint64_t)info << 32);
}

static void marked(unsigned cpu, memory_info info, uint64_t address, void *user) {
    (void)cpu;
    (void)info;
    (void)user;
    if (tracing) {
        fprintf(out, "%" PRIu64 " %" PRIu64 " %" PRIu64 "\n", executed, address, way);
        way = 0;
    } else {
        fprintf(out, "%" PRIu64 " %" PRIu64 "\n", executed, address);
    }
    fflush(out);
}

static void translated(plugin_id id, translation_block *block) {
    (void)id;
    for (size_t i = 0; i < qemu_plugin_tb_n_insns(block); i++) {
        instruction *at = qemu_plugin_tb_get_insn(block, i);
        if (qemu_plugin_insn_vaddr(at) == mark) {
            qemu_plugin_register_vcpu_mem_cb(at, marked, NO_REGISTERS, READ_AND_WRITE, NULL);
        } else if (tracing) {
            void *const address = (void *)(uintptr_t)qemu_plugin_insn_vaddr(at);
            qemu_plugin_register_vcpu_insn_exec_cb(at, stepped, NO_REGISTERS, address);
            qemu_plugin_register_vcpu_mem_cb(at, accessed, NO_REGISTERS, READ_AND_WRITE, NULL);
        }
        qemu_plugin_register_vcpu_insn_exec_inline(at, ADD_U64, &executed, 1);
    }
}

static void ended(plugin_id id, void *user) {
    (void)id;
    (void)user;
    fclose(out);
}

int qemu_plugin_install(plugin_id id, const plugin_info *info, int count, char **arguments) {
    (void)info;
    for (int i = 0; i < count; i++) {
        if (strncmp(arguments[i], "mark=", 5) == 0) {
            mark = strtoull(arguments[i] + 5, NULL, 0);
        } else if (strncmp(arguments[i], "out=", 4) == 0) {
            out = fopen(arguments[i] + 4, "w");
        } else if (strcmp(arguments[i], "trace=on") == 0) {
            tracing = 1;
        }
    }
    if (mark == 0 || out == NULL) {
        return -1;
    }
    qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
    qemu_plugin_register_atexit_cb(id, ended, NULL);
    return 0;
}

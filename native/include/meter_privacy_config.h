/* Build-time choices of libmeter_privacy. Each may be set on the compiler's command line instead, the same for the
 * library and for what calls it: sizes of scratch memory depend on them. */
#ifndef METER_PRIVACY_CONFIG_H
#define METER_PRIVACY_CONFIG_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Width of a limb in bits: 64 or 32; 16 and 8 exist so that toy sizes exercise every carry, and 4 for tests of
 * Paillier alone with a compiler that has _BitInt. */
#ifndef MPRIV_LIMB_BITS
#if defined(__SIZEOF_INT128__)
#define MPRIV_LIMB_BITS 64
#else
#define MPRIV_LIMB_BITS 32
#endif
#endif

/* 1: build each 32 x 32 bit product from four 16 x 16 bit ones, because the core's long multiply takes a time
 * that depends on its operands (Cortex-M3) or does not exist (Cortex-M0+, M23). Only read for limbs of 32 bits. */
#ifndef MPRIV_CONSTANT_TIME_MULTIPLY
#if (defined(__ARM_ARCH_7M__) && !defined(__ARM_ARCH_7EM__)) || defined(__ARM_ARCH_6M__) ||                  \
    defined(__ARM_ARCH_8M_BASE__)
#define MPRIV_CONSTANT_TIME_MULTIPLY 1
#else
#define MPRIV_CONSTANT_TIME_MULTIPLY 0
#endif
#endif

/* 1: no kernels for particular processors, only portable C. Otherwise x86-64 uses mulx, adcx and adox where
 * the processor has them (asked at run time unless the compiler may assume them). */
#ifndef MPRIV_PORTABLE_ONLY
#define MPRIV_PORTABLE_ONLY 0
#endif

/* 1: hide masks from the optimiser by a volatile object even where GNU inline assembly exists. */
#ifndef MPRIV_PORTABLE_BARRIER
#if defined(__GNUC__)
#define MPRIV_PORTABLE_BARRIER 0
#else
#define MPRIV_PORTABLE_BARRIER 1
#endif
#endif

/* 1: SHA-256's block function is not the library's but the vendor's, for instance a hash engine's: one block of 64
 * bytes, at any alignment, into the state (FIPS 180-4, 6.2.2). Its time must not depend on either. */
#ifndef MPRIV_EXTERNAL_SHA256
#define MPRIV_EXTERNAL_SHA256 0
#endif
#if MPRIV_EXTERNAL_SHA256
void mpriv_external_sha256_block(uint32_t state[8], const uint8_t block[64]);
#endif

/* 1: where a function takes an mpriv_source, a null pointer is this source of uniform, independent bytes, which the
 * vendor links. It returns 0, or another number if it failed: then nothing is made of what it gave. */
#ifndef MPRIV_EXTERNAL_RANDOM
#define MPRIV_EXTERNAL_RANDOM 0
#endif
#if MPRIV_EXTERNAL_RANDOM
int mpriv_external_random(uint8_t *bytes, size_t length);
#endif

/* The profiles that a device of native/firmware answers in. 0: out; its requests are unsupported, and operations
 * that no other profile has are not built. */
#ifndef MPRIV_PUBLISHED
#define MPRIV_PUBLISHED 1
#endif
#ifndef MPRIV_HARDENED
#define MPRIV_HARDENED 1
#endif

#ifdef __cplusplus
}
#endif

#endif

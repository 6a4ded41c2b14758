/* Build-time choices of libmeter_privacy. Each may be set on the compiler's command line instead. */
#ifndef METER_PRIVACY_CONFIG_H
#define METER_PRIVACY_CONFIG_H

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
 * that depends on its operands (Cortex-M3) or does not exist (Cortex-M0+). Only read for limbs of 32 bits. */
#ifndef MPRIV_CONSTANT_TIME_MULTIPLY
#if (defined(__ARM_ARCH_7M__) && !defined(__ARM_ARCH_7EM__)) || defined(__ARM_ARCH_6M__)
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

#endif

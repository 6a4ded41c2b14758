/* What the measuring image's parts know of each other. */
#ifndef MPRIV_MEASURE_H
#define MPRIV_MEASURE_H

#include "firmware.h"

/* mark.c: what the plug-in icount sees, with what it reads of memory then. */
void mark(const volatile void *address);
/* mark.c: runs the operation between two marks, the stack painted before; what the operation returned. */
int measured(int (*operation)(void));

/* The works of measure_power.c: 0 or an error class; the work of a capital letter or NULL; what they left. */
int power_set_up(void);
int (*power_operation(uint8_t letter))(void);
void power_report(void);

/* The works of measure_load.c: the work of a digit or NULL, and the scratch that it is given. */
void load_set_up(void);
int (*load_operation(uint8_t letter))(void);
uint32_t load_scratch(uint8_t letter);

#endif

/* Groups of prime order: residues modulo a prime, and the points of P-256. */
#include "group.h"

static int is_curve(const mpriv_group *group) {
    return group->b.length != 0U;
}

size_t mpriv_group_element_bytes(const mpriv_group *group) {
    return group->p.length + (is_curve(group) ? 1U : 0U);
}

size_t mpriv_group_width(const mpriv_group *group) {
    return (is_curve(group) ? 3U : 1U) * MPRIV_LIMBS(group->p.length);
}

/* A number of 128 bits more than q has, a scalar and the bytes of the number, in whole blocks of 32. */
static size_t hash_limbs(size_t q_limbs) {
    return 3U * q_limbs + MPRIV_LIMBS(16U) + MPRIV_LIMBS(16U + 32U);
}

static size_t fixed_limbs(const mpriv_group *group) {
    const size_t n = MPRIV_LIMBS(group->p.length), q_n = MPRIV_LIMBS(group->q.length);
    return (is_curve(group) ? 15U : 5U) * n + MPRIV_MODULAR_WORK(n) + 2U * q_n + MPRIV_MODULAR_WORK(q_n) +
           hash_limbs(q_n);
}

static mpriv_limb *take_number(mpriv_arena *arena, size_t n, const mpriv_bytes *bytes) {
    mpriv_limb *z = mpriv_take(arena, n);
    (void)mpriv_load(z, n, bytes->data, bytes->length);
    return z;
}

static void open_ring(mpriv_modular *ring, mpriv_arena *arena, const mpriv_bytes *modulus) {
    const size_t n = MPRIV_LIMBS(modulus->length);
    const mpriv_limb *m = take_number(arena, n, modulus);
    mpriv_limb *two_r = mpriv_take(arena, n), *work = mpriv_take(arena, MPRIV_MODULAR_WORK(n));
    mpriv_modular_init(ring, m, n, mpriv_bits_vartime(m, n), two_r, work, mpriv_accelerated(n), 1U);
}

/* z = x in the Montgomery form. */
static void enter_form(const mpriv_modular *ring, mpriv_limb *z) {
    mpriv_modular_multiply(ring, z, z, ring->two_r, 1U);
}

static void enter_group(mpriv_group_room *room, const mpriv_group *group, mpriv_arena *arena,
                        unsigned window) {
    const size_t n = MPRIV_LIMBS(group->p.length);
    room->group = group;
    room->width = mpriv_group_width(group);
    room->window = window;
    open_ring(&room->field, arena, &group->p);
    open_ring(&room->scalars, arena, &group->q);
    room->q_bits = mpriv_bits_vartime(room->scalars.m, room->scalars.n);
    room->wide_bytes = (room->q_bits + 128U + 7U) / 8U;
    room->one = mpriv_take(arena, n);
    mpriv_modular_word(&room->field, room->one, 1U, 1U);
    enter_form(&room->field, room->one);
    if (is_curve(group)) {
        room->b = take_number(arena, n, &group->b);
        enter_form(&room->field, room->b);
    }
    room->temporary = mpriv_take(arena, (is_curve(group) ? 8U : 1U) * n);
    room->hashed = mpriv_take(arena, hash_limbs(room->scalars.n));
    room->chosen = mpriv_take(arena, room->width);
    room->table = mpriv_take(arena, room->width << window);
}

size_t mpriv_group_scratch(const mpriv_group *group, size_t extra, unsigned window) {
    return (fixed_limbs(group) + extra + (mpriv_group_width(group) << window) + 1U) * MPRIV_LIMB_BYTES;
}

int mpriv_group_open(mpriv_group_room *room, mpriv_arena *arena, const mpriv_group *group, void *scratch,
                     size_t scratch_length, size_t extra) {
    const size_t width = mpriv_group_width(group);
    const size_t entries =
        mpriv_arena_init(arena, scratch, scratch_length, fixed_limbs(group) + extra, width, width);
    unsigned window = 0;
    while ((size_t)2U << window <= entries) {
        window++;
    }
    if (window == 0U) {
        return MPRIV_ERROR_SCRATCH;
    }
    enter_group(room, group, arena, window);
    return MPRIV_OK;
}

/* ---- Points -------------------------------------------------------------------------------------------- */

/* z = (a1 + c1) (a2 + c2) - a1 a2 - c1 c2 = a1 c2 + c1 a2, given both products. */
static void mixed(const mpriv_modular *f, mpriv_limb *z, mpriv_limb *other, const mpriv_limb *a1,
                  const mpriv_limb *c1, const mpriv_limb *a2, const mpriv_limb *c2, const mpriv_limb *a1_a2,
                  const mpriv_limb *c1_c2) {
    mpriv_modular_add(f, z, a1, c1, 1U);
    mpriv_modular_add(f, other, a2, c2, 1U);
    mpriv_modular_multiply(f, z, z, other, 1U);
    mpriv_modular_subtract(f, z, z, a1_a2, 1U);
    mpriv_modular_subtract(f, z, z, c1_c2, 1U);
}

/* z = 3 z */
static void triple(const mpriv_modular *f, mpriv_limb *z, mpriv_limb *other) {
    mpriv_modular_add(f, other, z, z, 1U);
    mpriv_modular_add(f, z, z, other, 1U);
}

/* The complete addition of J. Renes, C. Costello and L. Batina ("Complete addition formulas for prime order
 * elliptic curves", Eurocrypt 2016, section 3.2, for a = -3), which holds for any two points. With xx = X1 X2,
 * xy = X1 Y2 + Y1 X2 and so on,
 *     u = 3 (xz - b zz),  v = 3 (b xz - 3 zz - xx),  w = 3 (xx - zz),
 *     X = xy (yy + u) - yz v,  Y = (yy - u) (yy + u) + w v,  Z = yz (yy - u) + xy w. */
static void add_points(const mpriv_group_room *room, mpriv_limb *z, const mpriv_limb *p1,
                       const mpriv_limb *p2) {
    const mpriv_modular *f = &room->field;
    const size_t n = f->n;
    const mpriv_limb *x1 = p1, *y1 = p1 + n, *z1 = p1 + 2U * n, *x2 = p2, *y2 = p2 + n, *z2 = p2 + 2U * n;
    mpriv_limb *xx = room->temporary, *yy = xx + n, *zz = yy + n, *xy = zz + n, *yz = xy + n, *u = yz + n;
    mpriv_limb *v = u + n, *other = v + n;
    mpriv_modular_multiply(f, xx, x1, x2, 1U);
    mpriv_modular_multiply(f, yy, y1, y2, 1U);
    mpriv_modular_multiply(f, zz, z1, z2, 1U);
    mixed(f, xy, other, x1, y1, x2, y2, xx, yy);
    mixed(f, yz, other, y1, z1, y2, z2, yy, zz);
    mixed(f, u, other, x1, z1, x2, z2, xx, zz);
    mpriv_modular_multiply(f, v, u, room->b, 1U);
    mpriv_modular_multiply(f, other, zz, room->b, 1U);
    mpriv_modular_subtract(f, u, u, other, 1U);
    triple(f, u, other);
    mpriv_modular_subtract(f, v, v, xx, 1U);
    mpriv_modular_subtract(f, xx, xx, zz, 1U);
    triple(f, zz, other);
    mpriv_modular_subtract(f, v, v, zz, 1U);
    triple(f, v, other);
    triple(f, xx, other);
    mpriv_modular_subtract(f, zz, yy, u, 1U);
    mpriv_modular_add(f, yy, yy, u, 1U);
    /* Now xx is w, zz is yy - u, yy is yy + u. */
    mpriv_modular_multiply(f, z, xy, yy, 1U);
    mpriv_modular_multiply(f, other, yz, v, 1U);
    mpriv_modular_subtract(f, z, z, other, 1U);
    mpriv_modular_multiply(f, z + n, zz, yy, 1U);
    mpriv_modular_multiply(f, other, xx, v, 1U);
    mpriv_modular_add(f, z + n, z + n, other, 1U);
    mpriv_modular_multiply(f, z + 2U * n, yz, zz, 1U);
    mpriv_modular_multiply(f, other, xy, xx, 1U);
    mpriv_modular_add(f, z + 2U * n, z + 2U * n, other, 1U);
}

/* z = x^exponent modulo p for a public exponent of n limbs. */
static void field_power(const mpriv_group_room *room, mpriv_limb *z, const mpriv_limb *x,
                        const mpriv_limb *exponent) {
    mpriv_modular_power(&room->field, z, x, exponent, mpriv_bits_vartime(exponent, room->field.n),
                        room->chosen, room->table, room->window, 1U);
}

/* z = the point with this x and a y of this parity. */
static int lift_vartime(const mpriv_group_room *room, mpriv_limb *z, unsigned odd) {
    const mpriv_modular *f = &room->field;
    const size_t n = f->n;
    mpriv_limb *x = z, *y = z + n, *square = room->temporary, *other = square + n, *exponent = other + n;
    size_t i;
    enter_form(f, x);
    /* x^3 - 3 x + b */
    mpriv_modular_square(f, square, x, 1U);
    mpriv_modular_multiply(f, square, square, x, 1U);
    memcpy(other, x, n * sizeof *other);
    triple(f, other, y);
    mpriv_modular_subtract(f, square, square, other, 1U);
    mpriv_modular_add(f, square, square, room->b, 1U);
    /* As p is 3 modulo 4, a root is the power (p + 1) / 4. */
    for (i = 0; i < n; i++) {
        const mpriv_limb above = i + 1U < n ? f->m[i + 1U] : 0;
        exponent[i] = (mpriv_limb)((f->m[i] >> 2) | (mpriv_limb)(above << (MPRIV_LIMB_BITS - 2)));
    }
    (void)mpriv_add_word(exponent, n, 1U);
    field_power(room, y, square, exponent);
    mpriv_modular_square(f, other, y, 1U);
    if (mpriv_equal(other, square, n) == 0U) {
        return MPRIV_ERROR_NOT_IN_GROUP;
    }
    memcpy(other, y, n * sizeof *other);
    mpriv_modular_leave(f, other, 1U);
    if ((other[0] & 1U) != odd) {
        mpriv_modular_word(f, other, 0U, 1U);
        mpriv_modular_subtract(f, y, other, y, 1U);
    }
    memcpy(z + 2U * n, room->one, n * sizeof *z);
    return MPRIV_OK;
}

/* ---- Both ---------------------------------------------------------------------------------------------- */

/* The neutral point (0 : 1 : 0). */
static void set_neutral(const mpriv_group_room *room, mpriv_limb *z) {
    memset(z, 0, room->width * sizeof *z);
    memcpy(z + room->field.n, room->one, room->field.n * sizeof *z);
}

int mpriv_group_load_vartime(const mpriv_group_room *room, mpriv_limb *z, const uint8_t *bytes,
                             size_t length) {
    const size_t n = room->field.n, sign = is_curve(room->group) ? 1U : 0U;
    (void)mpriv_load(z, n, bytes + sign, length - sign);
    if (mpriv_less(z, room->field.m, n) == 0U ||
        (sign == 1U ? (bytes[0] & 0xfeU) != 2U : mpriv_any(z, n) == 0U)) {
        return MPRIV_ERROR_RANGE;
    }
    if (sign == 1U) {
        return lift_vartime(room, z, bytes[0] & 1U);
    }
    enter_form(&room->field, z);
    return MPRIV_OK;
}

int mpriv_group_member_vartime(const mpriv_group_room *room, const mpriv_limb *z) {
    const size_t n = room->field.n;
    if (is_curve(room->group)) {
        return 1;
    }
    mpriv_modular_power(&room->field, room->temporary, z, room->scalars.m, room->q_bits, room->chosen,
                        room->table, room->window, 1U);
    return mpriv_equal(z, room->one, n) == 0U && mpriv_equal(room->temporary, room->one, n) != 0U;
}

mpriv_limb mpriv_group_encode(const mpriv_group_room *room, uint8_t *bytes, mpriv_limb *x, mpriv_limb mask) {
    const mpriv_modular *f = &room->field;
    const size_t n = f->n, length = room->group->p.length;
    mpriv_limb neutral, *inverse = room->temporary, *exponent, *y = x + n;
    if (!is_curve(room->group)) {
        neutral = mpriv_equal(x, room->one, n);
        mpriv_modular_leave(f, x, 1U);
        mpriv_store(bytes, length, x, n, mask);
        return neutral;
    }
    neutral = mpriv_any(x + 2U * n, n) ^ 1U;
    exponent = inverse + n;
    memcpy(exponent, f->m, n * sizeof *exponent);
    (void)mpriv_subtract_word(exponent, n, 2U);
    field_power(room, inverse, x + 2U * n, exponent);
    mpriv_modular_multiply(f, x, x, inverse, 1U);
    mpriv_modular_multiply(f, y, y, inverse, 1U);
    mpriv_modular_leave(f, x, 1U);
    mpriv_modular_leave(f, y, 1U);
    bytes[0] = (uint8_t)((2U | (y[0] & 1U)) & mask);
    mpriv_store(bytes + 1, length, x, n, mask);
    return neutral;
}

void mpriv_group_multiply(const mpriv_group_room *room, mpriv_limb *z, const mpriv_limb *x,
                          const mpriv_limb *y) {
    if (is_curve(room->group)) {
        add_points(room, z, x, y);
    } else {
        mpriv_modular_multiply(&room->field, z, x, y, 1U);
    }
}

void mpriv_group_power(const mpriv_group_room *room, mpriv_limb *z, const mpriv_limb *x,
                       const mpriv_limb *scalar) {
    const size_t width = room->width;
    mpriv_limb *table = room->table;
    size_t position = 0, i;
    if (!is_curve(room->group)) {
        mpriv_modular_power(&room->field, z, x, scalar, room->q_bits, room->chosen, table, room->window, 1U);
        return;
    }
    set_neutral(room, table);
    for (i = 1U; i < (size_t)1U << room->window; i++) {
        add_points(room, table + i * width, table + (i - 1U) * width, x);
    }
    while (position + room->window < room->q_bits) {
        position += room->window;
    }
    set_neutral(room, z);
    for (;;) {
        mpriv_look_up(room->chosen, table, width, room->window,
                      mpriv_digit(scalar, room->q_bits, position, room->window));
        add_points(room, z, z, room->chosen);
        if (position == 0U) {
            return;
        }
        position -= room->window;
        for (i = 0; i < room->window; i++) {
            add_points(room, z, z, z);
        }
    }
}

/* ---- Scalars ------------------------------------------------------------------------------------------- */

mpriv_limb mpriv_group_scalar(const mpriv_group_room *room, mpriv_limb *z, const uint8_t *bytes,
                              size_t length) {
    const mpriv_limb excess = mpriv_load(z, room->scalars.n, bytes, length);
    return (mpriv_limb)(excess | (mpriv_less(z, room->scalars.m, room->scalars.n) ^ 1U));
}

void mpriv_group_scalar_wide(const mpriv_group_room *room, mpriv_limb *z, const uint8_t *bytes) {
    const size_t limbs = MPRIV_LIMBS(room->wide_bytes);
    mpriv_limb *number = room->hashed, *other = number + limbs;
    (void)mpriv_load(number, limbs, bytes, room->wide_bytes);
    mpriv_modular_reduce(&room->scalars, z, other, number, limbs, 1U);
    mpriv_modular_leave(&room->scalars, z, 1U);
}

void mpriv_group_scalar_multiply(const mpriv_group_room *room, mpriv_limb *z, const mpriv_limb *x,
                                 const mpriv_limb *y) {
    mpriv_modular_multiply(&room->scalars, z, x, y, 1U);
    mpriv_modular_multiply(&room->scalars, z, z, room->scalars.two_r, 1U);
}

/* ---- Hashing ------------------------------------------------------------------------------------------- */

void mpriv_expand_begin(mpriv_sha256 *hash) {
    static const uint8_t zeros[64] = {0};
    mpriv_sha256_init(hash);
    mpriv_sha256_update(hash, zeros, sizeof zeros);
}

void mpriv_expand_end(uint8_t *stream, size_t length, mpriv_sha256 *hash, const char *label,
                      size_t label_length) {
    const uint8_t *name = (const uint8_t *)label, name_length = (uint8_t)label_length;
    uint8_t first[32], block[32] = {0}, numbers[3];
    size_t done = 0, i;
    numbers[0] = (uint8_t)(length >> 8);
    numbers[1] = (uint8_t)length;
    numbers[2] = 0;
    mpriv_sha256_update(hash, numbers, sizeof numbers);
    mpriv_sha256_update(hash, name, label_length);
    mpriv_sha256_update(hash, &name_length, 1U);
    mpriv_sha256_final(hash, first);
    for (; done < length; done += sizeof block) {
        for (i = 0; i < sizeof block; i++) {
            block[i] ^= first[i];
        }
        numbers[2]++;
        mpriv_sha256_init(hash);
        mpriv_sha256_update(hash, block, sizeof block);
        mpriv_sha256_update(hash, numbers + 2, 1U);
        mpriv_sha256_update(hash, name, label_length);
        mpriv_sha256_update(hash, &name_length, 1U);
        mpriv_sha256_final(hash, block);
        memcpy(stream + done, block, sizeof block);
    }
    mpriv_wipe(first, sizeof first);
    mpriv_wipe(block, sizeof block);
}

void mpriv_group_hash_end(const mpriv_group_room *room, mpriv_limb *z, mpriv_sha256 *hash, const char *label,
                          size_t label_length) {
    const size_t size = room->wide_bytes;
    uint8_t *stream = (uint8_t *)(room->hashed + MPRIV_LIMBS(size) + room->scalars.n);
    mpriv_expand_end(stream, size, hash, label, label_length);
    mpriv_group_scalar_wide(room, z, stream);
}

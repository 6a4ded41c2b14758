/* The operations of Paillier encryption. */
#include "handlers.h"

int paillier_encrypt(const request_view *request, mpriv_writer *writer) {
    mpriv_paillier_encrypt_input in;
    mpriv_paillier_encrypt_output out;
    int status = DECODE(paillier_encrypt, &in);
    if (status != 0 || (status = explicit_randomness()) != 0) {
        return status;
    }
    size_t length = 2 * in.modulus.length;
    status = mpriv_paillier_encrypt(number, length, in.modulus.data, in.modulus.length, in.plaintext.data,
                                    in.plaintext.length, in.randomness.data, in.randomness.length, scratch,
                                    sizeof scratch);
    if (status != 0) {
        return status;
    }
    out.ciphertext = as_bigint(number, length, 0);
    return mpriv_encode_paillier_encrypt(writer, &out);
}

int paillier_encrypt_with_factors(const request_view *request, mpriv_writer *writer) {
    mpriv_paillier_encrypt_with_factors_input in;
    mpriv_paillier_encrypt_with_factors_output out;
    int status = DECODE(paillier_encrypt_with_factors, &in);
    if (status != 0 || (status = explicit_randomness()) != 0) {
        return status;
    }
    size_t length = 2 * (in.p.length + in.q.length);
    status = mpriv_paillier_encrypt_with_factors(
        number, length, in.p.data, in.p.length, in.q.data, in.q.length, in.plaintext.data,
        in.plaintext.length, in.randomness.data, in.randomness.length, scratch, sizeof scratch);
    if (status != 0) {
        return status;
    }
    out.ciphertext = as_bigint(number, length, 0);
    return mpriv_encode_paillier_encrypt_with_factors(writer, &out);
}

int paillier_decrypt(const request_view *request, mpriv_writer *writer) {
    mpriv_paillier_decrypt_input in;
    mpriv_paillier_decrypt_output out;
    int status = DECODE(paillier_decrypt, &in);
    if (status != 0) {
        return status;
    }
    size_t length = in.p.length + in.q.length;
    status = mpriv_paillier_decrypt(number, length, in.p.data, in.p.length, in.q.data, in.q.length,
                                    in.ciphertext.data, in.ciphertext.length, scratch, sizeof scratch);
    if (status != 0) {
        return status;
    }
    out.plaintext = as_bigint(number, length, 0);
    return mpriv_encode_paillier_decrypt(writer, &out);
}

int paillier_add(const request_view *request, mpriv_writer *writer) {
    mpriv_paillier_add_input in;
    mpriv_paillier_add_output out;
    int status = DECODE(paillier_add, &in);
    if (status != 0) {
        return status;
    }
    if ((status = fill_list(lists[0], &in.ciphertexts, mpriv_next_paillier_add_ciphertexts)) != 0) {
        return status;
    }
    size_t length = 2 * in.modulus.length;
    status = mpriv_paillier_add_vartime(number, length, in.modulus.data, in.modulus.length, lists[0],
                                        in.ciphertexts.count, scratch, sizeof scratch);
    if (status != 0) {
        return status;
    }
    out.ciphertext = as_bigint(number, length, 0);
    return mpriv_encode_paillier_add(writer, &out);
}

int paillier_scale(const request_view *request, mpriv_writer *writer) {
    mpriv_paillier_scale_input in;
    mpriv_paillier_scale_output out;
    int status = DECODE(paillier_scale, &in);
    if (status != 0) {
        return status;
    }
    size_t length = 2 * in.modulus.length;
    status = mpriv_paillier_scale_vartime(number, length, in.modulus.data, in.modulus.length,
                                          in.ciphertext.data, in.ciphertext.length, in.scalar.data,
                                          in.scalar.length, scratch, sizeof scratch);
    if (status != 0) {
        return status;
    }
    out.ciphertext = as_bigint(number, length, 0);
    return mpriv_encode_paillier_scale(writer, &out);
}

int paillier_rerandomise(const request_view *request, mpriv_writer *writer) {
    mpriv_paillier_rerandomise_input in;
    mpriv_paillier_rerandomise_output out;
    int status = DECODE(paillier_rerandomise, &in);
    if (status != 0 || (status = explicit_randomness()) != 0) {
        return status;
    }
    size_t length = 2 * in.modulus.length;
    status = mpriv_paillier_rerandomise(number, length, in.modulus.data, in.modulus.length,
                                        in.ciphertext.data, in.ciphertext.length, in.randomness.data,
                                        in.randomness.length, scratch, sizeof scratch);
    if (status != 0) {
        return status;
    }
    out.ciphertext = as_bigint(number, length, 0);
    return mpriv_encode_paillier_rerandomise(writer, &out);
}

int paillier_encode_signed(const request_view *request, mpriv_writer *writer) {
    mpriv_paillier_encode_signed_input in;
    mpriv_paillier_encode_signed_output out;
    int status = DECODE(paillier_encode_signed, &in);
    if (status != 0) {
        return status;
    }
    size_t length = in.modulus.length;
    status =
        mpriv_paillier_encode_signed(number, length, in.modulus.data, in.modulus.length, in.value.negative,
                                     in.value.data, in.value.length, scratch, sizeof scratch);
    if (status != 0) {
        return status;
    }
    out.plaintext = as_bigint(number, length, 0);
    return mpriv_encode_paillier_encode_signed(writer, &out);
}

int paillier_decode_signed(const request_view *request, mpriv_writer *writer) {
    mpriv_paillier_decode_signed_input in;
    mpriv_paillier_decode_signed_output out;
    uint8_t negative = 0;
    int status = DECODE(paillier_decode_signed, &in);
    if (status != 0) {
        return status;
    }
    size_t length = in.modulus.length;
    status = mpriv_paillier_decode_signed(&negative, number, length, in.modulus.data, in.modulus.length,
                                          in.plaintext.data, in.plaintext.length, scratch, sizeof scratch);
    if (status != 0) {
        return status;
    }
    out.value = as_bigint(number, length, negative);
    return mpriv_encode_paillier_decode_signed(writer, &out);
}

int paillier_headroom(const request_view *request, mpriv_writer *writer) {
    mpriv_paillier_headroom_input in;
    mpriv_paillier_headroom_output out;
    uint64_t largest = 0;
    int status = DECODE(paillier_headroom, &in);
    if (status != 0) {
        return status;
    }
    status = mpriv_paillier_headroom_vartime(&largest, in.modulus.data, in.modulus.length,
                                             (uint32_t)in.meters, (uint32_t)in.maximum_wh);
    if (status != 0) {
        return status;
    }
    out.largest_sum_wh = from_uint64(largest);
    return mpriv_encode_paillier_headroom(writer, &out);
}

/* clang-format off */
/* The operations of the target protocol for a device: decoding of requests, encoding of answers.
 *
 * Written by `meter-privacy generate-c` from the operation tables: do not edit, generate again.
 *
 * What holds for every function:
 *
 * Memory     nothing is allocated or kept; a decoded input points into the payload, which must outlive it.
 * Grammar    mpriv_decode_* checks the whole payload: lengths, counts, minimal numbers, finite reals, UTF-8,
 *            lists of the same length, the last byte; then the table's bounds. The bounds that it leaves to the
 *            operation stand above its prototype.
 * Returns    0, or the place of the error class in the closed list, negated: -1 malformed, -2 range.
 * Profiles   0 none, 1 published, 2 hardened. That the operation has the profile is for the caller to check.
 * Timing     the lengths of numbers and texts are public, and so is whether a check fails; beyond that no
 *            branch and no address depends on the value of a bigint or of bytes. The texts, the ints, the
 *            members in which a list must be unique or increasing, and the numbers of an answer that carry
 *            leading zeros are public.
 */
#ifndef MPRIV_OPERATIONS_H
#define MPRIV_OPERATIONS_H

#include <stddef.h>
#include <stdint.h>

#define MPRIV_DECODE_OK 0
#define MPRIV_DECODE_MALFORMED (-1)
#define MPRIV_DECODE_RANGE (-2)
#define MPRIV_ENCODE_OK 0
#define MPRIV_ENCODE_OVERFLOW (-1)

#define MPRIV_PROFILE_NONE 0
#define MPRIV_PROFILE_PUBLISHED 1
#define MPRIV_PROFILE_HARDENED 2

/* A number: its big-endian magnitude and its sign (1 for negative). */
typedef struct {
    const uint8_t *data;
    size_t length;
    uint8_t negative;
} mpriv_bigint;

/* Bytes, or a text in UTF-8 without an ending zero. */
typedef struct {
    const uint8_t *data;
    size_t length;
} mpriv_octets;

/* A list as it stands in the payload. Its elements are read by the mpriv_next_* function of the field. */
typedef struct {
    const uint8_t *data;
    size_t length;
    size_t count;
} mpriv_list;

/* What is left to read of a payload or a list. */
typedef struct {
    const uint8_t *at;
    size_t left;
} mpriv_reader;

/* Where an answer is written; overflow becomes 1, and stays, when something did not fit. */
typedef struct {
    uint8_t *at;
    size_t left;
    uint8_t overflow;
} mpriv_writer;

/* What the tables say of an operation beyond its fields. */
typedef struct {
    const char *name;
    uint16_t opcode;
    uint8_t profiles;   /* bit 0 published, bit 1 hardened; 0: the operation takes no profile */
    uint8_t session;    /* 1: a step of a session */
    uint8_t randomness; /* 1: its randomness is an input, which only a test image may take */
} mpriv_operation;

/* A reader over the elements of a decoded list. */
mpriv_reader mpriv_list_reader(const mpriv_list *list);

/* Read one field off a reader: 0, or -1 for malformed. The ranges in brackets are inclusive. */
int mpriv_read_tag(mpriv_reader *reader, uint8_t *tag);
int mpriv_read_int(mpriv_reader *reader, int64_t *value);
int mpriv_read_real(mpriv_reader *reader, double *value);
int mpriv_read_bigint(mpriv_reader *reader, int is_signed, mpriv_bigint *value);
int mpriv_read_octets(mpriv_reader *reader, size_t minimum, size_t maximum, mpriv_octets *value);
int mpriv_read_text(mpriv_reader *reader, size_t maximum, mpriv_octets *value);
int mpriv_read_count(mpriv_reader *reader, size_t minimum, size_t maximum, size_t *count);

/* 1 if a text is the one given, which ends in a zero byte. */
int mpriv_text_is(const mpriv_octets *value, const char *text);

/* Write one field. A bigint may carry leading zero bytes. */
void mpriv_write_tag(mpriv_writer *writer, uint8_t tag);
void mpriv_write_int(mpriv_writer *writer, int64_t value);
void mpriv_write_real(mpriv_writer *writer, double value);
void mpriv_write_bigint(mpriv_writer *writer, int is_signed, const mpriv_bigint *value);
void mpriv_write_octets(mpriv_writer *writer, const mpriv_octets *value);
void mpriv_write_count(mpriv_writer *writer, size_t count);

/* The length of a magnitude in bits; 0 has length 0. */
size_t mpriv_bits(const mpriv_bigint *value);
/* The length in bits of the product of two magnitudes. */
size_t mpriv_product_bits(const mpriv_bigint *left, const mpriv_bigint *right);
/* -1, 0 or 1 as left is less than, equal to or greater than right. */
int mpriv_compare(const mpriv_bigint *left, const mpriv_bigint *right);
int mpriv_compare_int(const mpriv_bigint *left, int64_t right);
/* 1 if value < 2^exponent. */
int mpriv_below_power(const mpriv_bigint *value, size_t exponent);
/* 1 if value is in [-floor(m/2), ceil(m/2)) for the modulus m > 0. */
int mpriv_centred(const mpriv_bigint *value, const mpriv_bigint *modulus);
int mpriv_centred_int(int64_t value, const mpriv_bigint *modulus);
int mpriv_is_odd(const mpriv_bigint *value);
int mpriv_is_power_of_two(const mpriv_bigint *value);
int mpriv_octets_equal(const mpriv_octets *left, const mpriv_octets *right);

#define MPRIV_OPCODE_BATTERIES_MINIMUM_LEAKAGE 0x0501
#define MPRIV_OPCODE_BATTERIES_JUDGE_MINIMUM_LEAKAGE 0x0502
#define MPRIV_OPCODE_BATTERIES_BEST_EFFORT_LEAKAGE 0x0503
#define MPRIV_OPCODE_BATTERIES_CONSTANT_HOLDING_LEAKAGE 0x0504
#define MPRIV_OPCODE_BATTERIES_BINARY_MINIMUM 0x0505
#define MPRIV_OPCODE_BATTERIES_NEXT_STATE 0x0506
#define MPRIV_OPCODE_BATTERIES_FEASIBLE_OUTPUTS 0x0507
#define MPRIV_OPCODE_BATTERIES_FORCED_MOVES 0x0508
#define MPRIV_OPCODE_BATTERIES_CHECK_POLICY 0x0509
#define MPRIV_OPCODE_BATTERIES_INVARIANCE 0x050A
#define MPRIV_OPCODE_BATTERIES_STRUCTURED_POLICY 0x050B
#define MPRIV_OPCODE_BATTERIES_STRUCTURED_LEAKAGE 0x050C
#define MPRIV_OPCODE_BATTERIES_JOINT_LAW 0x050D
#define MPRIV_OPCODE_BATTERIES_CASCADE_JOINT_LAW 0x050E
#define MPRIV_OPCODE_BATTERIES_FINITE_LEAKAGE 0x050F
#define MPRIV_OPCODE_BATTERIES_CASCADE_FINITE_LEAKAGE 0x0510
#define MPRIV_OPCODE_BATTERIES_CASCADE_BOUND 0x0511
#define MPRIV_OPCODE_BATTERIES_CHAIN_BOUND 0x0512
#define MPRIV_OPCODE_BATTERIES_LEAKAGE_RATE 0x0513
#define MPRIV_OPCODE_BATTERIES_CONTROLLER_LEAKAGE_RATE 0x0514
#define MPRIV_OPCODE_BATTERIES_CHAIN_LEAKAGE_RATE 0x0515
#define MPRIV_OPCODE_BATTERIES_FORWARD_RECURSION 0x0516
#define MPRIV_OPCODE_BATTERIES_SIMULATE 0x0517
#define MPRIV_OPCODE_BATTERIES_EQUIVALENT_POLICY 0x0518
#define MPRIV_OPCODE_BATTERIES_SEARCH_BOUND 0x0519
#define MPRIV_OPCODE_BATTERIES_JUDGE_SEARCH_BOUND 0x051A
#define MPRIV_OPCODE_DREAM_MASK 0x0201
#define MPRIV_OPCODE_DREAM_AGGREGATE 0x0202
#define MPRIV_OPCODE_DREAM_PUBLIC_KEY 0x0203
#define MPRIV_OPCODE_DREAM_PAIRWISE_KEY 0x0204
#define MPRIV_OPCODE_DREAM_SUPPLIER_KEY 0x0205
#define MPRIV_OPCODE_DREAM_KEYSTREAM 0x0206
#define MPRIV_OPCODE_DREAM_DUMMY_KEY 0x0207
#define MPRIV_OPCODE_DREAM_SELECT_PARTNERS 0x0208
#define MPRIV_OPCODE_DREAM_MODULUS 0x0209
#define MPRIV_OPCODE_DREAM_CHECK_PARAMETERS 0x020A
#define MPRIV_OPCODE_DREAM_CERTIFY 0x020B
#define MPRIV_OPCODE_DREAM_CHECK_CERTIFICATE 0x020C
#define MPRIV_OPCODE_DREAM_ROSTER_DIGEST 0x020D
#define MPRIV_OPCODE_DREAM_AUTHENTICATE 0x020E
#define MPRIV_OPCODE_DREAM_METER_START 0x0210
#define MPRIV_OPCODE_DREAM_METER_REPORT 0x0211
#define MPRIV_OPCODE_DREAM_SUPPLIER_START 0x0212
#define MPRIV_OPCODE_DREAM_SUPPLIER_RECEIVE 0x0213
#define MPRIV_OPCODE_DREAM_SUPPLIER_TOTAL 0x0214
#define MPRIV_OPCODE_DREAM_CLAMP 0x0240
#define MPRIV_OPCODE_DREAM_NOISE_SCALE 0x0241
#define MPRIV_OPCODE_DREAM_ACCOUNT 0x0242
#define MPRIV_OPCODE_DREAM_ERROR 0x0243
#define MPRIV_OPCODE_DREAM_ERROR_FACTORS 0x0244
#define MPRIV_OPCODE_DREAM_EXPECTED_ERROR 0x0245
#define MPRIV_OPCODE_DREAM_GAMMA_SHARE 0x0246
#define MPRIV_OPCODE_DREAM_POLYA_SHARE 0x0247
#define MPRIV_OPCODE_DREAM_NOISE_LAW 0x0248
#define MPRIV_OPCODE_DREAM_NOISE_ERROR 0x0249
#define MPRIV_OPCODE_DREAM_NOISE_LOSS 0x024A
#define MPRIV_OPCODE_DREAM_SAMPLE_SHARE 0x024B
#define MPRIV_OPCODE_DREAM_NOISE_TABLE 0x024C
#define MPRIV_OPCODE_DREAM_TABLE_SHARE 0x024D
#define MPRIV_OPCODE_DREAM_SANITISE 0x024E
#define MPRIV_OPCODE_DREAM_TABLE_DELTA 0x024F
#define MPRIV_OPCODE_DREAM_NOISE_TAIL 0x0250
#define MPRIV_OPCODE_DREAM_CHECK_CLUSTER 0x0260
#define MPRIV_OPCODE_DREAM_CERTIFY_SUPPLIER 0x0261
#define MPRIV_OPCODE_DREAM_EPOCH_DIGEST 0x0262
#define MPRIV_OPCODE_DREAM_ANNOUNCE 0x0263
#define MPRIV_OPCODE_DREAM_EPOCH_KEY 0x0264
#define MPRIV_OPCODE_DREAM_PAIR_VALUES 0x0265
#define MPRIV_OPCODE_DREAM_BLIND 0x0266
#define MPRIV_OPCODE_DREAM_SIGN_MISSING 0x0267
#define MPRIV_OPCODE_DREAM_RECOVER 0x0268
#define MPRIV_OPCODE_DREAM_AUTHENTICATE_REPLY 0x0269
#define MPRIV_OPCODE_DREAM_CHECK_EQUIVOCATION 0x026A
#define MPRIV_OPCODE_DREAM_MEMBER_START 0x0270
#define MPRIV_OPCODE_DREAM_MEMBER_ENROL 0x0271
#define MPRIV_OPCODE_DREAM_MEMBER_LEAVE 0x0272
#define MPRIV_OPCODE_DREAM_MEMBER_REPORT 0x0273
#define MPRIV_OPCODE_DREAM_MEMBER_REPLY 0x0274
#define MPRIV_OPCODE_DREAM_DEVICE_START 0x0275
#define MPRIV_OPCODE_DREAM_DEVICE_REPORT 0x0276
#define MPRIV_OPCODE_DREAM_DEVICE_REPLY 0x0277
#define MPRIV_OPCODE_DREAM_COLLECTOR_START 0x0278
#define MPRIV_OPCODE_DREAM_COLLECTOR_RECEIVE 0x0279
#define MPRIV_OPCODE_DREAM_COLLECTOR_CLOSE 0x027A
#define MPRIV_OPCODE_DREAM_COLLECTOR_REPLY 0x027B
#define MPRIV_OPCODE_DREAM_COLLECTOR_TOTAL 0x027C
#define MPRIV_OPCODE_ENERGY_TOKENS_BLIND_KEY 0x0901
#define MPRIV_OPCODE_ENERGY_TOKENS_BLIND_PREPARE 0x0902
#define MPRIV_OPCODE_ENERGY_TOKENS_BLIND 0x0903
#define MPRIV_OPCODE_ENERGY_TOKENS_BLIND_SIGN 0x0904
#define MPRIV_OPCODE_ENERGY_TOKENS_BLIND_FINALIZE 0x0905
#define MPRIV_OPCODE_ENERGY_TOKENS_BLIND_VERIFY 0x0906
#define MPRIV_OPCODE_ENERGY_TOKENS_PROVE_KEY 0x0907
#define MPRIV_OPCODE_ENERGY_TOKENS_VERIFY_KEY 0x0908
#define MPRIV_OPCODE_ENERGY_TOKENS_ANNOUNCE 0x0910
#define MPRIV_OPCODE_ENERGY_TOKENS_CHECK_ANNOUNCEMENT 0x0911
#define MPRIV_OPCODE_ENERGY_TOKENS_CHECK_EQUIVOCATION 0x0912
#define MPRIV_OPCODE_ENERGY_TOKENS_IDENTITY 0x0918
#define MPRIV_OPCODE_ENERGY_TOKENS_TOKEN_MESSAGE 0x0919
#define MPRIV_OPCODE_ENERGY_TOKENS_FULL_DOMAIN_HASH 0x091A
#define MPRIV_OPCODE_ENERGY_TOKENS_FDH_BLIND 0x091B
#define MPRIV_OPCODE_ENERGY_TOKENS_FDH_FINALIZE 0x091C
#define MPRIV_OPCODE_ENERGY_TOKENS_TOKEN 0x091D
#define MPRIV_OPCODE_ENERGY_TOKENS_CHECK_TOKEN 0x091E
#define MPRIV_OPCODE_ENERGY_TOKENS_CHALLENGE 0x0920
#define MPRIV_OPCODE_ENERGY_TOKENS_RESPOND 0x0921
#define MPRIV_OPCODE_ENERGY_TOKENS_CHECK_SPENDING 0x0922
#define MPRIV_OPCODE_ENERGY_TOKENS_EXTRACT 0x0923
#define MPRIV_OPCODE_ENERGY_TOKENS_FORWARD 0x0924
#define MPRIV_OPCODE_ENERGY_TOKENS_CHECK_EVIDENCE 0x0925
#define MPRIV_OPCODE_ENERGY_TOKENS_RECEIPT 0x0926
#define MPRIV_OPCODE_ENERGY_TOKENS_CHECK_RECEIPT 0x0927
#define MPRIV_OPCODE_ENERGY_TOKENS_PURSE_START 0x0928
#define MPRIV_OPCODE_ENERGY_TOKENS_PURSE_SPEND 0x0929
#define MPRIV_OPCODE_ENERGY_TOKENS_BANK_START 0x0930
#define MPRIV_OPCODE_ENERGY_TOKENS_BANK_NONCE 0x0931
#define MPRIV_OPCODE_ENERGY_TOKENS_BANK_SPEND 0x0932
#define MPRIV_OPCODE_ENERGY_TOKENS_BANK_RECEIPT 0x0933
#define MPRIV_OPCODE_ENERGY_TOKENS_DENOMINATE 0x0938
#define MPRIV_OPCODE_ENERGY_TOKENS_PAY 0x0939
#define MPRIV_OPCODE_ENERGY_TOKENS_TRADE_START 0x0940
#define MPRIV_OPCODE_ENERGY_TOKENS_TRADE_OFFER 0x0941
#define MPRIV_OPCODE_ENERGY_TOKENS_TRADE_ACCEPT 0x0942
#define MPRIV_OPCODE_ENERGY_TOKENS_TRADE_DELIVER 0x0943
#define MPRIV_OPCODE_ENERGY_TOKENS_TRADE_ISSUE 0x0944
#define MPRIV_OPCODE_ENERGY_TOKENS_TRADE_CLOSE 0x0945
#define MPRIV_OPCODE_INFORMATION_ENTROPY 0x0301
#define MPRIV_OPCODE_INFORMATION_BINARY_ENTROPY 0x0302
#define MPRIV_OPCODE_INFORMATION_MUTUAL_INFORMATION 0x0303
#define MPRIV_OPCODE_INFORMATION_DIVERGENCE 0x0304
#define MPRIV_OPCODE_LOAD_MANAGEMENT_READING_LEVEL 0x0640
#define MPRIV_OPCODE_LOAD_MANAGEMENT_THRESHOLD_LEVEL 0x0641
#define MPRIV_OPCODE_LOAD_MANAGEMENT_YAO_KEY 0x0642
#define MPRIV_OPCODE_LOAD_MANAGEMENT_YAO_REQUEST 0x0643
#define MPRIV_OPCODE_LOAD_MANAGEMENT_YAO_RESPONSE 0x0644
#define MPRIV_OPCODE_LOAD_MANAGEMENT_YAO_OUTCOME 0x0645
#define MPRIV_OPCODE_LOAD_MANAGEMENT_YAO_AUDIT 0x0646
#define MPRIV_OPCODE_LOAD_MANAGEMENT_DGK_KEY 0x0648
#define MPRIV_OPCODE_LOAD_MANAGEMENT_DGK_ENCRYPT 0x0649
#define MPRIV_OPCODE_LOAD_MANAGEMENT_DGK_IS_ZERO 0x064A
#define MPRIV_OPCODE_LOAD_MANAGEMENT_DGK_REQUEST 0x064B
#define MPRIV_OPCODE_LOAD_MANAGEMENT_DGK_RESPONSE 0x064C
#define MPRIV_OPCODE_LOAD_MANAGEMENT_DGK_OUTCOME 0x064D
#define MPRIV_OPCODE_LOAD_MANAGEMENT_DGK_AUDIT 0x064E
#define MPRIV_OPCODE_LOAD_MANAGEMENT_ASSIGN_GROUPS 0x0650
#define MPRIV_OPCODE_LOAD_MANAGEMENT_GROUP_STATE 0x0651
#define MPRIV_OPCODE_LOAD_MANAGEMENT_CHARGE 0x0652
#define MPRIV_OPCODE_LOAD_MANAGEMENT_PLAN_INTERVAL 0x0653
#define MPRIV_OPCODE_LOAD_MANAGEMENT_USER_START 0x0658
#define MPRIV_OPCODE_LOAD_MANAGEMENT_USER_READING 0x0659
#define MPRIV_OPCODE_LOAD_MANAGEMENT_USER_SETTLE 0x065A
#define MPRIV_OPCODE_LOAD_MANAGEMENT_USER_COMPARE_YAO 0x065B
#define MPRIV_OPCODE_LOAD_MANAGEMENT_USER_COMPARE_DGK 0x065C
#define MPRIV_OPCODE_LOAD_MANAGEMENT_USER_AUDIT_YAO 0x065D
#define MPRIV_OPCODE_LOAD_MANAGEMENT_USER_AUDIT_DGK 0x065E
#define MPRIV_OPCODE_LOAD_MANAGEMENT_USER_SIGNALS 0x0660
#define MPRIV_OPCODE_LOAD_MANAGEMENT_USER_MONTH 0x0661
#define MPRIV_OPCODE_LOAD_MANAGEMENT_UTILITY_START 0x0668
#define MPRIV_OPCODE_LOAD_MANAGEMENT_UTILITY_TOTAL 0x0669
#define MPRIV_OPCODE_LOAD_MANAGEMENT_UTILITY_OUTCOME 0x066A
#define MPRIV_OPCODE_LOAD_MANAGEMENT_RING_ROSTER 0x0600
#define MPRIV_OPCODE_LOAD_MANAGEMENT_RING_START 0x0601
#define MPRIV_OPCODE_LOAD_MANAGEMENT_RING_ADD 0x0602
#define MPRIV_OPCODE_LOAD_MANAGEMENT_RING_STOP 0x0603
#define MPRIV_OPCODE_LOAD_MANAGEMENT_SIGN_HOP 0x0604
#define MPRIV_OPCODE_LOAD_MANAGEMENT_CHECK_HOP 0x0605
#define MPRIV_OPCODE_LOAD_MANAGEMENT_SEAL_HOP 0x0606
#define MPRIV_OPCODE_LOAD_MANAGEMENT_OPEN_HOP 0x0607
#define MPRIV_OPCODE_LOAD_MANAGEMENT_AUDIT_RING 0x0608
#define MPRIV_OPCODE_LOAD_MANAGEMENT_ENCRYPT_DAY 0x0610
#define MPRIV_OPCODE_LOAD_MANAGEMENT_AGGREGATE_MONTH 0x0611
#define MPRIV_OPCODE_LOAD_MANAGEMENT_RECOVER_OPENING 0x0612
#define MPRIV_OPCODE_LOAD_MANAGEMENT_COMBINE_OPENINGS 0x0613
#define MPRIV_OPCODE_LOAD_MANAGEMENT_VERIFY_OPENING 0x0614
#define MPRIV_OPCODE_LOAD_MANAGEMENT_VERIFY_BILL 0x0615
#define MPRIV_OPCODE_LOAD_MANAGEMENT_VERIFY_STATEMENT 0x0616
#define MPRIV_OPCODE_LOAD_MANAGEMENT_METER_START 0x0618
#define MPRIV_OPCODE_LOAD_MANAGEMENT_METER_DAY 0x0619
#define MPRIV_OPCODE_LOAD_MANAGEMENT_METER_BILL 0x061A
#define MPRIV_OPCODE_LOAD_MANAGEMENT_METER_TOTALS 0x061B
#define MPRIV_OPCODE_LOAD_MANAGEMENT_METER_VERDICT 0x061C
#define MPRIV_OPCODE_LOAD_MANAGEMENT_GENERATE_PRIME 0x0620
#define MPRIV_OPCODE_LOAD_MANAGEMENT_PROVE_MODULUS 0x0621
#define MPRIV_OPCODE_LOAD_MANAGEMENT_VERIFY_MODULUS 0x0622
#define MPRIV_OPCODE_LOAD_MANAGEMENT_SIGN_MESSAGE 0x0630
#define MPRIV_OPCODE_LOAD_MANAGEMENT_CHECK_MESSAGE 0x0631
#define MPRIV_OPCODE_PAILLIER_KEY 0x0101
#define MPRIV_OPCODE_PAILLIER_KEY_WITH_GENERATOR 0x0102
#define MPRIV_OPCODE_PAILLIER_CHECK_MODULUS 0x0103
#define MPRIV_OPCODE_PAILLIER_ENCRYPT 0x0104
#define MPRIV_OPCODE_PAILLIER_ENCRYPT_WITH_FACTORS 0x0105
#define MPRIV_OPCODE_PAILLIER_ENCRYPT_WITH_GENERATOR 0x0106
#define MPRIV_OPCODE_PAILLIER_DECRYPT 0x0107
#define MPRIV_OPCODE_PAILLIER_DECRYPT_WITH_GENERATOR 0x0108
#define MPRIV_OPCODE_PAILLIER_ADD 0x0109
#define MPRIV_OPCODE_PAILLIER_SCALE 0x010A
#define MPRIV_OPCODE_PAILLIER_RERANDOMISE 0x010B
#define MPRIV_OPCODE_PAILLIER_ENCODE_SIGNED 0x010C
#define MPRIV_OPCODE_PAILLIER_DECODE_SIGNED 0x010D
#define MPRIV_OPCODE_PAILLIER_HEADROOM 0x010E
#define MPRIV_OPCODE_PAILLIER_ENCRYPTOR_START 0x0110
#define MPRIV_OPCODE_PAILLIER_ENCRYPTOR_ENCRYPT 0x0111
#define MPRIV_OPCODE_PRIVACY_POWER_LEAKAGE 0x0401
#define MPRIV_OPCODE_PRIVACY_POWER_ALLOCATE 0x0402
#define MPRIV_OPCODE_PRIVACY_POWER_ALLOCATE_EXPONENTIAL 0x0403
#define MPRIV_OPCODE_PRIVACY_POWER_BLAHUT_ARIMOTO 0x0404
#define MPRIV_OPCODE_PRIVACY_POWER_JUDGE_BLAHUT_ARIMOTO 0x0405
#define MPRIV_OPCODE_PRIVACY_POWER_BLAHUT_ARIMOTO_JOINT 0x0406
#define MPRIV_OPCODE_PRIVACY_POWER_JUDGE_BLAHUT_ARIMOTO_JOINT 0x0407
#define MPRIV_OPCODE_PRIVACY_POWER_CURVE 0x0408
#define MPRIV_OPCODE_PRIVACY_POWER_OPTIMAL_POLICY 0x0409
#define MPRIV_OPCODE_PRIVACY_POWER_POLICY_LEAKAGE 0x040A
#define MPRIV_OPCODE_PRIVACY_POWER_ROUND_UP 0x040B
#define MPRIV_OPCODE_PRIVACY_POWER_BINARY 0x040C
#define MPRIV_OPCODE_PRIVACY_POWER_SHANNON_LOWER_BOUND 0x040D
#define MPRIV_OPCODE_PRIVACY_POWER_EXPONENTIAL_CHANNEL 0x040E
#define MPRIV_OPCODE_PRIVACY_POWER_GEOMETRIC 0x040F
#define MPRIV_OPCODE_PRIVACY_POWER_TIME_DIVISION 0x0410
#define MPRIV_OPCODE_PRIVACY_POWER_OUTPUT_LIMIT 0x0411
#define MPRIV_OPCODE_PRIVACY_POWER_THRESHOLDS 0x0412
#define MPRIV_OPCODE_PRIVACY_POWER_SAMPLE 0x0413
#define MPRIV_OPCODE_PRIVACY_POWER_UNIFORM 0x0480
#define MPRIV_OPCODE_PRIVACY_POWER_GAMMA 0x0481
#define MPRIV_OPCODE_PRIVACY_POWER_WEIBULL 0x0482
#define MPRIV_OPCODE_PRIVACY_POWER_RAYLEIGH 0x0483
#define MPRIV_OPCODE_PRIVACY_POWER_HALF_NORMAL 0x0484
#define MPRIV_OPCODE_PRIVACY_POWER_HYPEREXPONENTIAL 0x0485
#define MPRIV_OPCODE_PRIVACY_POWER_LOMAX 0x0486
#define MPRIV_OPCODE_REPORTING_SIGN_POLICY 0x0701
#define MPRIV_OPCODE_REPORTING_CHECK_POLICY 0x0702
#define MPRIV_OPCODE_REPORTING_FEE 0x0703
#define MPRIV_OPCODE_REPORTING_REPORT_ROSTER 0x0704
#define MPRIV_OPCODE_REPORTING_SIGN_REPORT 0x0705
#define MPRIV_OPCODE_REPORTING_CHECK_REPORT 0x0706
#define MPRIV_OPCODE_REPORTING_CHECK_SHARED_REPORT 0x0707
#define MPRIV_OPCODE_REPORTING_CHECK_CONFLICT 0x0708
#define MPRIV_OPCODE_REPORTING_AGGREGATE 0x0709
#define MPRIV_OPCODE_REPORTING_CHECK_SUMMARY 0x070A
#define MPRIV_OPCODE_REPORTING_AUDIT_SUMMARY 0x070B
#define MPRIV_OPCODE_REPORTING_METER_START 0x0710
#define MPRIV_OPCODE_REPORTING_METER_POLICY 0x0711
#define MPRIV_OPCODE_REPORTING_METER_MEASURE 0x0712
#define MPRIV_OPCODE_REPORTING_METER_REPORT 0x0713
#define MPRIV_OPCODE_REPORTING_METER_FEE 0x0714
#define MPRIV_OPCODE_REPORTING_REPORT_SERVER_START 0x0718
#define MPRIV_OPCODE_REPORTING_REPORT_SERVER_RECEIVE 0x0719
#define MPRIV_OPCODE_REPORTING_REPORT_SERVER_CLOSE 0x071A
#define MPRIV_OPCODE_REPORTING_ANONYMOUS_BODY 0x071C
#define MPRIV_OPCODE_REPORTING_ANONYMOUS_SERVER_START 0x071D
#define MPRIV_OPCODE_REPORTING_ANONYMOUS_SERVER_RECEIVE 0x071E
#define MPRIV_OPCODE_REPORTING_RING_KEY 0x0720
#define MPRIV_OPCODE_REPORTING_RING_DIGEST 0x0721
#define MPRIV_OPCODE_REPORTING_RING_SIGN 0x0722
#define MPRIV_OPCODE_REPORTING_RING_VERIFY 0x0723
#define MPRIV_OPCODE_REPORTING_SPLIT_INTERVALS 0x0730
#define MPRIV_OPCODE_REPORTING_JOIN_PARTS 0x0731
#define MPRIV_OPCODE_REPORTING_REPUTATION 0x0732
#define MPRIV_OPCODE_REPORTING_CHOOSE_AGGREGATORS 0x0733
#define MPRIV_OPCODE_REPORTING_CHECK_ELEMENT 0x0740
#define MPRIV_OPCODE_REPORTING_HASH_TO_GROUP 0x0741
#define MPRIV_OPCODE_REPORTING_HASH_TO_SCALAR 0x0742
#define MPRIV_OPCODE_REPORTING_PRODUCT_OF_POWERS 0x0743
#define MPRIV_OPCODE_REPORTING_GENERATORS 0x0744
#define MPRIV_OPCODE_REPORTING_SHARE_SECRET 0x0748
#define MPRIV_OPCODE_REPORTING_RECOVER_SECRET 0x0749
#define MPRIV_OPCODE_REPORTING_BOUNDED_LOGARITHM 0x074A
#define MPRIV_OPCODE_REPORTING_SERVER_KEY 0x0750
#define MPRIV_OPCODE_REPORTING_SHARING_ROSTER 0x0751
#define MPRIV_OPCODE_REPORTING_DEAL 0x0752
#define MPRIV_OPCODE_REPORTING_VERIFY_DEALING 0x0753
#define MPRIV_OPCODE_REPORTING_DECRYPT_SHARE 0x0754
#define MPRIV_OPCODE_REPORTING_VERIFY_SHARE 0x0755
#define MPRIV_OPCODE_REPORTING_SUM_DEALINGS 0x0756
#define MPRIV_OPCODE_REPORTING_OPEN_SUM 0x0757
#define MPRIV_OPCODE_REPORTING_SIGN_DEALING 0x0758
#define MPRIV_OPCODE_REPORTING_JUDGE_DEALING 0x0759
#define MPRIV_OPCODE_REPORTING_SIGN_SHARE 0x075A
#define MPRIV_OPCODE_REPORTING_JUDGE_SHARE 0x075B
#define MPRIV_OPCODE_REPORTING_SERVER_START 0x0760
#define MPRIV_OPCODE_REPORTING_SERVER_RECEIVE 0x0761
#define MPRIV_OPCODE_REPORTING_SERVER_OPEN 0x0762
#define MPRIV_OPCODE_DESCRIBE 0x0001
#define MPRIV_OPCODE_SESSION_CLOSE 0x0002
#define MPRIV_OPCODE_TASKING_SIGN_MESSAGE 0x0801
#define MPRIV_OPCODE_TASKING_CHECK_TASK 0x0802
#define MPRIV_OPCODE_TASKING_REGION_VERDICT 0x0803
#define MPRIV_OPCODE_TASKING_SERVER_START 0x0804
#define MPRIV_OPCODE_TASKING_SERVER_REGISTER 0x0805
#define MPRIV_OPCODE_TASKING_SERVER_TASKS 0x0806
#define MPRIV_OPCODE_TASKING_SERVER_RELEASE 0x0807
#define MPRIV_OPCODE_TASKING_METER_START 0x0808
#define MPRIV_OPCODE_TASKING_METER_TASK 0x0809
#define MPRIV_OPCODE_TASKING_MARK 0x0810
#define MPRIV_OPCODE_TASKING_SEAL_MARK 0x0811
#define MPRIV_OPCODE_TASKING_OPEN_MARK 0x0812
#define MPRIV_OPCODE_TASKING_CHECK_RECEIPT 0x0813
#define MPRIV_OPCODE_TASKING_BANK_START 0x0814
#define MPRIV_OPCODE_TASKING_BANK_PAYMENT 0x0815
#define MPRIV_OPCODE_TASKING_BANK_CLAIM 0x0816
#define MPRIV_OPCODE_TASKING_COIN_MESSAGE 0x0817
#define MPRIV_OPCODE_TASKING_BANK_COIN_KEY 0x0818
#define MPRIV_OPCODE_TASKING_BANK_DEPOSIT 0x0819
#define MPRIV_OPCODE_TASKING_DEPOSIT_SCRIPT 0x0820
#define MPRIV_OPCODE_TASKING_DEPOSIT_NEXT 0x0821
#define MPRIV_OPCODE_TASKING_DEPOSIT_PAYOFFS 0x0822

#define MPRIV_OPERATIONS 305
extern const mpriv_operation mpriv_operations[MPRIV_OPERATIONS];
/* The operation of an opcode, or a null pointer. */
const mpriv_operation *mpriv_operation_of(uint16_t opcode);

/* ---- batteries.minimum_leakage */

typedef struct {
    mpriv_list probabilities;
    int64_t capacity;
} mpriv_batteries_minimum_leakage_input;

/* Read one element of probabilities of batteries.minimum_leakage. */
int mpriv_next_batteries_minimum_leakage_probabilities(mpriv_reader *reader, double *item);

/* Left to the operation:
 * - probabilities of batteries.minimum_leakage adding up to 1 within 2^-40
 */
int mpriv_decode_batteries_minimum_leakage(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_minimum_leakage_input *out);

typedef struct {
    const double *items;
    size_t count;
} mpriv_batteries_minimum_leakage_output_initial_state;

typedef struct {
    double leakage_bits;
    mpriv_batteries_minimum_leakage_output_initial_state initial_state;
} mpriv_batteries_minimum_leakage_output;

int mpriv_encode_batteries_minimum_leakage(mpriv_writer *writer, const mpriv_batteries_minimum_leakage_output *answer);

/* ---- batteries.judge_minimum_leakage */

typedef struct {
    mpriv_list probabilities;
    int64_t capacity;
    double leakage_bits;
    mpriv_list initial_state;
} mpriv_batteries_judge_minimum_leakage_input;

/* Read one element of probabilities of batteries.judge_minimum_leakage. */
int mpriv_next_batteries_judge_minimum_leakage_probabilities(mpriv_reader *reader, double *item);

/* Read one element of initial_state of batteries.judge_minimum_leakage. */
int mpriv_next_batteries_judge_minimum_leakage_initial_state(mpriv_reader *reader, double *item);

/* Left to the operation:
 * - probabilities of batteries.judge_minimum_leakage adding up to 1 within 2^-40
 */
int mpriv_decode_batteries_judge_minimum_leakage(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_judge_minimum_leakage_input *out);

/* ---- batteries.best_effort_leakage */

typedef struct {
    mpriv_list probabilities;
    int64_t capacity;
} mpriv_batteries_best_effort_leakage_input;

/* Read one element of probabilities of batteries.best_effort_leakage. */
int mpriv_next_batteries_best_effort_leakage_probabilities(mpriv_reader *reader, double *item);

/* Left to the operation:
 * - probabilities of batteries.best_effort_leakage adding up to 1 within 2^-40
 */
int mpriv_decode_batteries_best_effort_leakage(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_best_effort_leakage_input *out);

typedef struct {
    double leakage_bits;
} mpriv_batteries_best_effort_leakage_output;

int mpriv_encode_batteries_best_effort_leakage(mpriv_writer *writer, const mpriv_batteries_best_effort_leakage_output *answer);

/* ---- batteries.constant_holding_leakage */

typedef struct {
    mpriv_list probabilities;
    int64_t capacity;
    double level;
    int64_t initial_charge;
} mpriv_batteries_constant_holding_leakage_input;

/* Read one element of probabilities of batteries.constant_holding_leakage. */
int mpriv_next_batteries_constant_holding_leakage_probabilities(mpriv_reader *reader, double *item);

/* Left to the operation:
 * - probabilities of batteries.constant_holding_leakage adding up to 1 within 2^-40
 * - level at most count(probabilities) - 1
 * - range where the denominator of the level is above 16
 */
int mpriv_decode_batteries_constant_holding_leakage(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_constant_holding_leakage_input *out);

typedef struct {
    double leakage_bits;
} mpriv_batteries_constant_holding_leakage_output;

int mpriv_encode_batteries_constant_holding_leakage(mpriv_writer *writer, const mpriv_batteries_constant_holding_leakage_output *answer);

/* ---- batteries.binary_minimum */

typedef struct {
    int64_t capacity;
} mpriv_batteries_binary_minimum_input;

int mpriv_decode_batteries_binary_minimum(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_binary_minimum_input *out);

typedef struct {
    const double *items;
    size_t count;
} mpriv_batteries_binary_minimum_output_initial_state;

typedef struct {
    double leakage_bits;
    mpriv_batteries_binary_minimum_output_initial_state initial_state;
} mpriv_batteries_binary_minimum_output;

int mpriv_encode_batteries_binary_minimum(mpriv_writer *writer, const mpriv_batteries_binary_minimum_output *answer);

/* ---- batteries.next_state */

typedef struct {
    int64_t capacity;
    int64_t state;
    int64_t load;
    int64_t output;
} mpriv_batteries_next_state_input;

int mpriv_decode_batteries_next_state(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_next_state_input *out);

typedef struct {
    int64_t next_state;
} mpriv_batteries_next_state_output;

int mpriv_encode_batteries_next_state(mpriv_writer *writer, const mpriv_batteries_next_state_output *answer);

/* ---- batteries.feasible_outputs */

typedef struct {
    int64_t capacity;
    int64_t state;
    int64_t largest_output;
    int64_t load;
} mpriv_batteries_feasible_outputs_input;

int mpriv_decode_batteries_feasible_outputs(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_feasible_outputs_input *out);

typedef struct {
    int64_t lowest;
    int64_t highest;
} mpriv_batteries_feasible_outputs_output;

int mpriv_encode_batteries_feasible_outputs(mpriv_writer *writer, const mpriv_batteries_feasible_outputs_output *answer);

/* ---- batteries.forced_moves */

typedef struct {
    int64_t capacity;
    int64_t largest_output;
    int64_t largest_load;
} mpriv_batteries_forced_moves_input;

int mpriv_decode_batteries_forced_moves(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_forced_moves_input *out);

typedef struct {
    int64_t state;
    int64_t load;
    int64_t output;
} mpriv_batteries_forced_moves_output_moves_item;

typedef struct {
    const mpriv_batteries_forced_moves_output_moves_item *items;
    size_t count;
} mpriv_batteries_forced_moves_output_moves;

typedef struct {
    mpriv_batteries_forced_moves_output_moves moves;
} mpriv_batteries_forced_moves_output;

int mpriv_encode_batteries_forced_moves(mpriv_writer *writer, const mpriv_batteries_forced_moves_output *answer);

/* ---- batteries.check_policy */

typedef struct {
    mpriv_list probabilities;
} mpriv_batteries_check_policy_policy_item;

typedef struct {
    int64_t capacity;
    int64_t largest_load;
    mpriv_list policy;
} mpriv_batteries_check_policy_input;

/* Read one element of policy_item_probabilities of batteries.check_policy. */
int mpriv_next_batteries_check_policy_policy_item_probabilities(mpriv_reader *reader, double *item);

/* Read one element of policy of batteries.check_policy. */
int mpriv_next_batteries_check_policy_policy(mpriv_reader *reader, mpriv_batteries_check_policy_policy_item *item);

/* Left to the operation:
 * - policy_item_probabilities of batteries.check_policy adding up to 1 within 2^-40
 * - range where rows of different lengths, fewer outputs than loads, or probability on an output that would leave the battery's range
 */
int mpriv_decode_batteries_check_policy(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_check_policy_input *out);

/* ---- batteries.invariance */

typedef struct {
    mpriv_list probabilities;
} mpriv_batteries_invariance_policy_item;

typedef struct {
    mpriv_list probabilities;
    mpriv_list initial_state;
    mpriv_list policy;
} mpriv_batteries_invariance_input;

/* Read one element of probabilities of batteries.invariance. */
int mpriv_next_batteries_invariance_probabilities(mpriv_reader *reader, double *item);

/* Read one element of initial_state of batteries.invariance. */
int mpriv_next_batteries_invariance_initial_state(mpriv_reader *reader, double *item);

/* Read one element of policy_item_probabilities of batteries.invariance. */
int mpriv_next_batteries_invariance_policy_item_probabilities(mpriv_reader *reader, double *item);

/* Read one element of policy of batteries.invariance. */
int mpriv_next_batteries_invariance_policy(mpriv_reader *reader, mpriv_batteries_invariance_policy_item *item);

/* Left to the operation:
 * - probabilities of batteries.invariance adding up to 1 within 2^-40
 * - initial_state of batteries.invariance adding up to 1 within 2^-40
 * - policy_item_probabilities of batteries.invariance adding up to 1 within 2^-40
 * - range where rows of different lengths, fewer outputs than loads, or probability on an output that would leave the battery's range
 */
int mpriv_decode_batteries_invariance(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_invariance_input *out);

typedef struct {
    const double *items;
    size_t count;
} mpriv_batteries_invariance_output_output_probabilities;

typedef struct {
    double residual;
    mpriv_batteries_invariance_output_output_probabilities output_probabilities;
} mpriv_batteries_invariance_output;

int mpriv_encode_batteries_invariance(mpriv_writer *writer, const mpriv_batteries_invariance_output *answer);

/* ---- batteries.structured_policy */

typedef struct {
    mpriv_list probabilities;
    mpriv_list initial_state;
} mpriv_batteries_structured_policy_input;

/* Read one element of probabilities of batteries.structured_policy. */
int mpriv_next_batteries_structured_policy_probabilities(mpriv_reader *reader, double *item);

/* Read one element of initial_state of batteries.structured_policy. */
int mpriv_next_batteries_structured_policy_initial_state(mpriv_reader *reader, double *item);

/* Left to the operation:
 * - probabilities of batteries.structured_policy adding up to 1 within 2^-40
 * - initial_state of batteries.structured_policy adding up to 1 within 2^-40
 */
int mpriv_decode_batteries_structured_policy(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_structured_policy_input *out);

typedef struct {
    const double *items;
    size_t count;
} mpriv_batteries_structured_policy_output_policy_item_probabilities;

typedef struct {
    mpriv_batteries_structured_policy_output_policy_item_probabilities probabilities;
} mpriv_batteries_structured_policy_output_policy_item;

typedef struct {
    const mpriv_batteries_structured_policy_output_policy_item *items;
    size_t count;
} mpriv_batteries_structured_policy_output_policy;

typedef struct {
    mpriv_batteries_structured_policy_output_policy policy;
} mpriv_batteries_structured_policy_output;

int mpriv_encode_batteries_structured_policy(mpriv_writer *writer, const mpriv_batteries_structured_policy_output *answer);

/* ---- batteries.structured_leakage */

typedef struct {
    mpriv_list probabilities;
    mpriv_list initial_state;
} mpriv_batteries_structured_leakage_input;

/* Read one element of probabilities of batteries.structured_leakage. */
int mpriv_next_batteries_structured_leakage_probabilities(mpriv_reader *reader, double *item);

/* Read one element of initial_state of batteries.structured_leakage. */
int mpriv_next_batteries_structured_leakage_initial_state(mpriv_reader *reader, double *item);

/* Left to the operation:
 * - probabilities of batteries.structured_leakage adding up to 1 within 2^-40
 * - initial_state of batteries.structured_leakage adding up to 1 within 2^-40
 */
int mpriv_decode_batteries_structured_leakage(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_structured_leakage_input *out);

typedef struct {
    double leakage_bits;
    double lower_bits;
} mpriv_batteries_structured_leakage_output;

int mpriv_encode_batteries_structured_leakage(mpriv_writer *writer, const mpriv_batteries_structured_leakage_output *answer);

/* ---- batteries.joint_law */

typedef struct {
    mpriv_list probabilities;
} mpriv_batteries_joint_law_policy_item;

typedef struct {
    mpriv_list probabilities;
    mpriv_list initial_state;
    mpriv_list policy;
    int64_t slots;
} mpriv_batteries_joint_law_input;

/* Read one element of probabilities of batteries.joint_law. */
int mpriv_next_batteries_joint_law_probabilities(mpriv_reader *reader, double *item);

/* Read one element of initial_state of batteries.joint_law. */
int mpriv_next_batteries_joint_law_initial_state(mpriv_reader *reader, double *item);

/* Read one element of policy_item_probabilities of batteries.joint_law. */
int mpriv_next_batteries_joint_law_policy_item_probabilities(mpriv_reader *reader, double *item);

/* Read one element of policy of batteries.joint_law. */
int mpriv_next_batteries_joint_law_policy(mpriv_reader *reader, mpriv_batteries_joint_law_policy_item *item);

/* Left to the operation:
 * - probabilities of batteries.joint_law adding up to 1 within 2^-40
 * - initial_state of batteries.joint_law adding up to 1 within 2^-40
 * - policy_item_probabilities of batteries.joint_law adding up to 1 within 2^-40
 * - range where rows of different lengths, fewer outputs than loads, or probability on an output that would leave the battery's range
 * - range where the law has more than 4096 points
 */
int mpriv_decode_batteries_joint_law(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_joint_law_input *out);

typedef struct {
    const int64_t *items;
    size_t count;
} mpriv_batteries_joint_law_output_points_item_loads;

typedef struct {
    const int64_t *items;
    size_t count;
} mpriv_batteries_joint_law_output_points_item_outputs;

typedef struct {
    int64_t state;
    mpriv_batteries_joint_law_output_points_item_loads loads;
    mpriv_batteries_joint_law_output_points_item_outputs outputs;
    double probability;
} mpriv_batteries_joint_law_output_points_item;

typedef struct {
    const mpriv_batteries_joint_law_output_points_item *items;
    size_t count;
} mpriv_batteries_joint_law_output_points;

typedef struct {
    mpriv_batteries_joint_law_output_points points;
} mpriv_batteries_joint_law_output;

int mpriv_encode_batteries_joint_law(mpriv_writer *writer, const mpriv_batteries_joint_law_output *answer);

/* ---- batteries.cascade_joint_law */

typedef struct {
    mpriv_list probabilities;
} mpriv_batteries_cascade_joint_law_batteries_item_policy_item;

typedef struct {
    mpriv_list initial_state;
    mpriv_list policy;
} mpriv_batteries_cascade_joint_law_batteries_item;

typedef struct {
    mpriv_list probabilities;
    mpriv_list batteries;
    int64_t slots;
} mpriv_batteries_cascade_joint_law_input;

/* Read one element of probabilities of batteries.cascade_joint_law. */
int mpriv_next_batteries_cascade_joint_law_probabilities(mpriv_reader *reader, double *item);

/* Read one element of batteries_item_initial_state of batteries.cascade_joint_law. */
int mpriv_next_batteries_cascade_joint_law_batteries_item_initial_state(mpriv_reader *reader, double *item);

/* Read one element of batteries_item_policy_item_probabilities of batteries.cascade_joint_law. */
int mpriv_next_batteries_cascade_joint_law_batteries_item_policy_item_probabilities(mpriv_reader *reader, double *item);

/* Read one element of batteries_item_policy of batteries.cascade_joint_law. */
int mpriv_next_batteries_cascade_joint_law_batteries_item_policy(mpriv_reader *reader, mpriv_batteries_cascade_joint_law_batteries_item_policy_item *item);

/* Read one element of batteries of batteries.cascade_joint_law. */
int mpriv_next_batteries_cascade_joint_law_batteries(mpriv_reader *reader, mpriv_batteries_cascade_joint_law_batteries_item *item);

/* Left to the operation:
 * - probabilities of batteries.cascade_joint_law adding up to 1 within 2^-40
 * - batteries_item_initial_state of batteries.cascade_joint_law adding up to 1 within 2^-40
 * - batteries_item_policy_item_probabilities of batteries.cascade_joint_law adding up to 1 within 2^-40
 * - range where a battery with not one row for each of its states and inputs, rows of different lengths, fewer outputs than inputs, or probability on an output that would leave its range
 * - range where the law has more than 4096 points
 */
int mpriv_decode_batteries_cascade_joint_law(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_cascade_joint_law_input *out);

typedef struct {
    const int64_t *items;
    size_t count;
} mpriv_batteries_cascade_joint_law_output_points_item_loads;

typedef struct {
    const int64_t *items;
    size_t count;
} mpriv_batteries_cascade_joint_law_output_points_item_between;

typedef struct {
    const int64_t *items;
    size_t count;
} mpriv_batteries_cascade_joint_law_output_points_item_outputs;

typedef struct {
    int64_t state_a;
    int64_t state_b;
    mpriv_batteries_cascade_joint_law_output_points_item_loads loads;
    mpriv_batteries_cascade_joint_law_output_points_item_between between;
    mpriv_batteries_cascade_joint_law_output_points_item_outputs outputs;
    double probability;
} mpriv_batteries_cascade_joint_law_output_points_item;

typedef struct {
    const mpriv_batteries_cascade_joint_law_output_points_item *items;
    size_t count;
} mpriv_batteries_cascade_joint_law_output_points;

typedef struct {
    mpriv_batteries_cascade_joint_law_output_points points;
} mpriv_batteries_cascade_joint_law_output;

int mpriv_encode_batteries_cascade_joint_law(mpriv_writer *writer, const mpriv_batteries_cascade_joint_law_output *answer);

/* ---- batteries.finite_leakage */

typedef struct {
    mpriv_list probabilities;
} mpriv_batteries_finite_leakage_policy_item;

typedef struct {
    mpriv_list probabilities;
    mpriv_list initial_state;
    mpriv_list policy;
    int64_t slots;
} mpriv_batteries_finite_leakage_input;

/* Read one element of probabilities of batteries.finite_leakage. */
int mpriv_next_batteries_finite_leakage_probabilities(mpriv_reader *reader, double *item);

/* Read one element of initial_state of batteries.finite_leakage. */
int mpriv_next_batteries_finite_leakage_initial_state(mpriv_reader *reader, double *item);

/* Read one element of policy_item_probabilities of batteries.finite_leakage. */
int mpriv_next_batteries_finite_leakage_policy_item_probabilities(mpriv_reader *reader, double *item);

/* Read one element of policy of batteries.finite_leakage. */
int mpriv_next_batteries_finite_leakage_policy(mpriv_reader *reader, mpriv_batteries_finite_leakage_policy_item *item);

/* Left to the operation:
 * - probabilities of batteries.finite_leakage adding up to 1 within 2^-40
 * - initial_state of batteries.finite_leakage adding up to 1 within 2^-40
 * - policy_item_probabilities of batteries.finite_leakage adding up to 1 within 2^-40
 * - range where rows of different lengths, fewer outputs than loads, or probability on an output that would leave the battery's range
 * - range where there are more than 2^14 pairs of a state and a sequence of outputs
 */
int mpriv_decode_batteries_finite_leakage(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_finite_leakage_input *out);

typedef struct {
    double leakage_bits;
} mpriv_batteries_finite_leakage_output;

int mpriv_encode_batteries_finite_leakage(mpriv_writer *writer, const mpriv_batteries_finite_leakage_output *answer);

/* ---- batteries.cascade_finite_leakage */

typedef struct {
    mpriv_list probabilities;
} mpriv_batteries_cascade_finite_leakage_batteries_item_policy_item;

typedef struct {
    mpriv_list initial_state;
    mpriv_list policy;
} mpriv_batteries_cascade_finite_leakage_batteries_item;

typedef struct {
    mpriv_list probabilities;
    mpriv_list batteries;
    int64_t slots;
} mpriv_batteries_cascade_finite_leakage_input;

/* Read one element of probabilities of batteries.cascade_finite_leakage. */
int mpriv_next_batteries_cascade_finite_leakage_probabilities(mpriv_reader *reader, double *item);

/* Read one element of batteries_item_initial_state of batteries.cascade_finite_leakage. */
int mpriv_next_batteries_cascade_finite_leakage_batteries_item_initial_state(mpriv_reader *reader, double *item);

/* Read one element of batteries_item_policy_item_probabilities of batteries.cascade_finite_leakage. */
int mpriv_next_batteries_cascade_finite_leakage_batteries_item_policy_item_probabilities(mpriv_reader *reader, double *item);

/* Read one element of batteries_item_policy of batteries.cascade_finite_leakage. */
int mpriv_next_batteries_cascade_finite_leakage_batteries_item_policy(mpriv_reader *reader, mpriv_batteries_cascade_finite_leakage_batteries_item_policy_item *item);

/* Read one element of batteries of batteries.cascade_finite_leakage. */
int mpriv_next_batteries_cascade_finite_leakage_batteries(mpriv_reader *reader, mpriv_batteries_cascade_finite_leakage_batteries_item *item);

/* Left to the operation:
 * - probabilities of batteries.cascade_finite_leakage adding up to 1 within 2^-40
 * - batteries_item_initial_state of batteries.cascade_finite_leakage adding up to 1 within 2^-40
 * - batteries_item_policy_item_probabilities of batteries.cascade_finite_leakage adding up to 1 within 2^-40
 * - range where a battery with not one row for each of its states and inputs, rows of different lengths, fewer outputs than inputs, or probability on an output that would leave its range
 * - range where there are more than 2^14 triples of initial states, loads and outputs
 */
int mpriv_decode_batteries_cascade_finite_leakage(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_cascade_finite_leakage_input *out);

typedef struct {
    double leakage_bits;
} mpriv_batteries_cascade_finite_leakage_output;

int mpriv_encode_batteries_cascade_finite_leakage(mpriv_writer *writer, const mpriv_batteries_cascade_finite_leakage_output *answer);

/* ---- batteries.cascade_bound */

typedef struct {
    mpriv_list probabilities;
} mpriv_batteries_cascade_bound_batteries_item_policy_item;

typedef struct {
    mpriv_list initial_state;
    mpriv_list policy;
} mpriv_batteries_cascade_bound_batteries_item;

typedef struct {
    mpriv_list probabilities;
    mpriv_list batteries;
} mpriv_batteries_cascade_bound_input;

/* Read one element of probabilities of batteries.cascade_bound. */
int mpriv_next_batteries_cascade_bound_probabilities(mpriv_reader *reader, double *item);

/* Read one element of batteries_item_initial_state of batteries.cascade_bound. */
int mpriv_next_batteries_cascade_bound_batteries_item_initial_state(mpriv_reader *reader, double *item);

/* Read one element of batteries_item_policy_item_probabilities of batteries.cascade_bound. */
int mpriv_next_batteries_cascade_bound_batteries_item_policy_item_probabilities(mpriv_reader *reader, double *item);

/* Read one element of batteries_item_policy of batteries.cascade_bound. */
int mpriv_next_batteries_cascade_bound_batteries_item_policy(mpriv_reader *reader, mpriv_batteries_cascade_bound_batteries_item_policy_item *item);

/* Read one element of batteries of batteries.cascade_bound. */
int mpriv_next_batteries_cascade_bound_batteries(mpriv_reader *reader, mpriv_batteries_cascade_bound_batteries_item *item);

/* Left to the operation:
 * - probabilities of batteries.cascade_bound adding up to 1 within 2^-40
 * - batteries_item_initial_state of batteries.cascade_bound adding up to 1 within 2^-40
 * - batteries_item_policy_item_probabilities of batteries.cascade_bound adding up to 1 within 2^-40
 * - range where a battery with not one row for each of its states and inputs, rows of different lengths, fewer outputs than inputs, or probability on an output that would leave its range
 * - range where there are more than 2^14 points of both states, the load, what runs between and the output
 */
int mpriv_decode_batteries_cascade_bound(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_cascade_bound_input *out);

typedef struct {
    const double *items;
    size_t count;
} mpriv_batteries_cascade_bound_output_residuals;

typedef struct {
    double first_bits;
    double second_bits;
    double joint_bits;
    double bound_bits;
    mpriv_batteries_cascade_bound_output_residuals residuals;
} mpriv_batteries_cascade_bound_output;

int mpriv_encode_batteries_cascade_bound(mpriv_writer *writer, const mpriv_batteries_cascade_bound_output *answer);

/* ---- batteries.chain_bound */

typedef struct {
    mpriv_list probabilities;
} mpriv_batteries_chain_bound_batteries_item_policy_item;

typedef struct {
    mpriv_list initial_state;
    mpriv_list policy;
} mpriv_batteries_chain_bound_batteries_item;

typedef struct {
    mpriv_list probabilities;
    mpriv_list batteries;
} mpriv_batteries_chain_bound_input;

/* Read one element of probabilities of batteries.chain_bound. */
int mpriv_next_batteries_chain_bound_probabilities(mpriv_reader *reader, double *item);

/* Read one element of batteries_item_initial_state of batteries.chain_bound. */
int mpriv_next_batteries_chain_bound_batteries_item_initial_state(mpriv_reader *reader, double *item);

/* Read one element of batteries_item_policy_item_probabilities of batteries.chain_bound. */
int mpriv_next_batteries_chain_bound_batteries_item_policy_item_probabilities(mpriv_reader *reader, double *item);

/* Read one element of batteries_item_policy of batteries.chain_bound. */
int mpriv_next_batteries_chain_bound_batteries_item_policy(mpriv_reader *reader, mpriv_batteries_chain_bound_batteries_item_policy_item *item);

/* Read one element of batteries of batteries.chain_bound. */
int mpriv_next_batteries_chain_bound_batteries(mpriv_reader *reader, mpriv_batteries_chain_bound_batteries_item *item);

/* Left to the operation:
 * - probabilities of batteries.chain_bound adding up to 1 within 2^-40
 * - batteries_item_initial_state of batteries.chain_bound adding up to 1 within 2^-40
 * - batteries_item_policy_item_probabilities of batteries.chain_bound adding up to 1 within 2^-40
 * - range where a battery with not one row for each of its states and inputs, rows of different lengths, fewer outputs than inputs, or probability on an output that would leave its range
 * - range where there are more than 2^14 points of the states, the load and the output
 */
int mpriv_decode_batteries_chain_bound(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_chain_bound_input *out);

typedef struct {
    const double *items;
    size_t count;
} mpriv_batteries_chain_bound_output_residuals;

typedef struct {
    double bound_bits;
    mpriv_batteries_chain_bound_output_residuals residuals;
} mpriv_batteries_chain_bound_output;

int mpriv_encode_batteries_chain_bound(mpriv_writer *writer, const mpriv_batteries_chain_bound_output *answer);

/* ---- batteries.leakage_rate */

typedef struct {
    mpriv_list probabilities;
} mpriv_batteries_leakage_rate_policy_item;

typedef struct {
    mpriv_list probabilities;
    mpriv_list initial_state;
    mpriv_list policy;
    int64_t block;
} mpriv_batteries_leakage_rate_input;

/* Read one element of probabilities of batteries.leakage_rate. */
int mpriv_next_batteries_leakage_rate_probabilities(mpriv_reader *reader, double *item);

/* Read one element of initial_state of batteries.leakage_rate. */
int mpriv_next_batteries_leakage_rate_initial_state(mpriv_reader *reader, double *item);

/* Read one element of policy_item_probabilities of batteries.leakage_rate. */
int mpriv_next_batteries_leakage_rate_policy_item_probabilities(mpriv_reader *reader, double *item);

/* Read one element of policy of batteries.leakage_rate. */
int mpriv_next_batteries_leakage_rate_policy(mpriv_reader *reader, mpriv_batteries_leakage_rate_policy_item *item);

/* Left to the operation:
 * - probabilities of batteries.leakage_rate adding up to 1 within 2^-40
 * - initial_state of batteries.leakage_rate adding up to 1 within 2^-40
 * - policy_item_probabilities of batteries.leakage_rate adding up to 1 within 2^-40
 * - range where rows of different lengths, fewer outputs than loads, or probability on an output that would leave the battery's range
 * - range where there are more than 2^14 pairs of a state and a block of outputs
 */
int mpriv_decode_batteries_leakage_rate(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_leakage_rate_input *out);

typedef struct {
    const int64_t *items;
    size_t count;
} mpriv_batteries_leakage_rate_output_classes_item_states;

typedef struct {
    mpriv_batteries_leakage_rate_output_classes_item_states states;
    int64_t period;
    double probability;
    double lower_bits;
    double upper_bits;
} mpriv_batteries_leakage_rate_output_classes_item;

typedef struct {
    const mpriv_batteries_leakage_rate_output_classes_item *items;
    size_t count;
} mpriv_batteries_leakage_rate_output_classes;

typedef struct {
    double lower_bits;
    double upper_bits;
    mpriv_batteries_leakage_rate_output_classes classes;
} mpriv_batteries_leakage_rate_output;

int mpriv_encode_batteries_leakage_rate(mpriv_writer *writer, const mpriv_batteries_leakage_rate_output *answer);

/* ---- batteries.controller_leakage_rate */

typedef struct {
    int64_t load;
    int64_t output;
    int64_t next;
    double probability;
} mpriv_batteries_controller_leakage_rate_controller_item_moves_item;

typedef struct {
    int64_t charge;
    mpriv_list moves;
} mpriv_batteries_controller_leakage_rate_controller_item;

typedef struct {
    mpriv_list probabilities;
    int64_t capacity;
    mpriv_list controller;
    mpriv_list initial_state;
    int64_t block;
} mpriv_batteries_controller_leakage_rate_input;

/* Read one element of probabilities of batteries.controller_leakage_rate. */
int mpriv_next_batteries_controller_leakage_rate_probabilities(mpriv_reader *reader, double *item);

/* Read one element of controller_item_moves of batteries.controller_leakage_rate. */
int mpriv_next_batteries_controller_leakage_rate_controller_item_moves(mpriv_reader *reader, mpriv_batteries_controller_leakage_rate_controller_item_moves_item *item);

/* Read one element of controller of batteries.controller_leakage_rate. */
int mpriv_next_batteries_controller_leakage_rate_controller(mpriv_reader *reader, mpriv_batteries_controller_leakage_rate_controller_item *item);

/* Read one element of initial_state of batteries.controller_leakage_rate. */
int mpriv_next_batteries_controller_leakage_rate_initial_state(mpriv_reader *reader, double *item);

/* Left to the operation:
 * - probabilities of batteries.controller_leakage_rate adding up to 1 within 2^-40
 * - initial_state of batteries.controller_leakage_rate adding up to 1 within 2^-40
 * - range where a load and an output that stand twice in a state, a load whose probabilities do not add up to 1, or a next state that is none or has not the charge s - x + y
 * - range where there are more than 2^14 pairs of a state and a block of outputs
 */
int mpriv_decode_batteries_controller_leakage_rate(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_controller_leakage_rate_input *out);

typedef struct {
    const int64_t *items;
    size_t count;
} mpriv_batteries_controller_leakage_rate_output_classes_item_states;

typedef struct {
    mpriv_batteries_controller_leakage_rate_output_classes_item_states states;
    int64_t period;
    double probability;
    double lower_bits;
    double upper_bits;
} mpriv_batteries_controller_leakage_rate_output_classes_item;

typedef struct {
    const mpriv_batteries_controller_leakage_rate_output_classes_item *items;
    size_t count;
} mpriv_batteries_controller_leakage_rate_output_classes;

typedef struct {
    double lower_bits;
    double upper_bits;
    mpriv_batteries_controller_leakage_rate_output_classes classes;
} mpriv_batteries_controller_leakage_rate_output;

int mpriv_encode_batteries_controller_leakage_rate(mpriv_writer *writer, const mpriv_batteries_controller_leakage_rate_output *answer);

/* ---- batteries.chain_leakage_rate */

typedef struct {
    mpriv_list probabilities;
} mpriv_batteries_chain_leakage_rate_batteries_item_policy_item;

typedef struct {
    mpriv_list initial_state;
    mpriv_list policy;
} mpriv_batteries_chain_leakage_rate_batteries_item;

typedef struct {
    mpriv_list probabilities;
    mpriv_list batteries;
    int64_t block;
} mpriv_batteries_chain_leakage_rate_input;

/* Read one element of probabilities of batteries.chain_leakage_rate. */
int mpriv_next_batteries_chain_leakage_rate_probabilities(mpriv_reader *reader, double *item);

/* Read one element of batteries_item_initial_state of batteries.chain_leakage_rate. */
int mpriv_next_batteries_chain_leakage_rate_batteries_item_initial_state(mpriv_reader *reader, double *item);

/* Read one element of batteries_item_policy_item_probabilities of batteries.chain_leakage_rate. */
int mpriv_next_batteries_chain_leakage_rate_batteries_item_policy_item_probabilities(mpriv_reader *reader, double *item);

/* Read one element of batteries_item_policy of batteries.chain_leakage_rate. */
int mpriv_next_batteries_chain_leakage_rate_batteries_item_policy(mpriv_reader *reader, mpriv_batteries_chain_leakage_rate_batteries_item_policy_item *item);

/* Read one element of batteries of batteries.chain_leakage_rate. */
int mpriv_next_batteries_chain_leakage_rate_batteries(mpriv_reader *reader, mpriv_batteries_chain_leakage_rate_batteries_item *item);

/* Left to the operation:
 * - probabilities of batteries.chain_leakage_rate adding up to 1 within 2^-40
 * - batteries_item_initial_state of batteries.chain_leakage_rate adding up to 1 within 2^-40
 * - batteries_item_policy_item_probabilities of batteries.chain_leakage_rate adding up to 1 within 2^-40
 * - range where a battery with not one row for each of its states and inputs, rows of different lengths, fewer outputs than inputs, or probability on an output that would leave its range
 * - range where there are more than 128 joint states, or 2^14 pairs of a joint state and a block of n slots or of 2n outputs
 */
int mpriv_decode_batteries_chain_leakage_rate(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_chain_leakage_rate_input *out);

typedef struct {
    double lower_bits;
    double upper_bits;
} mpriv_batteries_chain_leakage_rate_output;

int mpriv_encode_batteries_chain_leakage_rate(mpriv_writer *writer, const mpriv_batteries_chain_leakage_rate_output *answer);

/* ---- batteries.forward_recursion */

typedef struct {
    mpriv_list probabilities;
} mpriv_batteries_forward_recursion_policy_item;

typedef struct {
    mpriv_list probabilities;
    mpriv_list initial_state;
    mpriv_list policy;
    mpriv_list outputs;
} mpriv_batteries_forward_recursion_input;

/* Read one element of probabilities of batteries.forward_recursion. */
int mpriv_next_batteries_forward_recursion_probabilities(mpriv_reader *reader, double *item);

/* Read one element of initial_state of batteries.forward_recursion. */
int mpriv_next_batteries_forward_recursion_initial_state(mpriv_reader *reader, double *item);

/* Read one element of policy_item_probabilities of batteries.forward_recursion. */
int mpriv_next_batteries_forward_recursion_policy_item_probabilities(mpriv_reader *reader, double *item);

/* Read one element of policy of batteries.forward_recursion. */
int mpriv_next_batteries_forward_recursion_policy(mpriv_reader *reader, mpriv_batteries_forward_recursion_policy_item *item);

/* Read one element of outputs of batteries.forward_recursion. */
int mpriv_next_batteries_forward_recursion_outputs(mpriv_reader *reader, int64_t *item);

/* Left to the operation:
 * - probabilities of batteries.forward_recursion adding up to 1 within 2^-40
 * - initial_state of batteries.forward_recursion adding up to 1 within 2^-40
 * - policy_item_probabilities of batteries.forward_recursion adding up to 1 within 2^-40
 * - range where rows of different lengths, fewer outputs than loads, or probability on an output that would leave the battery's range
 * - range where an output that is no output of the policy, or a sequence of probability zero
 */
int mpriv_decode_batteries_forward_recursion(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_forward_recursion_input *out);

typedef struct {
    const double *items;
    size_t count;
} mpriv_batteries_forward_recursion_output_belief;

typedef struct {
    double information_bits;
    mpriv_batteries_forward_recursion_output_belief belief;
} mpriv_batteries_forward_recursion_output;

int mpriv_encode_batteries_forward_recursion(mpriv_writer *writer, const mpriv_batteries_forward_recursion_output *answer);

/* ---- batteries.simulate */

typedef struct {
    mpriv_list probabilities;
} mpriv_batteries_simulate_policy_item;

typedef struct {
    mpriv_list probabilities;
    mpriv_list initial_state;
    mpriv_list policy;
    int64_t slots;
    mpriv_octets seed;
} mpriv_batteries_simulate_input;

/* Read one element of probabilities of batteries.simulate. */
int mpriv_next_batteries_simulate_probabilities(mpriv_reader *reader, double *item);

/* Read one element of initial_state of batteries.simulate. */
int mpriv_next_batteries_simulate_initial_state(mpriv_reader *reader, double *item);

/* Read one element of policy_item_probabilities of batteries.simulate. */
int mpriv_next_batteries_simulate_policy_item_probabilities(mpriv_reader *reader, double *item);

/* Read one element of policy of batteries.simulate. */
int mpriv_next_batteries_simulate_policy(mpriv_reader *reader, mpriv_batteries_simulate_policy_item *item);

/* Left to the operation:
 * - probabilities of batteries.simulate adding up to 1 within 2^-40
 * - initial_state of batteries.simulate adding up to 1 within 2^-40
 * - policy_item_probabilities of batteries.simulate adding up to 1 within 2^-40
 * - range where rows of different lengths, fewer outputs than loads, or probability on an output that would leave the battery's range
 * - range unless slots % 32 == 0
 */
int mpriv_decode_batteries_simulate(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_simulate_input *out);

typedef struct {
    double leakage_bits;
    double half_width_bits;
} mpriv_batteries_simulate_output;

int mpriv_encode_batteries_simulate(mpriv_writer *writer, const mpriv_batteries_simulate_output *answer);

/* ---- batteries.equivalent_policy */

typedef struct {
    mpriv_list probabilities;
} mpriv_batteries_equivalent_policy_batteries_item_policy_item;

typedef struct {
    mpriv_list initial_state;
    mpriv_list policy;
} mpriv_batteries_equivalent_policy_batteries_item;

typedef struct {
    mpriv_list probabilities;
    mpriv_list batteries;
} mpriv_batteries_equivalent_policy_input;

/* Read one element of probabilities of batteries.equivalent_policy. */
int mpriv_next_batteries_equivalent_policy_probabilities(mpriv_reader *reader, double *item);

/* Read one element of batteries_item_initial_state of batteries.equivalent_policy. */
int mpriv_next_batteries_equivalent_policy_batteries_item_initial_state(mpriv_reader *reader, double *item);

/* Read one element of batteries_item_policy_item_probabilities of batteries.equivalent_policy. */
int mpriv_next_batteries_equivalent_policy_batteries_item_policy_item_probabilities(mpriv_reader *reader, double *item);

/* Read one element of batteries_item_policy of batteries.equivalent_policy. */
int mpriv_next_batteries_equivalent_policy_batteries_item_policy(mpriv_reader *reader, mpriv_batteries_equivalent_policy_batteries_item_policy_item *item);

/* Read one element of batteries of batteries.equivalent_policy. */
int mpriv_next_batteries_equivalent_policy_batteries(mpriv_reader *reader, mpriv_batteries_equivalent_policy_batteries_item *item);

/* Left to the operation:
 * - probabilities of batteries.equivalent_policy adding up to 1 within 2^-40
 * - batteries_item_initial_state of batteries.equivalent_policy adding up to 1 within 2^-40
 * - batteries_item_policy_item_probabilities of batteries.equivalent_policy adding up to 1 within 2^-40
 * - range where a battery with not one row for each of its states and inputs, rows of different lengths, fewer outputs than inputs, or probability on an output that would leave its range
 * - range where the capacities add up to more than 64
 * - range where there are more than 2^14 points of the states, the load and the output
 */
int mpriv_decode_batteries_equivalent_policy(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_equivalent_policy_input *out);

typedef struct {
    const double *items;
    size_t count;
} mpriv_batteries_equivalent_policy_output_initial_state;

typedef struct {
    const double *items;
    size_t count;
} mpriv_batteries_equivalent_policy_output_policy_item_probabilities;

typedef struct {
    mpriv_batteries_equivalent_policy_output_policy_item_probabilities probabilities;
} mpriv_batteries_equivalent_policy_output_policy_item;

typedef struct {
    const mpriv_batteries_equivalent_policy_output_policy_item *items;
    size_t count;
} mpriv_batteries_equivalent_policy_output_policy;

typedef struct {
    mpriv_batteries_equivalent_policy_output_initial_state initial_state;
    mpriv_batteries_equivalent_policy_output_policy policy;
} mpriv_batteries_equivalent_policy_output;

int mpriv_encode_batteries_equivalent_policy(mpriv_writer *writer, const mpriv_batteries_equivalent_policy_output *answer);

/* ---- batteries.search_bound */

typedef struct {
    mpriv_list probabilities;
    int64_t capacity;
    int64_t same;
    int64_t starts;
    mpriv_octets seed;
} mpriv_batteries_search_bound_input;

/* Read one element of probabilities of batteries.search_bound. */
int mpriv_next_batteries_search_bound_probabilities(mpriv_reader *reader, double *item);

/* Left to the operation:
 * - probabilities of batteries.search_bound adding up to 1 within 2^-40
 */
int mpriv_decode_batteries_search_bound(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_search_bound_input *out);

typedef struct {
    const double *items;
    size_t count;
} mpriv_batteries_search_bound_output_batteries_item_initial_state;

typedef struct {
    const double *items;
    size_t count;
} mpriv_batteries_search_bound_output_batteries_item_policy_item_probabilities;

typedef struct {
    mpriv_batteries_search_bound_output_batteries_item_policy_item_probabilities probabilities;
} mpriv_batteries_search_bound_output_batteries_item_policy_item;

typedef struct {
    const mpriv_batteries_search_bound_output_batteries_item_policy_item *items;
    size_t count;
} mpriv_batteries_search_bound_output_batteries_item_policy;

typedef struct {
    mpriv_batteries_search_bound_output_batteries_item_initial_state initial_state;
    mpriv_batteries_search_bound_output_batteries_item_policy policy;
} mpriv_batteries_search_bound_output_batteries_item;

typedef struct {
    const mpriv_batteries_search_bound_output_batteries_item *items;
    size_t count;
} mpriv_batteries_search_bound_output_batteries;

typedef struct {
    double bound_bits;
    double gap_bits;
    mpriv_batteries_search_bound_output_batteries batteries;
} mpriv_batteries_search_bound_output;

int mpriv_encode_batteries_search_bound(mpriv_writer *writer, const mpriv_batteries_search_bound_output *answer);

/* ---- batteries.judge_search_bound */

typedef struct {
    mpriv_list probabilities;
} mpriv_batteries_judge_search_bound_batteries_item_policy_item;

typedef struct {
    mpriv_list initial_state;
    mpriv_list policy;
} mpriv_batteries_judge_search_bound_batteries_item;

typedef struct {
    mpriv_list probabilities;
    int64_t capacity;
    int64_t same;
    int64_t starts;
    mpriv_octets seed;
    double bound_bits;
    double gap_bits;
    mpriv_list batteries;
} mpriv_batteries_judge_search_bound_input;

/* Read one element of probabilities of batteries.judge_search_bound. */
int mpriv_next_batteries_judge_search_bound_probabilities(mpriv_reader *reader, double *item);

/* Read one element of batteries_item_initial_state of batteries.judge_search_bound. */
int mpriv_next_batteries_judge_search_bound_batteries_item_initial_state(mpriv_reader *reader, double *item);

/* Read one element of batteries_item_policy_item_probabilities of batteries.judge_search_bound. */
int mpriv_next_batteries_judge_search_bound_batteries_item_policy_item_probabilities(mpriv_reader *reader, double *item);

/* Read one element of batteries_item_policy of batteries.judge_search_bound. */
int mpriv_next_batteries_judge_search_bound_batteries_item_policy(mpriv_reader *reader, mpriv_batteries_judge_search_bound_batteries_item_policy_item *item);

/* Read one element of batteries of batteries.judge_search_bound. */
int mpriv_next_batteries_judge_search_bound_batteries(mpriv_reader *reader, mpriv_batteries_judge_search_bound_batteries_item *item);

/* Left to the operation:
 * - probabilities of batteries.judge_search_bound adding up to 1 within 2^-40
 */
int mpriv_decode_batteries_judge_search_bound(const uint8_t *payload, size_t length, uint8_t profile, mpriv_batteries_judge_search_bound_input *out);

/* ---- dream.mask */

typedef struct {
    int64_t node;
    mpriv_bigint key;
} mpriv_dream_mask_dummy_keys_item;

typedef struct {
    mpriv_bigint modulus;
    int64_t node;
    int64_t value;
    mpriv_bigint keystream;
    mpriv_list dummy_keys;
    mpriv_bigint blind;
} mpriv_dream_mask_input;

/* Read one element of dummy_keys of dream.mask. */
int mpriv_next_dream_mask_dummy_keys(mpriv_reader *reader, mpriv_dream_mask_dummy_keys_item *item);

int mpriv_decode_dream_mask(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_mask_input *out);

typedef struct {
    mpriv_bigint ciphertext;
} mpriv_dream_mask_output;

int mpriv_encode_dream_mask(mpriv_writer *writer, const mpriv_dream_mask_output *answer);

/* ---- dream.aggregate */

typedef struct {
    mpriv_bigint modulus;
    mpriv_list ciphertexts;
    mpriv_list keystreams;
    mpriv_list recoveries;
} mpriv_dream_aggregate_input;

/* Read one element of ciphertexts of dream.aggregate. */
int mpriv_next_dream_aggregate_ciphertexts(mpriv_reader *reader, mpriv_bigint *item);

/* Read one element of keystreams of dream.aggregate. */
int mpriv_next_dream_aggregate_keystreams(mpriv_reader *reader, mpriv_bigint *item);

/* Read one element of recoveries of dream.aggregate. */
int mpriv_next_dream_aggregate_recoveries(mpriv_reader *reader, mpriv_bigint *item);

int mpriv_decode_dream_aggregate(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_aggregate_input *out);

typedef struct {
    mpriv_bigint total;
} mpriv_dream_aggregate_output;

int mpriv_encode_dream_aggregate(mpriv_writer *writer, const mpriv_dream_aggregate_output *answer);

/* ---- dream.public_key */

typedef struct {
    mpriv_octets private_key;
} mpriv_dream_public_key_input;

int mpriv_decode_dream_public_key(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_public_key_input *out);

typedef struct {
    mpriv_octets public_key;
} mpriv_dream_public_key_output;

int mpriv_encode_dream_public_key(mpriv_writer *writer, const mpriv_dream_public_key_output *answer);

/* ---- dream.pairwise_key */

typedef struct {
    mpriv_octets cluster;
    int64_t node;
    int64_t peer;
    mpriv_octets private_key;
    mpriv_octets peer_public_key;
} mpriv_dream_pairwise_key_input;

int mpriv_decode_dream_pairwise_key(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_pairwise_key_input *out);

typedef struct {
    mpriv_octets key;
} mpriv_dream_pairwise_key_output;

int mpriv_encode_dream_pairwise_key(mpriv_writer *writer, const mpriv_dream_pairwise_key_output *answer);

/* ---- dream.supplier_key */

typedef struct {
    mpriv_octets cluster;
    int64_t node;
    mpriv_octets private_key;
    mpriv_octets peer_public_key;
} mpriv_dream_supplier_key_input;

int mpriv_decode_dream_supplier_key(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_supplier_key_input *out);

typedef struct {
    mpriv_octets key;
} mpriv_dream_supplier_key_output;

int mpriv_encode_dream_supplier_key(mpriv_writer *writer, const mpriv_dream_supplier_key_output *answer);

/* ---- dream.keystream */

typedef struct {
    mpriv_octets key;
    int64_t slot;
    mpriv_bigint modulus;
} mpriv_dream_keystream_input;

int mpriv_decode_dream_keystream(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_keystream_input *out);

typedef struct {
    mpriv_bigint keystream;
} mpriv_dream_keystream_output;

int mpriv_encode_dream_keystream(mpriv_writer *writer, const mpriv_dream_keystream_output *answer);

/* ---- dream.dummy_key */

typedef struct {
    mpriv_octets key;
    int64_t slot;
    mpriv_bigint modulus;
} mpriv_dream_dummy_key_input;

int mpriv_decode_dream_dummy_key(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_dummy_key_input *out);

typedef struct {
    mpriv_bigint key;
} mpriv_dream_dummy_key_output;

int mpriv_encode_dream_dummy_key(mpriv_writer *writer, const mpriv_dream_dummy_key_output *answer);

/* ---- dream.select_partners */

typedef struct {
    int64_t node;
    mpriv_octets key;
} mpriv_dream_select_partners_keys_item;

typedef struct {
    int64_t node;
    int64_t slot;
    mpriv_list keys;
    int64_t expected_partners;
} mpriv_dream_select_partners_input;

/* Read one element of keys of dream.select_partners. */
int mpriv_next_dream_select_partners_keys(mpriv_reader *reader, mpriv_dream_select_partners_keys_item *item);

int mpriv_decode_dream_select_partners(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_select_partners_input *out);

typedef struct {
    const int64_t *items;
    size_t count;
} mpriv_dream_select_partners_output_partners;

typedef struct {
    mpriv_dream_select_partners_output_partners partners;
} mpriv_dream_select_partners_output;

int mpriv_encode_dream_select_partners(mpriv_writer *writer, const mpriv_dream_select_partners_output *answer);

/* ---- dream.modulus */

typedef struct {
    int64_t meters;
    int64_t maximum_wh;
    int64_t tail_wh;
} mpriv_dream_modulus_input;

int mpriv_decode_dream_modulus(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_modulus_input *out);

typedef struct {
    mpriv_bigint modulus;
} mpriv_dream_modulus_output;

int mpriv_encode_dream_modulus(mpriv_writer *writer, const mpriv_dream_modulus_output *answer);

/* ---- dream.check_parameters */

typedef struct {
    int64_t meters;
    int64_t tolerated_failures;
    int64_t colluders;
    int64_t expected_partners;
    int64_t maximum_wh;
    int64_t tail_wh;
    mpriv_bigint modulus;
} mpriv_dream_check_parameters_input;

int mpriv_decode_dream_check_parameters(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_check_parameters_input *out);

typedef struct {
    mpriv_bigint slack;
} mpriv_dream_check_parameters_output;

int mpriv_encode_dream_check_parameters(mpriv_writer *writer, const mpriv_dream_check_parameters_output *answer);

/* ---- dream.certify */

typedef struct {
    mpriv_octets authority_private_key;
    mpriv_octets cluster;
    int64_t node;
    mpriv_octets public_key;
    int64_t last_slot;
} mpriv_dream_certify_input;

int mpriv_decode_dream_certify(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_certify_input *out);

typedef struct {
    mpriv_octets signature;
} mpriv_dream_certify_output;

int mpriv_encode_dream_certify(mpriv_writer *writer, const mpriv_dream_certify_output *answer);

/* ---- dream.check_certificate */

typedef struct {
    mpriv_octets authority_public_key;
    mpriv_octets cluster;
    int64_t node;
    mpriv_octets public_key;
    int64_t last_slot;
    int64_t slot;
    mpriv_octets signature;
} mpriv_dream_check_certificate_input;

int mpriv_decode_dream_check_certificate(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_check_certificate_input *out);

typedef struct {
    mpriv_octets digest;
} mpriv_dream_check_certificate_output;

int mpriv_encode_dream_check_certificate(mpriv_writer *writer, const mpriv_dream_check_certificate_output *answer);

/* ---- dream.roster_digest */

typedef struct {
    int64_t node;
    mpriv_octets public_key;
} mpriv_dream_roster_digest_members_item;

typedef struct {
    mpriv_octets cluster;
    mpriv_list members;
} mpriv_dream_roster_digest_input;

/* Read one element of members of dream.roster_digest. */
int mpriv_next_dream_roster_digest_members(mpriv_reader *reader, mpriv_dream_roster_digest_members_item *item);

/* Left to the operation:
 * - range where two members have the same public key, in whatever encoding of its u coordinate
 */
int mpriv_decode_dream_roster_digest(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_roster_digest_input *out);

typedef struct {
    mpriv_octets digest;
} mpriv_dream_roster_digest_output;

int mpriv_encode_dream_roster_digest(mpriv_writer *writer, const mpriv_dream_roster_digest_output *answer);

/* ---- dream.authenticate */

typedef struct {
    mpriv_octets key;
    mpriv_octets roster;
    int64_t node;
    int64_t slot;
    mpriv_bigint modulus;
    mpriv_bigint ciphertext;
} mpriv_dream_authenticate_input;

int mpriv_decode_dream_authenticate(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_authenticate_input *out);

typedef struct {
    mpriv_octets tag;
} mpriv_dream_authenticate_output;

int mpriv_encode_dream_authenticate(mpriv_writer *writer, const mpriv_dream_authenticate_output *answer);

/* ---- dream.meter_start */

typedef struct {
    int64_t node;
    mpriv_octets key;
} mpriv_dream_meter_start_keys_item;

typedef struct {
    int64_t node;
    mpriv_bigint modulus;
    mpriv_octets roster;
    mpriv_octets supplier_key;
    mpriv_list keys;
    int64_t expected_partners;
} mpriv_dream_meter_start_input;

/* Read one element of keys of dream.meter_start. */
int mpriv_next_dream_meter_start_keys(mpriv_reader *reader, mpriv_dream_meter_start_keys_item *item);

int mpriv_decode_dream_meter_start(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_meter_start_input *out);

/* ---- dream.meter_report */

typedef struct {
    int64_t slot;
    int64_t value;
} mpriv_dream_meter_report_input;

/* Left to the operation:
 * - range where the value is outside the centred range of the session's modulus
 */
int mpriv_decode_dream_meter_report(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_meter_report_input *out);

typedef struct {
    mpriv_bigint ciphertext;
    mpriv_octets tag;
} mpriv_dream_meter_report_output;

int mpriv_encode_dream_meter_report(mpriv_writer *writer, const mpriv_dream_meter_report_output *answer);

/* ---- dream.supplier_start */

typedef struct {
    int64_t node;
    mpriv_octets key;
} mpriv_dream_supplier_start_keys_item;

typedef struct {
    int64_t slot;
    mpriv_bigint modulus;
    mpriv_octets roster;
    mpriv_list keys;
} mpriv_dream_supplier_start_input;

/* Read one element of keys of dream.supplier_start. */
int mpriv_next_dream_supplier_start_keys(mpriv_reader *reader, mpriv_dream_supplier_start_keys_item *item);

int mpriv_decode_dream_supplier_start(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_supplier_start_input *out);

/* ---- dream.supplier_receive */

typedef struct {
    int64_t node;
    mpriv_bigint ciphertext;
    mpriv_octets tag;
} mpriv_dream_supplier_receive_input;

/* Left to the operation:
 * - range where the node is not on the roster, or the ciphertext is not below the modulus
 */
int mpriv_decode_dream_supplier_receive(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_supplier_receive_input *out);

typedef struct {
    int64_t received;
} mpriv_dream_supplier_receive_output;

int mpriv_encode_dream_supplier_receive(mpriv_writer *writer, const mpriv_dream_supplier_receive_output *answer);

/* ---- dream.supplier_total */

int mpriv_decode_dream_supplier_total(const uint8_t *payload, size_t length, uint8_t profile);

typedef struct {
    mpriv_bigint total;
} mpriv_dream_supplier_total_output;

int mpriv_encode_dream_supplier_total(mpriv_writer *writer, const mpriv_dream_supplier_total_output *answer);

/* ---- dream.clamp */

typedef struct {
    int64_t reading_wh;
    int64_t maximum_wh;
} mpriv_dream_clamp_input;

int mpriv_decode_dream_clamp(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_clamp_input *out);

typedef struct {
    int64_t value_wh;
    int64_t clamped;
} mpriv_dream_clamp_output;

int mpriv_encode_dream_clamp(mpriv_writer *writer, const mpriv_dream_clamp_output *answer);

/* ---- dream.noise_scale */

typedef struct {
    int64_t maximum_wh;
    double epsilon;
} mpriv_dream_noise_scale_input;

int mpriv_decode_dream_noise_scale(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_noise_scale_input *out);

typedef struct {
    double lambda_wh;
} mpriv_dream_noise_scale_output;

int mpriv_encode_dream_noise_scale(mpriv_writer *writer, const mpriv_dream_noise_scale_output *answer);

/* ---- dream.account */

typedef struct {
    mpriv_list consumptions_wh;
    mpriv_list lambdas_wh;
    int64_t window;
} mpriv_dream_account_input;

/* Read one element of consumptions_wh of dream.account. */
int mpriv_next_dream_account_consumptions_wh(mpriv_reader *reader, int64_t *item);

/* Read one element of lambdas_wh of dream.account. */
int mpriv_next_dream_account_lambdas_wh(mpriv_reader *reader, double *item);

int mpriv_decode_dream_account(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_account_input *out);

typedef struct {
    const double *items;
    size_t count;
} mpriv_dream_account_output_slot_epsilons;

typedef struct {
    const double *items;
    size_t count;
} mpriv_dream_account_output_window_epsilons;

typedef struct {
    mpriv_dream_account_output_slot_epsilons slot_epsilons;
    mpriv_dream_account_output_window_epsilons window_epsilons;
    double worst_epsilon;
    double total_epsilon;
} mpriv_dream_account_output;

int mpriv_encode_dream_account(mpriv_writer *writer, const mpriv_dream_account_output *answer);

/* ---- dream.error */

typedef struct {
    int64_t total_wh;
    int64_t noisy_wh;
} mpriv_dream_error_input;

int mpriv_decode_dream_error(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_error_input *out);

typedef struct {
    double error;
} mpriv_dream_error_output;

int mpriv_encode_dream_error(mpriv_writer *writer, const mpriv_dream_error_output *answer);

/* ---- dream.error_factors */

typedef struct {
    double alpha;
} mpriv_dream_error_factors_input;

/* Left to the operation:
 * - range unless 4096 * alpha <= 4095
 */
int mpriv_decode_dream_error_factors(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_error_factors_input *out);

typedef struct {
    double mean;
    double deviation;
} mpriv_dream_error_factors_output;

int mpriv_encode_dream_error_factors(mpriv_writer *writer, const mpriv_dream_error_factors_output *answer);

/* ---- dream.expected_error */

typedef struct {
    int64_t meters;
    int64_t tolerated_failures;
    int64_t missing;
    double lambda_wh;
    int64_t total_wh;
} mpriv_dream_expected_error_input;

int mpriv_decode_dream_expected_error(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_expected_error_input *out);

typedef struct {
    double mean;
    double deviation;
} mpriv_dream_expected_error_output;

int mpriv_encode_dream_expected_error(mpriv_writer *writer, const mpriv_dream_expected_error_output *answer);

/* ---- dream.gamma_share */

typedef struct {
    int64_t shares;
    double lambda_wh;
    double x_wh;
} mpriv_dream_gamma_share_input;

/* Left to the operation:
 * - range unless x_wh * 10 ** 9 >= 1 and x_wh <= 100 * lambda_wh
 */
int mpriv_decode_dream_gamma_share(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_gamma_share_input *out);

typedef struct {
    double density;
    double cumulative;
    double difference_density;
} mpriv_dream_gamma_share_output;

int mpriv_encode_dream_gamma_share(mpriv_writer *writer, const mpriv_dream_gamma_share_output *answer);

/* ---- dream.polya_share */

typedef struct {
    int64_t shares;
    double lambda_units;
    int64_t value;
} mpriv_dream_polya_share_input;

/* Left to the operation:
 * - range unless value <= 700 * lambda_units
 */
int mpriv_decode_dream_polya_share(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_polya_share_input *out);

typedef struct {
    double mass;
    double cumulative;
} mpriv_dream_polya_share_output;

int mpriv_encode_dream_polya_share(mpriv_writer *writer, const mpriv_dream_polya_share_output *answer);

/* ---- dream.noise_law */

typedef struct {
    int64_t shares;
    int64_t participants;
    double lambda_units;
    int64_t value;
} mpriv_dream_noise_law_input;

int mpriv_decode_dream_noise_law(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_noise_law_input *out);

typedef struct {
    double mass;
} mpriv_dream_noise_law_output;

int mpriv_encode_dream_noise_law(mpriv_writer *writer, const mpriv_dream_noise_law_output *answer);

/* ---- dream.noise_error */

typedef struct {
    int64_t shares;
    int64_t participants;
    double lambda_units;
} mpriv_dream_noise_error_input;

int mpriv_decode_dream_noise_error(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_noise_error_input *out);

typedef struct {
    double mean_units;
    double deviation_units;
} mpriv_dream_noise_error_output;

int mpriv_encode_dream_noise_error(mpriv_writer *writer, const mpriv_dream_noise_error_output *answer);

/* ---- dream.noise_loss */

typedef struct {
    int64_t shares;
    int64_t participants;
    double lambda_units;
    int64_t sensitivity_units;
} mpriv_dream_noise_loss_input;

/* Left to the operation:
 * - range unless sensitivity_units <= 64 * lambda_units
 */
int mpriv_decode_dream_noise_loss(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_noise_loss_input *out);

typedef struct {
    double loss_nats;
    uint8_t continuous_loss_nats_present;
    double continuous_loss_nats;
} mpriv_dream_noise_loss_output;

int mpriv_encode_dream_noise_loss(mpriv_writer *writer, const mpriv_dream_noise_loss_output *answer);

/* ---- dream.sample_share */

typedef struct {
    int64_t shares;
    double lambda_units;
    mpriv_octets random;
} mpriv_dream_sample_share_input;

int mpriv_decode_dream_sample_share(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_sample_share_input *out);

typedef struct {
    int64_t share;
    int64_t consumed;
} mpriv_dream_sample_share_output;

int mpriv_encode_dream_sample_share(mpriv_writer *writer, const mpriv_dream_sample_share_output *answer);

/* ---- dream.noise_table */

typedef struct {
    int64_t shares;
    double lambda_units;
} mpriv_dream_noise_table_input;

/* Left to the operation:
 * - range where the table would have more than 4096 thresholds
 */
int mpriv_decode_dream_noise_table(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_noise_table_input *out);

typedef struct {
    const mpriv_bigint *items;
    size_t count;
} mpriv_dream_noise_table_output_thresholds;

typedef struct {
    mpriv_dream_noise_table_output_thresholds thresholds;
    double distance_bits;
} mpriv_dream_noise_table_output;

int mpriv_encode_dream_noise_table(mpriv_writer *writer, const mpriv_dream_noise_table_output *answer);

/* ---- dream.table_share */

typedef struct {
    mpriv_list thresholds;
    mpriv_octets random;
} mpriv_dream_table_share_input;

/* Read one element of thresholds of dream.table_share. */
int mpriv_next_dream_table_share_thresholds(mpriv_reader *reader, mpriv_bigint *item);

int mpriv_decode_dream_table_share(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_table_share_input *out);

typedef struct {
    int64_t share;
} mpriv_dream_table_share_output;

int mpriv_encode_dream_table_share(mpriv_writer *writer, const mpriv_dream_table_share_output *answer);

/* ---- dream.sanitise */

typedef struct {
    int64_t reading_wh;
    int64_t maximum_wh;
    int64_t unit_wh;
    mpriv_list thresholds;
    mpriv_octets random;
} mpriv_dream_sanitise_input;

/* Read one element of thresholds of dream.sanitise. */
int mpriv_next_dream_sanitise_thresholds(mpriv_reader *reader, mpriv_bigint *item);

/* Left to the operation:
 * - range unless maximum_wh % unit_wh == 0
 */
int mpriv_decode_dream_sanitise(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_sanitise_input *out);

typedef struct {
    int64_t value_wh;
    int64_t clamped;
} mpriv_dream_sanitise_output;

int mpriv_encode_dream_sanitise(mpriv_writer *writer, const mpriv_dream_sanitise_output *answer);

/* ---- dream.table_delta */

typedef struct {
    double epsilon;
    int64_t shares;
    double distance_bits;
    int64_t slots;
} mpriv_dream_table_delta_input;

int mpriv_decode_dream_table_delta(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_table_delta_input *out);

typedef struct {
    double total_epsilon;
    double delta_bits;
} mpriv_dream_table_delta_output;

int mpriv_encode_dream_table_delta(mpriv_writer *writer, const mpriv_dream_table_delta_output *answer);

/* ---- dream.noise_tail */

typedef struct {
    int64_t meters;
    int64_t tolerated_failures;
    double lambda_units;
    int64_t bits;
} mpriv_dream_noise_tail_input;

int mpriv_decode_dream_noise_tail(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_noise_tail_input *out);

typedef struct {
    int64_t tail_units;
} mpriv_dream_noise_tail_output;

int mpriv_encode_dream_noise_tail(mpriv_writer *writer, const mpriv_dream_noise_tail_output *answer);

/* ---- dream.check_cluster */

typedef struct {
    int64_t meters;
    int64_t tolerated_failures;
    int64_t colluders;
    int64_t expected_partners;
    int64_t maximum_wh;
    int64_t tail_wh;
    int64_t scale_wh;
    mpriv_bigint modulus;
} mpriv_dream_check_cluster_input;

int mpriv_decode_dream_check_cluster(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_check_cluster_input *out);

typedef struct {
    int64_t list_limit;
} mpriv_dream_check_cluster_output;

int mpriv_encode_dream_check_cluster(mpriv_writer *writer, const mpriv_dream_check_cluster_output *answer);

/* ---- dream.certify_supplier */

typedef struct {
    mpriv_octets authority_private_key;
    mpriv_octets cluster;
    int64_t term;
    mpriv_octets signing_key;
    mpriv_octets public_key;
    int64_t last_slot;
} mpriv_dream_certify_supplier_input;

int mpriv_decode_dream_certify_supplier(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_certify_supplier_input *out);

typedef struct {
    mpriv_octets signature;
    mpriv_octets digest;
} mpriv_dream_certify_supplier_output;

int mpriv_encode_dream_certify_supplier(mpriv_writer *writer, const mpriv_dream_certify_supplier_output *answer);

/* ---- dream.epoch_digest */

typedef struct {
    int64_t epoch;
    int64_t first_slot;
    mpriv_octets supplier;
    mpriv_octets roster;
    int64_t meters;
    int64_t tolerated_failures;
    int64_t colluders;
    int64_t expected_partners;
    int64_t maximum_wh;
    int64_t tail_wh;
    int64_t scale_wh;
    mpriv_bigint modulus;
} mpriv_dream_epoch_digest_input;

int mpriv_decode_dream_epoch_digest(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_epoch_digest_input *out);

typedef struct {
    mpriv_octets digest;
} mpriv_dream_epoch_digest_output;

int mpriv_encode_dream_epoch_digest(mpriv_writer *writer, const mpriv_dream_epoch_digest_output *answer);

/* ---- dream.announce */

typedef struct {
    mpriv_octets signing_private_key;
    mpriv_octets digest;
} mpriv_dream_announce_input;

int mpriv_decode_dream_announce(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_announce_input *out);

typedef struct {
    mpriv_octets signature;
} mpriv_dream_announce_output;

int mpriv_encode_dream_announce(mpriv_writer *writer, const mpriv_dream_announce_output *answer);

/* ---- dream.epoch_key */

typedef struct {
    mpriv_octets key;
    mpriv_octets digest;
} mpriv_dream_epoch_key_input;

int mpriv_decode_dream_epoch_key(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_epoch_key_input *out);

typedef struct {
    mpriv_octets key;
} mpriv_dream_epoch_key_output;

int mpriv_encode_dream_epoch_key(mpriv_writer *writer, const mpriv_dream_epoch_key_output *answer);

/* ---- dream.pair_values */

typedef struct {
    mpriv_octets key;
    int64_t slot;
    mpriv_bigint modulus;
} mpriv_dream_pair_values_input;

int mpriv_decode_dream_pair_values(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_pair_values_input *out);

typedef struct {
    mpriv_bigint selection;
    mpriv_bigint dummy_key;
} mpriv_dream_pair_values_output;

int mpriv_encode_dream_pair_values(mpriv_writer *writer, const mpriv_dream_pair_values_output *answer);

/* ---- dream.blind */

typedef struct {
    mpriv_octets key;
    int64_t slot;
    mpriv_bigint modulus;
} mpriv_dream_blind_input;

int mpriv_decode_dream_blind(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_blind_input *out);

typedef struct {
    mpriv_bigint blind;
} mpriv_dream_blind_output;

int mpriv_encode_dream_blind(mpriv_writer *writer, const mpriv_dream_blind_output *answer);

/* ---- dream.sign_missing */

typedef struct {
    mpriv_octets signing_private_key;
    mpriv_octets digest;
    int64_t slot;
    mpriv_list missing;
} mpriv_dream_sign_missing_input;

/* Read one element of missing of dream.sign_missing. */
int mpriv_next_dream_sign_missing_missing(mpriv_reader *reader, int64_t *item);

int mpriv_decode_dream_sign_missing(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_sign_missing_input *out);

typedef struct {
    mpriv_octets signature;
    mpriv_octets list;
} mpriv_dream_sign_missing_output;

int mpriv_encode_dream_sign_missing(mpriv_writer *writer, const mpriv_dream_sign_missing_output *answer);

/* ---- dream.recover */

typedef struct {
    int64_t node;
    mpriv_bigint key;
} mpriv_dream_recover_dummy_keys_item;

typedef struct {
    mpriv_bigint modulus;
    int64_t node;
    mpriv_list dummy_keys;
    mpriv_bigint blind;
} mpriv_dream_recover_input;

/* Read one element of dummy_keys of dream.recover. */
int mpriv_next_dream_recover_dummy_keys(mpriv_reader *reader, mpriv_dream_recover_dummy_keys_item *item);

int mpriv_decode_dream_recover(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_recover_input *out);

typedef struct {
    mpriv_bigint recovery;
} mpriv_dream_recover_output;

int mpriv_encode_dream_recover(mpriv_writer *writer, const mpriv_dream_recover_output *answer);

/* ---- dream.authenticate_reply */

typedef struct {
    mpriv_octets key;
    mpriv_octets digest;
    int64_t node;
    int64_t slot;
    mpriv_octets list;
    mpriv_bigint modulus;
    mpriv_bigint recovery;
} mpriv_dream_authenticate_reply_input;

int mpriv_decode_dream_authenticate_reply(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_authenticate_reply_input *out);

typedef struct {
    mpriv_octets tag;
} mpriv_dream_authenticate_reply_output;

int mpriv_encode_dream_authenticate_reply(mpriv_writer *writer, const mpriv_dream_authenticate_reply_output *answer);

/* ---- dream.check_equivocation */

typedef struct {
    mpriv_octets signing_key;
    mpriv_octets digest;
    int64_t slot;
    mpriv_list missing;
    mpriv_octets signature;
    mpriv_list other_missing;
    mpriv_octets other_signature;
} mpriv_dream_check_equivocation_input;

/* Read one element of missing of dream.check_equivocation. */
int mpriv_next_dream_check_equivocation_missing(mpriv_reader *reader, int64_t *item);

/* Read one element of other_missing of dream.check_equivocation. */
int mpriv_next_dream_check_equivocation_other_missing(mpriv_reader *reader, int64_t *item);

int mpriv_decode_dream_check_equivocation(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_check_equivocation_input *out);

/* ---- dream.member_start */

typedef struct {
    mpriv_octets authority_public_key;
    mpriv_octets cluster;
    int64_t node;
    mpriv_octets private_key;
    mpriv_octets blind_key;
    int64_t next_slot;
    int64_t next_epoch;
    int64_t term;
} mpriv_dream_member_start_input;

int mpriv_decode_dream_member_start(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_member_start_input *out);

/* ---- dream.member_enrol */

typedef struct {
    int64_t term;
    mpriv_octets signing_key;
    mpriv_octets public_key;
    int64_t last_slot;
    mpriv_octets signature;
} mpriv_dream_member_enrol_supplier;

typedef struct {
    int64_t node;
    mpriv_octets public_key;
    int64_t last_slot;
    mpriv_octets signature;
} mpriv_dream_member_enrol_members_item;

typedef struct {
    int64_t epoch;
    int64_t first_slot;
    mpriv_dream_member_enrol_supplier supplier;
    mpriv_list members;
    int64_t tolerated_failures;
    int64_t colluders;
    int64_t expected_partners;
    int64_t maximum_wh;
    int64_t tail_wh;
    int64_t scale_wh;
    mpriv_bigint modulus;
    mpriv_octets signature;
} mpriv_dream_member_enrol_input;

/* Read one element of members of dream.member_enrol. */
int mpriv_next_dream_member_enrol_members(mpriv_reader *reader, mpriv_dream_member_enrol_members_item *item);

/* Left to the operation:
 * - range where two members have the same public key
 */
int mpriv_decode_dream_member_enrol(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_member_enrol_input *out);

typedef struct {
    mpriv_octets digest;
} mpriv_dream_member_enrol_output;

int mpriv_encode_dream_member_enrol(mpriv_writer *writer, const mpriv_dream_member_enrol_output *answer);

/* ---- dream.member_leave */

int mpriv_decode_dream_member_leave(const uint8_t *payload, size_t length, uint8_t profile);

/* ---- dream.member_report */

typedef struct {
    int64_t slot;
    int64_t reading_wh;
    int64_t share_wh;
} mpriv_dream_member_report_input;

/* Left to the operation:
 * - range where the share of noise is outside [-T, T]
 */
int mpriv_decode_dream_member_report(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_member_report_input *out);

typedef struct {
    mpriv_bigint ciphertext;
    mpriv_octets tag;
    int64_t clamped;
} mpriv_dream_member_report_output;

int mpriv_encode_dream_member_report(mpriv_writer *writer, const mpriv_dream_member_report_output *answer);

/* ---- dream.member_reply */

typedef struct {
    int64_t slot;
    mpriv_list missing;
    mpriv_octets signature;
} mpriv_dream_member_reply_input;

/* Read one element of missing of dream.member_reply. */
int mpriv_next_dream_member_reply_missing(mpriv_reader *reader, int64_t *item);

/* Left to the operation:
 * - range where the list names the meter itself or a node that is not on the roster
 */
int mpriv_decode_dream_member_reply(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_member_reply_input *out);

typedef struct {
    mpriv_bigint recovery;
    mpriv_octets tag;
} mpriv_dream_member_reply_output;

int mpriv_encode_dream_member_reply(mpriv_writer *writer, const mpriv_dream_member_reply_output *answer);

/* ---- dream.device_start */

typedef struct {
    int64_t node;
    mpriv_octets key;
} mpriv_dream_device_start_keys_item;

typedef struct {
    int64_t node;
    mpriv_octets digest;
    int64_t first_slot;
    int64_t last_slot;
    mpriv_octets supplier_key;
    mpriv_octets blind_key;
    mpriv_list keys;
    int64_t tolerated_failures;
    int64_t colluders;
    int64_t expected_partners;
    int64_t maximum_wh;
    int64_t tail_wh;
    int64_t scale_wh;
    mpriv_bigint modulus;
    int64_t next_slot;
} mpriv_dream_device_start_input;

/* Read one element of keys of dream.device_start. */
int mpriv_next_dream_device_start_keys(mpriv_reader *reader, mpriv_dream_device_start_keys_item *item);

int mpriv_decode_dream_device_start(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_device_start_input *out);

/* ---- dream.device_report */

typedef struct {
    int64_t slot;
    int64_t reading_wh;
    int64_t share_wh;
} mpriv_dream_device_report_input;

/* Left to the operation:
 * - range where the share of noise is outside [-T, T]
 */
int mpriv_decode_dream_device_report(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_device_report_input *out);

typedef struct {
    mpriv_bigint ciphertext;
    mpriv_octets tag;
    int64_t clamped;
} mpriv_dream_device_report_output;

int mpriv_encode_dream_device_report(mpriv_writer *writer, const mpriv_dream_device_report_output *answer);

/* ---- dream.device_reply */

typedef struct {
    int64_t slot;
    mpriv_list missing;
} mpriv_dream_device_reply_input;

/* Read one element of missing of dream.device_reply. */
int mpriv_next_dream_device_reply_missing(mpriv_reader *reader, int64_t *item);

/* Left to the operation:
 * - range where the list names the meter itself or a node that is no other member
 */
int mpriv_decode_dream_device_reply(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_device_reply_input *out);

typedef struct {
    mpriv_bigint recovery;
    mpriv_octets tag;
} mpriv_dream_device_reply_output;

int mpriv_encode_dream_device_reply(mpriv_writer *writer, const mpriv_dream_device_reply_output *answer);

/* ---- dream.collector_start */

typedef struct {
    int64_t node;
    mpriv_octets key;
} mpriv_dream_collector_start_keys_item;

typedef struct {
    int64_t slot;
    mpriv_bigint modulus;
    mpriv_octets digest;
    mpriv_list keys;
    int64_t tolerated_failures;
    int64_t colluders;
    mpriv_octets signing_private_key;
} mpriv_dream_collector_start_input;

/* Read one element of keys of dream.collector_start. */
int mpriv_next_dream_collector_start_keys(mpriv_reader *reader, mpriv_dream_collector_start_keys_item *item);

int mpriv_decode_dream_collector_start(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_collector_start_input *out);

/* ---- dream.collector_receive */

typedef struct {
    int64_t node;
    mpriv_bigint ciphertext;
    mpriv_octets tag;
} mpriv_dream_collector_receive_input;

/* Left to the operation:
 * - range where the node is not on the roster, or the ciphertext is not below the modulus
 */
int mpriv_decode_dream_collector_receive(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_collector_receive_input *out);

typedef struct {
    int64_t received;
} mpriv_dream_collector_receive_output;

int mpriv_encode_dream_collector_receive(mpriv_writer *writer, const mpriv_dream_collector_receive_output *answer);

/* ---- dream.collector_close */

int mpriv_decode_dream_collector_close(const uint8_t *payload, size_t length, uint8_t profile);

typedef struct {
    const int64_t *items;
    size_t count;
} mpriv_dream_collector_close_output_missing;

typedef struct {
    mpriv_dream_collector_close_output_missing missing;
    mpriv_octets signature;
} mpriv_dream_collector_close_output;

int mpriv_encode_dream_collector_close(mpriv_writer *writer, const mpriv_dream_collector_close_output *answer);

/* ---- dream.collector_reply */

typedef struct {
    int64_t node;
    mpriv_bigint recovery;
    mpriv_octets tag;
} mpriv_dream_collector_reply_input;

/* Left to the operation:
 * - range where the node has not reported, or the reply is not below the modulus
 */
int mpriv_decode_dream_collector_reply(const uint8_t *payload, size_t length, uint8_t profile, mpriv_dream_collector_reply_input *out);

typedef struct {
    int64_t replied;
} mpriv_dream_collector_reply_output;

int mpriv_encode_dream_collector_reply(mpriv_writer *writer, const mpriv_dream_collector_reply_output *answer);

/* ---- dream.collector_total */

int mpriv_decode_dream_collector_total(const uint8_t *payload, size_t length, uint8_t profile);

typedef struct {
    mpriv_bigint total;
    int64_t meters;
} mpriv_dream_collector_total_output;

int mpriv_encode_dream_collector_total(mpriv_writer *writer, const mpriv_dream_collector_total_output *answer);

/* ---- energy_tokens.blind_key */

typedef struct {
    mpriv_bigint p;
    mpriv_bigint q;
    mpriv_bigint exponent;
} mpriv_energy_tokens_blind_key_input;

/* Left to the operation:
 * - exponent below p * q
 * - range where p or q is not prime
 */
int mpriv_decode_energy_tokens_blind_key(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_blind_key_input *out);

typedef struct {
    mpriv_bigint modulus;
    mpriv_bigint private_exponent;
} mpriv_energy_tokens_blind_key_output;

int mpriv_encode_energy_tokens_blind_key(mpriv_writer *writer, const mpriv_energy_tokens_blind_key_output *answer);

/* ---- energy_tokens.blind_prepare */

typedef struct {
    int64_t variant;
    mpriv_octets message;
    mpriv_octets prefix;
} mpriv_energy_tokens_blind_prepare_input;

int mpriv_decode_energy_tokens_blind_prepare(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_blind_prepare_input *out);

typedef struct {
    mpriv_octets input_message;
} mpriv_energy_tokens_blind_prepare_output;

int mpriv_encode_energy_tokens_blind_prepare(mpriv_writer *writer, const mpriv_energy_tokens_blind_prepare_output *answer);

/* ---- energy_tokens.blind */

typedef struct {
    int64_t variant;
    mpriv_bigint modulus;
    mpriv_bigint exponent;
    mpriv_octets input_message;
    mpriv_octets salt;
    mpriv_bigint blinding;
} mpriv_energy_tokens_blind_input;

/* Left to the operation:
 * - blinding at most modulus - 2
 * - range where the modulus is too short for the encoding
 */
int mpriv_decode_energy_tokens_blind(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_blind_input *out);

typedef struct {
    mpriv_bigint blinded_message;
    mpriv_bigint inverse;
} mpriv_energy_tokens_blind_output;

int mpriv_encode_energy_tokens_blind(mpriv_writer *writer, const mpriv_energy_tokens_blind_output *answer);

/* ---- energy_tokens.blind_sign */

typedef struct {
    mpriv_bigint p;
    mpriv_bigint q;
    mpriv_bigint exponent;
    mpriv_bigint blinded_message;
} mpriv_energy_tokens_blind_sign_input;

/* Left to the operation:
 * - exponent below p * q
 * - blinded_message at most p * q - 2
 * - range unless gcd(p, q) == 1
 * - range where p or q is not prime, which shows in s^e
 */
int mpriv_decode_energy_tokens_blind_sign(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_blind_sign_input *out);

typedef struct {
    mpriv_bigint blind_signature;
} mpriv_energy_tokens_blind_sign_output;

int mpriv_encode_energy_tokens_blind_sign(mpriv_writer *writer, const mpriv_energy_tokens_blind_sign_output *answer);

/* ---- energy_tokens.blind_finalize */

typedef struct {
    int64_t variant;
    mpriv_bigint modulus;
    mpriv_bigint exponent;
    mpriv_octets input_message;
    mpriv_bigint blind_signature;
    mpriv_bigint inverse;
} mpriv_energy_tokens_blind_finalize_input;

/* Left to the operation:
 * - inverse at most modulus - 2
 * - range where the modulus is too short for the encoding
 */
int mpriv_decode_energy_tokens_blind_finalize(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_blind_finalize_input *out);

typedef struct {
    mpriv_bigint signature;
} mpriv_energy_tokens_blind_finalize_output;

int mpriv_encode_energy_tokens_blind_finalize(mpriv_writer *writer, const mpriv_energy_tokens_blind_finalize_output *answer);

/* ---- energy_tokens.blind_verify */

typedef struct {
    int64_t variant;
    mpriv_bigint modulus;
    mpriv_bigint exponent;
    mpriv_octets input_message;
    mpriv_bigint signature;
} mpriv_energy_tokens_blind_verify_input;

/* Left to the operation:
 * - range where the modulus is too short for the encoding
 */
int mpriv_decode_energy_tokens_blind_verify(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_blind_verify_input *out);

/* ---- energy_tokens.prove_key */

typedef struct {
    mpriv_bigint p;
    mpriv_bigint q;
    mpriv_bigint exponent;
    mpriv_octets context;
} mpriv_energy_tokens_prove_key_input;

/* Left to the operation:
 * - exponent below p * q
 * - range unless gcd(p, q) == 1
 * - range where p or q is not prime, which shows in a root
 */
int mpriv_decode_energy_tokens_prove_key(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_prove_key_input *out);

typedef struct {
    const mpriv_bigint *items;
    size_t count;
} mpriv_energy_tokens_prove_key_output_roots;

typedef struct {
    mpriv_energy_tokens_prove_key_output_roots roots;
} mpriv_energy_tokens_prove_key_output;

int mpriv_encode_energy_tokens_prove_key(mpriv_writer *writer, const mpriv_energy_tokens_prove_key_output *answer);

/* ---- energy_tokens.verify_key */

typedef struct {
    mpriv_bigint modulus;
    mpriv_bigint exponent;
    mpriv_octets context;
    mpriv_list roots;
} mpriv_energy_tokens_verify_key_input;

/* Read one element of roots of energy_tokens.verify_key. */
int mpriv_next_energy_tokens_verify_key_roots(mpriv_reader *reader, mpriv_bigint *item);

int mpriv_decode_energy_tokens_verify_key(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_verify_key_input *out);

/* ---- energy_tokens.announce */

typedef struct {
    mpriv_octets private_key;
    int64_t scheme;
    int64_t value_wh;
    int64_t epoch;
    int64_t first_slot;
    int64_t last_slot;
    mpriv_octets group;
    mpriv_bigint p;
    mpriv_bigint q;
} mpriv_energy_tokens_announce_input;

/* Left to the operation:
 * - range where p or q is not prime, or the modulus is too short for the scheme
 */
int mpriv_decode_energy_tokens_announce(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_announce_input *out);

typedef struct {
    mpriv_octets announcement;
} mpriv_energy_tokens_announce_output;

int mpriv_encode_energy_tokens_announce(mpriv_writer *writer, const mpriv_energy_tokens_announce_output *answer);

/* ---- energy_tokens.check_announcement */

typedef struct {
    mpriv_octets public_key;
    int64_t scheme;
    mpriv_octets group;
    int64_t modulus_bits;
    mpriv_octets announcement;
} mpriv_energy_tokens_check_announcement_input;

/* Left to the operation:
 * - range where what it says is no key, or the counter is 65536 or more
 */
int mpriv_decode_energy_tokens_check_announcement(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_check_announcement_input *out);

typedef struct {
    int64_t scheme;
    int64_t value_wh;
    int64_t epoch;
    int64_t first_slot;
    int64_t last_slot;
    mpriv_octets group;
    mpriv_bigint modulus;
    mpriv_bigint exponent;
    mpriv_octets key_id;
} mpriv_energy_tokens_check_announcement_output;

int mpriv_encode_energy_tokens_check_announcement(mpriv_writer *writer, const mpriv_energy_tokens_check_announcement_output *answer);

/* ---- energy_tokens.check_equivocation */

typedef struct {
    mpriv_octets public_key;
    mpriv_octets first;
    mpriv_octets second;
} mpriv_energy_tokens_check_equivocation_input;

/* Left to the operation:
 * - range where what one says is no key
 */
int mpriv_decode_energy_tokens_check_equivocation(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_check_equivocation_input *out);

/* ---- energy_tokens.identity */

typedef struct {
    mpriv_octets group;
    mpriv_bigint secret;
    mpriv_bigint nonce;
} mpriv_energy_tokens_identity_input;

/* Left to the operation:
 * - range where a secret is not below q, or r is s or q - s
 */
int mpriv_decode_energy_tokens_identity(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_identity_input *out);

typedef struct {
    mpriv_octets v;
    mpriv_octets x;
} mpriv_energy_tokens_identity_output;

int mpriv_encode_energy_tokens_identity(mpriv_writer *writer, const mpriv_energy_tokens_identity_output *answer);

/* ---- energy_tokens.token_message */

typedef struct {
    int64_t scheme;
    int64_t value_wh;
    int64_t epoch;
    mpriv_octets group;
    mpriv_octets v;
    mpriv_octets x;
} mpriv_energy_tokens_token_message_input;

/* Left to the operation:
 * - range where an element's number is out of range, or v is x or its inverse
 */
int mpriv_decode_energy_tokens_token_message(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_token_message_input *out);

typedef struct {
    mpriv_octets message;
} mpriv_energy_tokens_token_message_output;

int mpriv_encode_energy_tokens_token_message(mpriv_writer *writer, const mpriv_energy_tokens_token_message_output *answer);

/* ---- energy_tokens.full_domain_hash */

typedef struct {
    mpriv_bigint modulus;
    mpriv_bigint exponent;
    mpriv_octets message;
} mpriv_energy_tokens_full_domain_hash_input;

int mpriv_decode_energy_tokens_full_domain_hash(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_full_domain_hash_input *out);

typedef struct {
    mpriv_bigint hash;
} mpriv_energy_tokens_full_domain_hash_output;

int mpriv_encode_energy_tokens_full_domain_hash(mpriv_writer *writer, const mpriv_energy_tokens_full_domain_hash_output *answer);

/* ---- energy_tokens.fdh_blind */

typedef struct {
    mpriv_bigint modulus;
    mpriv_bigint exponent;
    mpriv_octets message;
    mpriv_bigint blinding;
} mpriv_energy_tokens_fdh_blind_input;

/* Left to the operation:
 * - blinding at most modulus - 2
 */
int mpriv_decode_energy_tokens_fdh_blind(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_fdh_blind_input *out);

typedef struct {
    mpriv_bigint blinded_message;
    mpriv_bigint inverse;
} mpriv_energy_tokens_fdh_blind_output;

int mpriv_encode_energy_tokens_fdh_blind(mpriv_writer *writer, const mpriv_energy_tokens_fdh_blind_output *answer);

/* ---- energy_tokens.fdh_finalize */

typedef struct {
    mpriv_bigint modulus;
    mpriv_bigint exponent;
    mpriv_octets message;
    mpriv_bigint blind_signature;
    mpriv_bigint inverse;
} mpriv_energy_tokens_fdh_finalize_input;

/* Left to the operation:
 * - inverse at most modulus - 2
 */
int mpriv_decode_energy_tokens_fdh_finalize(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_fdh_finalize_input *out);

typedef struct {
    mpriv_bigint signature;
} mpriv_energy_tokens_fdh_finalize_output;

int mpriv_encode_energy_tokens_fdh_finalize(mpriv_writer *writer, const mpriv_energy_tokens_fdh_finalize_output *answer);

/* ---- energy_tokens.token */

typedef struct {
    int64_t scheme;
    int64_t value_wh;
    int64_t epoch;
    int64_t first_slot;
    int64_t last_slot;
    mpriv_octets group;
    mpriv_bigint modulus;
    mpriv_bigint exponent;
} mpriv_energy_tokens_token_key;

typedef struct {
    mpriv_energy_tokens_token_key key;
    mpriv_octets v;
    mpriv_octets x;
    mpriv_octets prefix;
    mpriv_bigint signature;
} mpriv_energy_tokens_token_input;

/* Left to the operation:
 * - range where the record is no key: the exponent is not below the modulus, the last slot is before the first, or the modulus is too short for the scheme
 * - range where the signature is above n - 2, an element's number is out of range, or v is x or its inverse
 */
int mpriv_decode_energy_tokens_token(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_token_input *out);

typedef struct {
    mpriv_octets token;
} mpriv_energy_tokens_token_output;

int mpriv_encode_energy_tokens_token(mpriv_writer *writer, const mpriv_energy_tokens_token_output *answer);

/* ---- energy_tokens.check_token */

typedef struct {
    int64_t scheme;
    int64_t value_wh;
    int64_t epoch;
    int64_t first_slot;
    int64_t last_slot;
    mpriv_octets group;
    mpriv_bigint modulus;
    mpriv_bigint exponent;
} mpriv_energy_tokens_check_token_key;

typedef struct {
    mpriv_energy_tokens_check_token_key key;
    int64_t slot;
    mpriv_octets token;
} mpriv_energy_tokens_check_token_input;

/* Left to the operation:
 * - range where the record is no key: the exponent is not below the modulus, the last slot is before the first, or the modulus is too short for the scheme
 * - range where a number of the token is out of range, or v is x or its inverse
 */
int mpriv_decode_energy_tokens_check_token(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_check_token_input *out);

typedef struct {
    mpriv_octets v;
    mpriv_octets x;
} mpriv_energy_tokens_check_token_output;

int mpriv_encode_energy_tokens_check_token(mpriv_writer *writer, const mpriv_energy_tokens_check_token_output *answer);

/* ---- energy_tokens.challenge */

typedef struct {
    mpriv_octets group;
    mpriv_octets token;
    mpriv_octets report;
    mpriv_octets utility_nonce;
} mpriv_energy_tokens_challenge_input;

int mpriv_decode_energy_tokens_challenge(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_challenge_input *out);

typedef struct {
    mpriv_bigint challenge;
} mpriv_energy_tokens_challenge_output;

int mpriv_encode_energy_tokens_challenge(mpriv_writer *writer, const mpriv_energy_tokens_challenge_output *answer);

/* ---- energy_tokens.respond */

typedef struct {
    mpriv_octets group;
    mpriv_bigint secret;
    mpriv_bigint nonce;
    mpriv_bigint challenge;
} mpriv_energy_tokens_respond_input;

/* Left to the operation:
 * - range where a number is not below q
 */
int mpriv_decode_energy_tokens_respond(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_respond_input *out);

typedef struct {
    mpriv_bigint response;
} mpriv_energy_tokens_respond_output;

int mpriv_encode_energy_tokens_respond(mpriv_writer *writer, const mpriv_energy_tokens_respond_output *answer);

/* ---- energy_tokens.check_spending */

typedef struct {
    int64_t scheme;
    int64_t value_wh;
    int64_t epoch;
    int64_t first_slot;
    int64_t last_slot;
    mpriv_octets group;
    mpriv_bigint modulus;
    mpriv_bigint exponent;
} mpriv_energy_tokens_check_spending_key;

typedef struct {
    mpriv_energy_tokens_check_spending_key key;
    int64_t slot;
    mpriv_octets token;
    mpriv_octets report;
    mpriv_octets utility_nonce;
    mpriv_bigint response;
} mpriv_energy_tokens_check_spending_input;

/* Left to the operation:
 * - range where the record is no key: the exponent is not below the modulus, the last slot is before the first, or the modulus is too short for the scheme
 * - range where a number of the token is out of range, or v is x or its inverse
 * - range where the response is not below q
 */
int mpriv_decode_energy_tokens_check_spending(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_check_spending_input *out);

typedef struct {
    mpriv_bigint challenge;
} mpriv_energy_tokens_check_spending_output;

int mpriv_encode_energy_tokens_check_spending(mpriv_writer *writer, const mpriv_energy_tokens_check_spending_output *answer);

/* ---- energy_tokens.extract */

typedef struct {
    mpriv_bigint order;
    mpriv_bigint challenge_1;
    mpriv_bigint response_1;
    mpriv_bigint challenge_2;
    mpriv_bigint response_2;
} mpriv_energy_tokens_extract_input;

int mpriv_decode_energy_tokens_extract(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_extract_input *out);

typedef struct {
    mpriv_bigint secret;
    mpriv_bigint nonce;
} mpriv_energy_tokens_extract_output;

int mpriv_encode_energy_tokens_extract(mpriv_writer *writer, const mpriv_energy_tokens_extract_output *answer);

/* ---- energy_tokens.forward */

typedef struct {
    mpriv_octets private_key;
    mpriv_octets token;
    mpriv_octets report;
    mpriv_octets utility_nonce;
    mpriv_bigint response;
} mpriv_energy_tokens_forward_input;

int mpriv_decode_energy_tokens_forward(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_forward_input *out);

typedef struct {
    mpriv_octets transcript;
} mpriv_energy_tokens_forward_output;

int mpriv_encode_energy_tokens_forward(mpriv_writer *writer, const mpriv_energy_tokens_forward_output *answer);

/* ---- energy_tokens.check_evidence */

typedef struct {
    int64_t scheme;
    int64_t value_wh;
    int64_t epoch;
    int64_t first_slot;
    int64_t last_slot;
    mpriv_octets group;
    mpriv_bigint modulus;
    mpriv_bigint exponent;
} mpriv_energy_tokens_check_evidence_key;

typedef struct {
    mpriv_octets server_key;
    mpriv_energy_tokens_check_evidence_key key;
    mpriv_octets transcript_1;
    mpriv_octets transcript_2;
    mpriv_bigint secret;
    mpriv_bigint nonce;
} mpriv_energy_tokens_check_evidence_input;

/* Left to the operation:
 * - range where the record is no key: the exponent is not below the modulus, the last slot is before the first, or the modulus is too short for the scheme
 * - range where a number of the token is out of range, or v is x or its inverse
 * - range where a response or a secret is not below q
 */
int mpriv_decode_energy_tokens_check_evidence(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_check_evidence_input *out);

/* ---- energy_tokens.receipt */

typedef struct {
    mpriv_octets private_key;
    int64_t slot;
    mpriv_octets transcript;
} mpriv_energy_tokens_receipt_input;

int mpriv_decode_energy_tokens_receipt(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_receipt_input *out);

typedef struct {
    mpriv_octets receipt;
} mpriv_energy_tokens_receipt_output;

int mpriv_encode_energy_tokens_receipt(mpriv_writer *writer, const mpriv_energy_tokens_receipt_output *answer);

/* ---- energy_tokens.check_receipt */

typedef struct {
    mpriv_octets public_key;
    mpriv_octets transcript;
    mpriv_octets receipt;
} mpriv_energy_tokens_check_receipt_input;

/* Left to the operation:
 * - range where the slot is out of range
 */
int mpriv_decode_energy_tokens_check_receipt(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_check_receipt_input *out);

typedef struct {
    int64_t slot;
} mpriv_energy_tokens_check_receipt_output;

int mpriv_encode_energy_tokens_check_receipt(mpriv_writer *writer, const mpriv_energy_tokens_check_receipt_output *answer);

/* ---- energy_tokens.purse_start */

typedef struct {
    mpriv_octets group;
    mpriv_bigint secret;
    mpriv_bigint nonce;
    mpriv_octets token;
} mpriv_energy_tokens_purse_start_input;

/* Left to the operation:
 * - range where a number of the token is out of range, or v is x or its inverse
 * - range where a secret is not below q, or r is s or q - s
 */
int mpriv_decode_energy_tokens_purse_start(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_purse_start_input *out);

/* ---- energy_tokens.purse_spend */

typedef struct {
    mpriv_octets report;
    mpriv_octets utility_nonce;
} mpriv_energy_tokens_purse_spend_input;

int mpriv_decode_energy_tokens_purse_spend(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_purse_spend_input *out);

typedef struct {
    mpriv_bigint challenge;
    mpriv_bigint response;
} mpriv_energy_tokens_purse_spend_output;

int mpriv_encode_energy_tokens_purse_spend(mpriv_writer *writer, const mpriv_energy_tokens_purse_spend_output *answer);

/* ---- energy_tokens.bank_start */

typedef struct {
    int64_t scheme;
    int64_t value_wh;
    int64_t epoch;
    int64_t first_slot;
    int64_t last_slot;
    mpriv_octets group;
    mpriv_bigint modulus;
    mpriv_bigint exponent;
} mpriv_energy_tokens_bank_start_keys_item;

typedef struct {
    mpriv_octets private_key;
    mpriv_octets server_key;
    mpriv_list keys;
} mpriv_energy_tokens_bank_start_input;

/* Read one element of keys of energy_tokens.bank_start. */
int mpriv_next_energy_tokens_bank_start_keys(mpriv_reader *reader, mpriv_energy_tokens_bank_start_keys_item *item);

/* Left to the operation:
 * - range where the record is no key: the exponent is not below the modulus, the last slot is before the first, or the modulus is too short for the scheme
 * - range where a value and epoch has two keys
 */
int mpriv_decode_energy_tokens_bank_start(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_bank_start_input *out);

/* ---- energy_tokens.bank_nonce */

typedef struct {
    mpriv_octets utility_nonce;
} mpriv_energy_tokens_bank_nonce_input;

int mpriv_decode_energy_tokens_bank_nonce(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_bank_nonce_input *out);

/* ---- energy_tokens.bank_spend */

typedef struct {
    int64_t slot;
    mpriv_octets transcript;
} mpriv_energy_tokens_bank_spend_input;

/* Left to the operation:
 * - range where a number of the token is out of range, or v is x or its inverse
 * - range where the response is not below q
 */
int mpriv_decode_energy_tokens_bank_spend(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_bank_spend_input *out);

typedef struct {
    int64_t outcome;
    uint8_t receipt_present;
    mpriv_octets receipt;
    uint8_t first_present;
    mpriv_octets first;
    uint8_t secret_present;
    mpriv_bigint secret;
    uint8_t nonce_present;
    mpriv_bigint nonce;
} mpriv_energy_tokens_bank_spend_output;

int mpriv_encode_energy_tokens_bank_spend(mpriv_writer *writer, const mpriv_energy_tokens_bank_spend_output *answer);

/* ---- energy_tokens.bank_receipt */

typedef struct {
    mpriv_octets transcript;
} mpriv_energy_tokens_bank_receipt_input;

int mpriv_decode_energy_tokens_bank_receipt(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_bank_receipt_input *out);

typedef struct {
    mpriv_octets receipt;
} mpriv_energy_tokens_bank_receipt_output;

int mpriv_encode_energy_tokens_bank_receipt(mpriv_writer *writer, const mpriv_energy_tokens_bank_receipt_output *answer);

/* ---- energy_tokens.denominate */

typedef struct {
    mpriv_list denominations;
    int64_t amount_wh;
} mpriv_energy_tokens_denominate_input;

/* Read one element of denominations of energy_tokens.denominate. */
int mpriv_next_energy_tokens_denominate_denominations(mpriv_reader *reader, int64_t *item);

/* Left to the operation:
 * - range where a denomination does not divide the next
 */
int mpriv_decode_energy_tokens_denominate(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_denominate_input *out);

typedef struct {
    const int64_t *items;
    size_t count;
} mpriv_energy_tokens_denominate_output_counts;

typedef struct {
    mpriv_energy_tokens_denominate_output_counts counts;
} mpriv_energy_tokens_denominate_output;

int mpriv_encode_energy_tokens_denominate(mpriv_writer *writer, const mpriv_energy_tokens_denominate_output *answer);

/* ---- energy_tokens.pay */

typedef struct {
    mpriv_list denominations;
    mpriv_list held;
    int64_t amount_wh;
} mpriv_energy_tokens_pay_input;

/* Read one element of denominations of energy_tokens.pay. */
int mpriv_next_energy_tokens_pay_denominations(mpriv_reader *reader, int64_t *item);

/* Read one element of held of energy_tokens.pay. */
int mpriv_next_energy_tokens_pay_held(mpriv_reader *reader, int64_t *item);

/* Left to the operation:
 * - range where a denomination does not divide the next
 */
int mpriv_decode_energy_tokens_pay(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_pay_input *out);

typedef struct {
    const int64_t *items;
    size_t count;
} mpriv_energy_tokens_pay_output_used;

typedef struct {
    const int64_t *items;
    size_t count;
} mpriv_energy_tokens_pay_output_change;

typedef struct {
    mpriv_energy_tokens_pay_output_used used;
    int64_t change_wh;
    mpriv_energy_tokens_pay_output_change change;
} mpriv_energy_tokens_pay_output;

int mpriv_encode_energy_tokens_pay(mpriv_writer *writer, const mpriv_energy_tokens_pay_output *answer);

/* ---- energy_tokens.trade_start */

typedef struct {
    int64_t direction;
    int64_t energy_wh;
    mpriv_list denominations;
    int64_t least_wh;
    int64_t most_wh;
} mpriv_energy_tokens_trade_start_input;

/* Read one element of denominations of energy_tokens.trade_start. */
int mpriv_next_energy_tokens_trade_start_denominations(mpriv_reader *reader, int64_t *item);

/* Left to the operation:
 * - range where a denomination does not divide the next
 */
int mpriv_decode_energy_tokens_trade_start(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_trade_start_input *out);

/* ---- energy_tokens.trade_offer */

typedef struct {
    int64_t party;
    int64_t value_wh;
} mpriv_energy_tokens_trade_offer_input;

int mpriv_decode_energy_tokens_trade_offer(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_trade_offer_input *out);

typedef struct {
    int64_t remaining;
} mpriv_energy_tokens_trade_offer_output;

int mpriv_encode_energy_tokens_trade_offer(mpriv_writer *writer, const mpriv_energy_tokens_trade_offer_output *answer);

/* ---- energy_tokens.trade_accept */

typedef struct {
    int64_t party;
    int64_t value_wh;
} mpriv_energy_tokens_trade_accept_input;

int mpriv_decode_energy_tokens_trade_accept(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_trade_accept_input *out);

typedef struct {
    const int64_t *items;
    size_t count;
} mpriv_energy_tokens_trade_accept_output_counts;

typedef struct {
    mpriv_energy_tokens_trade_accept_output_counts counts;
} mpriv_energy_tokens_trade_accept_output;

int mpriv_encode_energy_tokens_trade_accept(mpriv_writer *writer, const mpriv_energy_tokens_trade_accept_output *answer);

/* ---- energy_tokens.trade_deliver */

typedef struct {
    int64_t amount_wh;
} mpriv_energy_tokens_trade_deliver_input;

int mpriv_decode_energy_tokens_trade_deliver(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_trade_deliver_input *out);

/* ---- energy_tokens.trade_issue */

typedef struct {
    mpriv_list counts;
} mpriv_energy_tokens_trade_issue_input;

/* Read one element of counts of energy_tokens.trade_issue. */
int mpriv_next_energy_tokens_trade_issue_counts(mpriv_reader *reader, int64_t *item);

int mpriv_decode_energy_tokens_trade_issue(const uint8_t *payload, size_t length, uint8_t profile, mpriv_energy_tokens_trade_issue_input *out);

typedef struct {
    int64_t tokens;
} mpriv_energy_tokens_trade_issue_output;

int mpriv_encode_energy_tokens_trade_issue(mpriv_writer *writer, const mpriv_energy_tokens_trade_issue_output *answer);

/* ---- energy_tokens.trade_close */

int mpriv_decode_energy_tokens_trade_close(const uint8_t *payload, size_t length, uint8_t profile);

/* ---- information.entropy */

typedef struct {
    mpriv_list probabilities;
} mpriv_information_entropy_input;

/* Read one element of probabilities of information.entropy. */
int mpriv_next_information_entropy_probabilities(mpriv_reader *reader, double *item);

/* Left to the operation:
 * - probabilities of information.entropy adding up to 1 within 2^-40
 */
int mpriv_decode_information_entropy(const uint8_t *payload, size_t length, uint8_t profile, mpriv_information_entropy_input *out);

typedef struct {
    double entropy_bits;
} mpriv_information_entropy_output;

int mpriv_encode_information_entropy(mpriv_writer *writer, const mpriv_information_entropy_output *answer);

/* ---- information.binary_entropy */

typedef struct {
    double probability;
} mpriv_information_binary_entropy_input;

int mpriv_decode_information_binary_entropy(const uint8_t *payload, size_t length, uint8_t profile, mpriv_information_binary_entropy_input *out);

typedef struct {
    double entropy_bits;
} mpriv_information_binary_entropy_output;

int mpriv_encode_information_binary_entropy(mpriv_writer *writer, const mpriv_information_binary_entropy_output *answer);

/* ---- information.mutual_information */

typedef struct {
    int64_t columns;
    mpriv_list joint;
} mpriv_information_mutual_information_input;

/* Read one element of joint of information.mutual_information. */
int mpriv_next_information_mutual_information_joint(mpriv_reader *reader, double *item);

/* Left to the operation:
 * - joint of information.mutual_information adding up to 1 within 2^-40
 * - range unless count(joint) % columns == 0
 */
int mpriv_decode_information_mutual_information(const uint8_t *payload, size_t length, uint8_t profile, mpriv_information_mutual_information_input *out);

typedef struct {
    double information_bits;
} mpriv_information_mutual_information_output;

int mpriv_encode_information_mutual_information(mpriv_writer *writer, const mpriv_information_mutual_information_output *answer);

/* ---- information.divergence */

typedef struct {
    mpriv_list probabilities;
    mpriv_list reference;
} mpriv_information_divergence_input;

/* Read one element of probabilities of information.divergence. */
int mpriv_next_information_divergence_probabilities(mpriv_reader *reader, double *item);

/* Read one element of reference of information.divergence. */
int mpriv_next_information_divergence_reference(mpriv_reader *reader, double *item);

/* Left to the operation:
 * - probabilities of information.divergence adding up to 1 within 2^-40
 * - reference of information.divergence adding up to 1 within 2^-40
 */
int mpriv_decode_information_divergence(const uint8_t *payload, size_t length, uint8_t profile, mpriv_information_divergence_input *out);

typedef struct {
    uint8_t divergence_bits_present;
    double divergence_bits;
} mpriv_information_divergence_output;

int mpriv_encode_information_divergence(mpriv_writer *writer, const mpriv_information_divergence_output *answer);

/* ---- load_management.reading_level */

typedef struct {
    int64_t value_wh;
    int64_t unit_wh;
    int64_t levels;
} mpriv_load_management_reading_level_input;

int mpriv_decode_load_management_reading_level(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_reading_level_input *out);

typedef struct {
    int64_t level;
} mpriv_load_management_reading_level_output;

int mpriv_encode_load_management_reading_level(mpriv_writer *writer, const mpriv_load_management_reading_level_output *answer);

/* ---- load_management.threshold_level */

typedef struct {
    int64_t threshold_wh;
    int64_t unit_wh;
    int64_t levels;
} mpriv_load_management_threshold_level_input;

/* Left to the operation:
 * - range unless threshold_wh <= (levels - 1) * unit_wh
 */
int mpriv_decode_load_management_threshold_level(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_threshold_level_input *out);

typedef struct {
    int64_t level;
} mpriv_load_management_threshold_level_output;

int mpriv_encode_load_management_threshold_level(mpriv_writer *writer, const mpriv_load_management_threshold_level_output *answer);

/* ---- load_management.yao_key */

typedef struct {
    mpriv_bigint p;
    mpriv_bigint q;
    mpriv_bigint exponent;
} mpriv_load_management_yao_key_input;

/* Left to the operation:
 * - range where p or q is not prime
 */
int mpriv_decode_load_management_yao_key(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_yao_key_input *out);

typedef struct {
    mpriv_bigint modulus;
    mpriv_bigint private_exponent;
} mpriv_load_management_yao_key_output;

int mpriv_encode_load_management_yao_key(mpriv_writer *writer, const mpriv_load_management_yao_key_output *answer);

/* ---- load_management.yao_request */

typedef struct {
    mpriv_bigint modulus;
    mpriv_bigint exponent;
    int64_t levels;
    int64_t threshold_level;
    mpriv_list candidates;
} mpriv_load_management_yao_request_input;

/* Read one element of candidates of load_management.yao_request. */
int mpriv_next_load_management_yao_request_candidates(mpriv_reader *reader, mpriv_bigint *item);

/* Left to the operation:
 * - candidates_item at most modulus - 2
 */
int mpriv_decode_load_management_yao_request(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_yao_request_input *out);

typedef struct {
    mpriv_bigint message;
    int64_t used;
} mpriv_load_management_yao_request_output;

int mpriv_encode_load_management_yao_request(mpriv_writer *writer, const mpriv_load_management_yao_request_output *answer);

/* ---- load_management.yao_response */

typedef struct {
    mpriv_bigint p;
    mpriv_bigint q;
    mpriv_bigint exponent;
    int64_t levels;
    int64_t reading_level;
    mpriv_bigint message;
    mpriv_list candidates;
} mpriv_load_management_yao_response_input;

/* Read one element of candidates of load_management.yao_response. */
int mpriv_next_load_management_yao_response_candidates(mpriv_reader *reader, mpriv_bigint *item);

/* Left to the operation:
 * - message below p * q
 * - range where a candidate is not prime
 */
int mpriv_decode_load_management_yao_response(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_yao_response_input *out);

typedef struct {
    const mpriv_bigint *items;
    size_t count;
} mpriv_load_management_yao_response_output_residues;

typedef struct {
    mpriv_bigint prime;
    mpriv_load_management_yao_response_output_residues residues;
    int64_t used;
} mpriv_load_management_yao_response_output;

int mpriv_encode_load_management_yao_response(mpriv_writer *writer, const mpriv_load_management_yao_response_output *answer);

/* ---- load_management.yao_outcome */

typedef struct {
    mpriv_bigint modulus;
    int64_t levels;
    int64_t threshold_level;
    mpriv_bigint x;
    mpriv_bigint prime;
    mpriv_list residues;
} mpriv_load_management_yao_outcome_input;

/* Read one element of residues of load_management.yao_outcome. */
int mpriv_next_load_management_yao_outcome_residues(mpriv_reader *reader, mpriv_bigint *item);

/* Left to the operation:
 * - x at most modulus - 2
 * - residues_item at most prime - 2
 * - range unless modulus % prime != 0
 * - range where p' is not prime
 * - range where two residues are less than three apart
 */
int mpriv_decode_load_management_yao_outcome(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_yao_outcome_input *out);

typedef struct {
    int64_t at_least;
} mpriv_load_management_yao_outcome_output;

int mpriv_encode_load_management_yao_outcome(mpriv_writer *writer, const mpriv_load_management_yao_outcome_output *answer);

/* ---- load_management.yao_audit */

typedef struct {
    mpriv_bigint modulus;
    mpriv_bigint exponent;
    int64_t levels;
    int64_t threshold_level;
    mpriv_bigint x;
    mpriv_bigint message;
} mpriv_load_management_yao_audit_input;

/* Left to the operation:
 * - x at most modulus - 2
 */
int mpriv_decode_load_management_yao_audit(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_yao_audit_input *out);

/* ---- load_management.dgk_key */

typedef struct {
    mpriv_bigint p;
    mpriv_bigint q;
    int64_t u;
    mpriv_bigint v_p;
    mpriv_bigint v_q;
    mpriv_bigint base_g;
    mpriv_bigint base_h;
} mpriv_load_management_dgk_key_input;

/* Left to the operation:
 * - base_g below p * q
 * - base_h below p * q
 * - range where u v_p does not divide p - 1, or u v_q does not divide q - 1
 * - range where v_p divides q - 1, or v_q divides p - 1
 * - range where p, q, u, v_p or v_q is not prime
 */
int mpriv_decode_load_management_dgk_key(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_dgk_key_input *out);

typedef struct {
    mpriv_bigint modulus;
    mpriv_bigint g;
    mpriv_bigint h;
} mpriv_load_management_dgk_key_output;

int mpriv_encode_load_management_dgk_key(mpriv_writer *writer, const mpriv_load_management_dgk_key_output *answer);

/* ---- load_management.dgk_encrypt */

typedef struct {
    mpriv_bigint modulus;
    int64_t u;
    mpriv_bigint g;
    mpriv_bigint h;
    int64_t plaintext;
    mpriv_bigint randomness;
} mpriv_load_management_dgk_encrypt_input;

int mpriv_decode_load_management_dgk_encrypt(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_dgk_encrypt_input *out);

typedef struct {
    mpriv_bigint ciphertext;
} mpriv_load_management_dgk_encrypt_output;

int mpriv_encode_load_management_dgk_encrypt(mpriv_writer *writer, const mpriv_load_management_dgk_encrypt_output *answer);

/* ---- load_management.dgk_is_zero */

typedef struct {
    mpriv_bigint p;
    mpriv_bigint q;
    int64_t u;
    mpriv_bigint v_p;
    mpriv_bigint v_q;
    mpriv_bigint ciphertext;
} mpriv_load_management_dgk_is_zero_input;

/* Left to the operation:
 * - ciphertext below p * q
 */
int mpriv_decode_load_management_dgk_is_zero(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_dgk_is_zero_input *out);

typedef struct {
    int64_t zero;
} mpriv_load_management_dgk_is_zero_output;

int mpriv_encode_load_management_dgk_is_zero(mpriv_writer *writer, const mpriv_load_management_dgk_is_zero_output *answer);

/* ---- load_management.dgk_request */

typedef struct {
    mpriv_bigint modulus;
    mpriv_bigint g;
    mpriv_bigint h;
    mpriv_list randomness;
    int64_t u;
    int64_t threshold_level;
} mpriv_load_management_dgk_request_input;

/* Read one element of randomness of load_management.dgk_request. */
int mpriv_next_load_management_dgk_request_randomness(mpriv_reader *reader, mpriv_bigint *item);

/* Left to the operation:
 * - threshold_level at most 1 << count(randomness)
 */
int mpriv_decode_load_management_dgk_request(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_dgk_request_input *out);

typedef struct {
    const mpriv_bigint *items;
    size_t count;
} mpriv_load_management_dgk_request_output_bits;

typedef struct {
    mpriv_load_management_dgk_request_output_bits bits;
} mpriv_load_management_dgk_request_output;

int mpriv_encode_load_management_dgk_request(mpriv_writer *writer, const mpriv_load_management_dgk_request_output *answer);

/* ---- load_management.dgk_response */

typedef struct {
    mpriv_bigint modulus;
    mpriv_bigint g;
    mpriv_bigint h;
    mpriv_list bits;
    int64_t u;
    mpriv_list multipliers;
    mpriv_list randomness;
    mpriv_list order;
    int64_t reading_level;
} mpriv_load_management_dgk_response_input;

/* Read one element of bits of load_management.dgk_response. */
int mpriv_next_load_management_dgk_response_bits(mpriv_reader *reader, mpriv_bigint *item);

/* Read one element of multipliers of load_management.dgk_response. */
int mpriv_next_load_management_dgk_response_multipliers(mpriv_reader *reader, int64_t *item);

/* Read one element of randomness of load_management.dgk_response. */
int mpriv_next_load_management_dgk_response_randomness(mpriv_reader *reader, mpriv_bigint *item);

/* Read one element of order of load_management.dgk_response. */
int mpriv_next_load_management_dgk_response_order(mpriv_reader *reader, int64_t *item);

/* Left to the operation:
 * - reading_level at most 1 << count(bits)
 * - range where the order is no permutation of 0, ..., l - 1
 */
int mpriv_decode_load_management_dgk_response(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_dgk_response_input *out);

typedef struct {
    const mpriv_bigint *items;
    size_t count;
} mpriv_load_management_dgk_response_output_ciphertexts;

typedef struct {
    mpriv_load_management_dgk_response_output_ciphertexts ciphertexts;
} mpriv_load_management_dgk_response_output;

int mpriv_encode_load_management_dgk_response(mpriv_writer *writer, const mpriv_load_management_dgk_response_output *answer);

/* ---- load_management.dgk_outcome */

typedef struct {
    mpriv_bigint p;
    mpriv_bigint q;
    int64_t u;
    mpriv_bigint v_p;
    mpriv_bigint v_q;
    int64_t levels;
    mpriv_list ciphertexts;
} mpriv_load_management_dgk_outcome_input;

/* Read one element of ciphertexts of load_management.dgk_outcome. */
int mpriv_next_load_management_dgk_outcome_ciphertexts(mpriv_reader *reader, mpriv_bigint *item);

/* Left to the operation:
 * - ciphertexts_item below p * q
 * - range unless count(ciphertexts) == bits(levels - 1)
 */
int mpriv_decode_load_management_dgk_outcome(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_dgk_outcome_input *out);

typedef struct {
    int64_t at_least;
} mpriv_load_management_dgk_outcome_output;

int mpriv_encode_load_management_dgk_outcome(mpriv_writer *writer, const mpriv_load_management_dgk_outcome_output *answer);

/* ---- load_management.dgk_audit */

typedef struct {
    mpriv_bigint modulus;
    mpriv_bigint g;
    mpriv_bigint h;
    mpriv_list randomness;
    int64_t u;
    int64_t threshold_level;
    mpriv_list bits;
} mpriv_load_management_dgk_audit_input;

/* Read one element of randomness of load_management.dgk_audit. */
int mpriv_next_load_management_dgk_audit_randomness(mpriv_reader *reader, mpriv_bigint *item);

/* Read one element of bits of load_management.dgk_audit. */
int mpriv_next_load_management_dgk_audit_bits(mpriv_reader *reader, mpriv_bigint *item);

/* Left to the operation:
 * - threshold_level at most 1 << count(randomness)
 */
int mpriv_decode_load_management_dgk_audit(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_dgk_audit_input *out);

/* ---- load_management.assign_groups */

typedef struct {
    int64_t node;
    int64_t plan;
    int64_t last_month_wh;
} mpriv_load_management_assign_groups_users_item;

typedef struct {
    int64_t least_members;
    mpriv_list users;
} mpriv_load_management_assign_groups_input;

/* Read one element of users of load_management.assign_groups. */
int mpriv_next_load_management_assign_groups_users(mpriv_reader *reader, mpriv_load_management_assign_groups_users_item *item);

int mpriv_decode_load_management_assign_groups(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_assign_groups_input *out);

typedef struct {
    const int64_t *items;
    size_t count;
} mpriv_load_management_assign_groups_output_groups_item_nodes;

typedef struct {
    int64_t plan;
    mpriv_load_management_assign_groups_output_groups_item_nodes nodes;
} mpriv_load_management_assign_groups_output_groups_item;

typedef struct {
    const mpriv_load_management_assign_groups_output_groups_item *items;
    size_t count;
} mpriv_load_management_assign_groups_output_groups;

typedef struct {
    mpriv_load_management_assign_groups_output_groups groups;
} mpriv_load_management_assign_groups_output;

int mpriv_encode_load_management_assign_groups(mpriv_writer *writer, const mpriv_load_management_assign_groups_output *answer);

/* ---- load_management.group_state */

typedef struct {
    int64_t meters;
    int64_t maximum_wh;
    int64_t total_wh;
    int64_t group_threshold_wh;
    int64_t threshold_policy;
    int64_t parameter_wh;
} mpriv_load_management_group_state_input;

int mpriv_decode_load_management_group_state(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_group_state_input *out);

typedef struct {
    int64_t peak;
    uint8_t threshold_wh_present;
    int64_t threshold_wh;
} mpriv_load_management_group_state_output;

int mpriv_encode_load_management_group_state(mpriv_writer *writer, const mpriv_load_management_group_state_output *answer);

/* ---- load_management.charge */

typedef struct {
    int64_t usage_wh;
    uint8_t threshold_wh_present;
    int64_t threshold_wh;
    int64_t allowance_wh;
} mpriv_load_management_charge_input;

int mpriv_decode_load_management_charge(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_charge_input *out);

typedef struct {
    int64_t high;
    int64_t high_rate;
    int64_t normal_wh;
    int64_t high_wh;
    int64_t allowance_wh;
} mpriv_load_management_charge_output;

int mpriv_encode_load_management_charge(mpriv_writer *writer, const mpriv_load_management_charge_output *answer);

/* ---- load_management.plan_interval */

typedef struct {
    int64_t usage_wh;
    int64_t allowance_wh;
} mpriv_load_management_plan_interval_users_item;

typedef struct {
    int64_t maximum_wh;
    int64_t group_threshold_wh;
    int64_t threshold_policy;
    int64_t parameter_wh;
    mpriv_list users;
} mpriv_load_management_plan_interval_input;

/* Read one element of users of load_management.plan_interval. */
int mpriv_next_load_management_plan_interval_users(mpriv_reader *reader, mpriv_load_management_plan_interval_users_item *item);

int mpriv_decode_load_management_plan_interval(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_plan_interval_input *out);

typedef struct {
    int64_t high;
    int64_t high_rate;
    int64_t normal_wh;
    int64_t high_wh;
    int64_t allowance_wh;
} mpriv_load_management_plan_interval_output_users_item;

typedef struct {
    const mpriv_load_management_plan_interval_output_users_item *items;
    size_t count;
} mpriv_load_management_plan_interval_output_users;

typedef struct {
    int64_t total_wh;
    int64_t peak;
    uint8_t threshold_wh_present;
    int64_t threshold_wh;
    mpriv_load_management_plan_interval_output_users users;
} mpriv_load_management_plan_interval_output;

int mpriv_encode_load_management_plan_interval(mpriv_writer *writer, const mpriv_load_management_plan_interval_output *answer);

/* ---- load_management.user_start */

typedef struct {
    mpriv_octets utility_key;
    mpriv_octets scope;
    int64_t node;
    int64_t maximum_wh;
    int64_t unit_wh;
    int64_t levels;
    int64_t allowance_wh;
    int64_t normal_price;
    int64_t high_price;
    int64_t month;
    mpriv_list deferrable;
} mpriv_load_management_user_start_input;

/* Read one element of deferrable of load_management.user_start. */
int mpriv_next_load_management_user_start_deferrable(mpriv_reader *reader, int64_t *item);

/* Left to the operation:
 * - range unless (levels - 1) * unit_wh >= maximum_wh
 */
int mpriv_decode_load_management_user_start(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_user_start_input *out);

/* ---- load_management.user_reading */

typedef struct {
    int64_t interval;
    int64_t usage_wh;
} mpriv_load_management_user_reading_input;

/* Left to the operation:
 * - range where the usage is above the greatest reading
 */
int mpriv_decode_load_management_user_reading(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_user_reading_input *out);

typedef struct {
    int64_t lapsed;
} mpriv_load_management_user_reading_output;

int mpriv_encode_load_management_user_reading(mpriv_writer *writer, const mpriv_load_management_user_reading_output *answer);

/* ---- load_management.user_settle */

typedef struct {
    mpriv_octets message;
} mpriv_load_management_user_settle_input;

/* Left to the operation:
 * - range where a number of the message is beyond its bounds
 */
int mpriv_decode_load_management_user_settle(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_user_settle_input *out);

typedef struct {
    int64_t high;
    int64_t high_rate;
    int64_t normal_wh;
    int64_t high_wh;
    int64_t allowance_wh;
    mpriv_bigint bill;
} mpriv_load_management_user_settle_output;

int mpriv_encode_load_management_user_settle(mpriv_writer *writer, const mpriv_load_management_user_settle_output *answer);

/* ---- load_management.user_compare_yao */

typedef struct {
    mpriv_bigint p;
    mpriv_bigint q;
    mpriv_bigint exponent;
    mpriv_bigint message;
    mpriv_list candidates;
} mpriv_load_management_user_compare_yao_input;

/* Read one element of candidates of load_management.user_compare_yao. */
int mpriv_next_load_management_user_compare_yao_candidates(mpriv_reader *reader, mpriv_bigint *item);

/* Left to the operation:
 * - message below p * q
 * - range where a candidate is not prime, or the ladder has more than 256 levels
 */
int mpriv_decode_load_management_user_compare_yao(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_user_compare_yao_input *out);

typedef struct {
    const mpriv_bigint *items;
    size_t count;
} mpriv_load_management_user_compare_yao_output_residues;

typedef struct {
    mpriv_bigint prime;
    mpriv_load_management_user_compare_yao_output_residues residues;
    int64_t used;
} mpriv_load_management_user_compare_yao_output;

int mpriv_encode_load_management_user_compare_yao(mpriv_writer *writer, const mpriv_load_management_user_compare_yao_output *answer);

/* ---- load_management.user_compare_dgk */

typedef struct {
    mpriv_bigint modulus;
    mpriv_bigint g;
    mpriv_bigint h;
    mpriv_list bits;
    int64_t u;
    mpriv_list multipliers;
    mpriv_list randomness;
    mpriv_list order;
} mpriv_load_management_user_compare_dgk_input;

/* Read one element of bits of load_management.user_compare_dgk. */
int mpriv_next_load_management_user_compare_dgk_bits(mpriv_reader *reader, mpriv_bigint *item);

/* Read one element of multipliers of load_management.user_compare_dgk. */
int mpriv_next_load_management_user_compare_dgk_multipliers(mpriv_reader *reader, int64_t *item);

/* Read one element of randomness of load_management.user_compare_dgk. */
int mpriv_next_load_management_user_compare_dgk_randomness(mpriv_reader *reader, mpriv_bigint *item);

/* Read one element of order of load_management.user_compare_dgk. */
int mpriv_next_load_management_user_compare_dgk_order(mpriv_reader *reader, int64_t *item);

/* Left to the operation:
 * - range where there are not as many ciphertexts as a level has bits, or the order is no permutation of 0, ..., l - 1
 */
int mpriv_decode_load_management_user_compare_dgk(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_user_compare_dgk_input *out);

typedef struct {
    const mpriv_bigint *items;
    size_t count;
} mpriv_load_management_user_compare_dgk_output_ciphertexts;

typedef struct {
    mpriv_load_management_user_compare_dgk_output_ciphertexts ciphertexts;
} mpriv_load_management_user_compare_dgk_output;

int mpriv_encode_load_management_user_compare_dgk(mpriv_writer *writer, const mpriv_load_management_user_compare_dgk_output *answer);

/* ---- load_management.user_audit_yao */

typedef struct {
    mpriv_bigint x;
} mpriv_load_management_user_audit_yao_input;

/* Left to the operation:
 * - range where x is above N - 2
 */
int mpriv_decode_load_management_user_audit_yao(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_user_audit_yao_input *out);

/* ---- load_management.user_audit_dgk */

typedef struct {
    mpriv_list randomness;
} mpriv_load_management_user_audit_dgk_input;

/* Read one element of randomness of load_management.user_audit_dgk. */
int mpriv_next_load_management_user_audit_dgk_randomness(mpriv_reader *reader, mpriv_bigint *item);

/* Left to the operation:
 * - range where there are not as many random numbers as a level has bits
 */
int mpriv_decode_load_management_user_audit_dgk(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_user_audit_dgk_input *out);

/* ---- load_management.user_signals */

typedef struct {
    mpriv_octets private_key;
} mpriv_load_management_user_signals_input;

int mpriv_decode_load_management_user_signals(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_user_signals_input *out);

typedef struct {
    const mpriv_octets *items;
    size_t count;
} mpriv_load_management_user_signals_output_messages;

typedef struct {
    mpriv_load_management_user_signals_output_messages messages;
} mpriv_load_management_user_signals_output;

int mpriv_encode_load_management_user_signals(mpriv_writer *writer, const mpriv_load_management_user_signals_output *answer);

/* ---- load_management.user_month */

typedef struct {
    int64_t month;
} mpriv_load_management_user_month_input;

int mpriv_decode_load_management_user_month(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_user_month_input *out);

typedef struct {
    int64_t normal_wh;
    int64_t high_wh;
    int64_t lapsed;
    mpriv_bigint bill;
} mpriv_load_management_user_month_output;

int mpriv_encode_load_management_user_month(mpriv_writer *writer, const mpriv_load_management_user_month_output *answer);

/* ---- load_management.utility_start */

typedef struct {
    mpriv_octets scope;
    mpriv_list members;
    int64_t maximum_wh;
    int64_t unit_wh;
    int64_t levels;
    int64_t group_threshold_wh;
    int64_t threshold_policy;
    int64_t parameter_wh;
} mpriv_load_management_utility_start_input;

/* Read one element of members of load_management.utility_start. */
int mpriv_next_load_management_utility_start_members(mpriv_reader *reader, int64_t *item);

/* Left to the operation:
 * - range unless (levels - 1) * unit_wh >= maximum_wh
 */
int mpriv_decode_load_management_utility_start(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_utility_start_input *out);

/* ---- load_management.utility_total */

typedef struct {
    mpriv_octets private_key;
    int64_t interval;
    int64_t total_wh;
} mpriv_load_management_utility_total_input;

/* Left to the operation:
 * - range where the total is above what the group can use
 */
int mpriv_decode_load_management_utility_total(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_utility_total_input *out);

typedef struct {
    int64_t peak;
    uint8_t threshold_wh_present;
    int64_t threshold_wh;
    mpriv_octets message;
} mpriv_load_management_utility_total_output;

int mpriv_encode_load_management_utility_total(mpriv_writer *writer, const mpriv_load_management_utility_total_output *answer);

/* ---- load_management.utility_outcome */

typedef struct {
    int64_t node;
    int64_t interval;
    int64_t at_least;
} mpriv_load_management_utility_outcome_input;

/* Left to the operation:
 * - range where the node is no member of the group
 */
int mpriv_decode_load_management_utility_outcome(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_utility_outcome_input *out);

typedef struct {
    int64_t outstanding;
} mpriv_load_management_utility_outcome_output;

int mpriv_encode_load_management_utility_outcome(mpriv_writer *writer, const mpriv_load_management_utility_outcome_output *answer);

/* ---- load_management.ring_roster */

typedef struct {
    int64_t node;
    mpriv_octets signing_key;
    mpriv_octets sealing_key;
} mpriv_load_management_ring_roster_members_item;

typedef struct {
    mpriv_octets group;
    mpriv_bigint modulus;
    mpriv_list members;
    int64_t least_members;
    int64_t maximum_wh;
} mpriv_load_management_ring_roster_input;

/* Read one element of members of load_management.ring_roster. */
int mpriv_next_load_management_ring_roster_members(mpriv_reader *reader, mpriv_load_management_ring_roster_members_item *item);

/* Left to the operation:
 * - maximum_wh at most min(4294967295, (modulus - 1) // (2 * count(members)))
 * - range where two members have the same signing key or the same sealing key
 */
int mpriv_decode_load_management_ring_roster(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_ring_roster_input *out);

typedef struct {
    mpriv_octets digest;
} mpriv_load_management_ring_roster_output;

int mpriv_encode_load_management_ring_roster(mpriv_writer *writer, const mpriv_load_management_ring_roster_output *answer);

/* ---- load_management.ring_start */

typedef struct {
    mpriv_bigint modulus;
    int64_t maximum_wh;
    int64_t reading_wh;
    mpriv_bigint randomness;
} mpriv_load_management_ring_start_input;

/* Left to the operation:
 * - maximum_wh at most min(4294967295, (modulus - 1) // 6)
 */
int mpriv_decode_load_management_ring_start(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_ring_start_input *out);

typedef struct {
    mpriv_bigint ciphertext;
} mpriv_load_management_ring_start_output;

int mpriv_encode_load_management_ring_start(mpriv_writer *writer, const mpriv_load_management_ring_start_output *answer);

/* ---- load_management.ring_add */

typedef struct {
    mpriv_bigint modulus;
    int64_t maximum_wh;
    mpriv_bigint previous;
    int64_t reading_wh;
    mpriv_bigint randomness;
} mpriv_load_management_ring_add_input;

/* Left to the operation:
 * - maximum_wh at most min(4294967295, (modulus - 1) // 6)
 * - previous below modulus ** 2
 */
int mpriv_decode_load_management_ring_add(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_ring_add_input *out);

typedef struct {
    mpriv_bigint ciphertext;
} mpriv_load_management_ring_add_output;

int mpriv_encode_load_management_ring_add(mpriv_writer *writer, const mpriv_load_management_ring_add_output *answer);

/* ---- load_management.ring_stop */

typedef struct {
    mpriv_bigint p;
    mpriv_bigint q;
    int64_t members;
    int64_t maximum_wh;
    mpriv_bigint ciphertext;
} mpriv_load_management_ring_stop_input;

/* Left to the operation:
 * - maximum_wh at most min(4294967295, (p * q - 1) // (2 * members))
 * - ciphertext below (p * q) ** 2
 */
int mpriv_decode_load_management_ring_stop(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_ring_stop_input *out);

typedef struct {
    int64_t total_wh;
} mpriv_load_management_ring_stop_output;

int mpriv_encode_load_management_ring_stop(mpriv_writer *writer, const mpriv_load_management_ring_stop_output *answer);

/* ---- load_management.sign_hop */

typedef struct {
    mpriv_octets private_key;
    mpriv_octets roster;
    int64_t node;
    int64_t interval;
    int64_t position;
    mpriv_bigint modulus;
    mpriv_bigint ciphertext;
} mpriv_load_management_sign_hop_input;

/* Left to the operation:
 * - ciphertext below modulus ** 2
 */
int mpriv_decode_load_management_sign_hop(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_sign_hop_input *out);

typedef struct {
    mpriv_octets message;
} mpriv_load_management_sign_hop_output;

int mpriv_encode_load_management_sign_hop(mpriv_writer *writer, const mpriv_load_management_sign_hop_output *answer);

/* ---- load_management.check_hop */

typedef struct {
    mpriv_octets public_key;
    mpriv_octets roster;
    int64_t node;
    int64_t interval;
    int64_t position;
    int64_t next_interval;
    mpriv_bigint modulus;
    mpriv_octets message;
} mpriv_load_management_check_hop_input;

/* Left to the operation:
 * - range where the ciphertext is not in [1, n^2)
 */
int mpriv_decode_load_management_check_hop(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_check_hop_input *out);

typedef struct {
    mpriv_bigint ciphertext;
} mpriv_load_management_check_hop_output;

int mpriv_encode_load_management_check_hop(mpriv_writer *writer, const mpriv_load_management_check_hop_output *answer);

/* ---- load_management.seal_hop */

typedef struct {
    mpriv_octets ephemeral_private_key;
    mpriv_octets sealing_key;
    mpriv_octets roster;
    int64_t interval;
    int64_t position;
    mpriv_octets message;
} mpriv_load_management_seal_hop_input;

int mpriv_decode_load_management_seal_hop(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_seal_hop_input *out);

typedef struct {
    mpriv_octets sealed;
} mpriv_load_management_seal_hop_output;

int mpriv_encode_load_management_seal_hop(mpriv_writer *writer, const mpriv_load_management_seal_hop_output *answer);

/* ---- load_management.open_hop */

typedef struct {
    mpriv_octets private_key;
    mpriv_octets roster;
    int64_t interval;
    int64_t position;
    mpriv_octets sealed;
} mpriv_load_management_open_hop_input;

int mpriv_decode_load_management_open_hop(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_open_hop_input *out);

typedef struct {
    mpriv_octets message;
} mpriv_load_management_open_hop_output;

int mpriv_encode_load_management_open_hop(mpriv_writer *writer, const mpriv_load_management_open_hop_output *answer);

/* ---- load_management.audit_ring */

typedef struct {
    int64_t node;
    mpriv_octets signing_key;
} mpriv_load_management_audit_ring_members_item;

typedef struct {
    mpriv_octets roster;
    int64_t interval;
    mpriv_bigint modulus;
    mpriv_list members;
    mpriv_list messages;
} mpriv_load_management_audit_ring_input;

/* Read one element of members of load_management.audit_ring. */
int mpriv_next_load_management_audit_ring_members(mpriv_reader *reader, mpriv_load_management_audit_ring_members_item *item);

/* Read one element of messages of load_management.audit_ring. */
int mpriv_next_load_management_audit_ring_messages(mpriv_reader *reader, mpriv_octets *item);

/* Left to the operation:
 * - range where the ciphertext is not in [1, n^2)
 */
int mpriv_decode_load_management_audit_ring(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_audit_ring_input *out);

typedef struct {
    mpriv_bigint ciphertext;
} mpriv_load_management_audit_ring_output;

int mpriv_encode_load_management_audit_ring(mpriv_writer *writer, const mpriv_load_management_audit_ring_output *answer);

/* ---- load_management.encrypt_day */

typedef struct {
    mpriv_bigint modulus;
    int64_t maximum_wh;
    int64_t normal_wh;
    int64_t high_wh;
    mpriv_bigint normal_randomness;
    mpriv_bigint high_randomness;
} mpriv_load_management_encrypt_day_input;

/* Left to the operation:
 * - maximum_wh at most min(4294967295, modulus - 1)
 */
int mpriv_decode_load_management_encrypt_day(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_encrypt_day_input *out);

typedef struct {
    mpriv_bigint normal;
    mpriv_bigint high;
} mpriv_load_management_encrypt_day_output;

int mpriv_encode_load_management_encrypt_day(mpriv_writer *writer, const mpriv_load_management_encrypt_day_output *answer);

/* ---- load_management.aggregate_month */

typedef struct {
    mpriv_bigint normal;
    mpriv_bigint high;
} mpriv_load_management_aggregate_month_counters_item;

typedef struct {
    mpriv_bigint modulus;
    mpriv_list counters;
    int64_t days;
    int64_t maximum_wh;
    int64_t price_normal;
    int64_t price_high;
} mpriv_load_management_aggregate_month_input;

/* Read one element of counters of load_management.aggregate_month. */
int mpriv_next_load_management_aggregate_month_counters(mpriv_reader *reader, mpriv_load_management_aggregate_month_counters_item *item);

/* Left to the operation:
 * - counters_item_normal below modulus ** 2
 * - counters_item_high below modulus ** 2
 * - range unless days * maximum_wh * (price_normal + price_high) < modulus
 */
int mpriv_decode_load_management_aggregate_month(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_aggregate_month_input *out);

typedef struct {
    mpriv_bigint normal;
    mpriv_bigint high;
    mpriv_bigint bill;
} mpriv_load_management_aggregate_month_output;

int mpriv_encode_load_management_aggregate_month(mpriv_writer *writer, const mpriv_load_management_aggregate_month_output *answer);

/* ---- load_management.recover_opening */

typedef struct {
    mpriv_bigint p;
    mpriv_bigint q;
    mpriv_bigint ciphertext;
} mpriv_load_management_recover_opening_input;

/* Left to the operation:
 * - ciphertext below (p * q) ** 2
 */
int mpriv_decode_load_management_recover_opening(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_recover_opening_input *out);

typedef struct {
    mpriv_bigint value;
    mpriv_bigint randomness;
} mpriv_load_management_recover_opening_output;

int mpriv_encode_load_management_recover_opening(mpriv_writer *writer, const mpriv_load_management_recover_opening_output *answer);

/* ---- load_management.combine_openings */

typedef struct {
    mpriv_bigint value;
    mpriv_bigint randomness;
    int64_t scalar;
} mpriv_load_management_combine_openings_openings_item;

typedef struct {
    mpriv_bigint modulus;
    mpriv_list openings;
} mpriv_load_management_combine_openings_input;

/* Read one element of openings of load_management.combine_openings. */
int mpriv_next_load_management_combine_openings_openings(mpriv_reader *reader, mpriv_load_management_combine_openings_openings_item *item);

int mpriv_decode_load_management_combine_openings(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_combine_openings_input *out);

typedef struct {
    mpriv_bigint value;
    mpriv_bigint randomness;
} mpriv_load_management_combine_openings_output;

int mpriv_encode_load_management_combine_openings(mpriv_writer *writer, const mpriv_load_management_combine_openings_output *answer);

/* ---- load_management.verify_opening */

typedef struct {
    mpriv_bigint modulus;
    mpriv_bigint ciphertext;
    mpriv_bigint value;
    mpriv_bigint randomness;
} mpriv_load_management_verify_opening_input;

/* Left to the operation:
 * - ciphertext below modulus ** 2
 */
int mpriv_decode_load_management_verify_opening(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_verify_opening_input *out);

/* ---- load_management.verify_bill */

typedef struct {
    mpriv_bigint normal;
    mpriv_bigint high;
} mpriv_load_management_verify_bill_counters_item;

typedef struct {
    mpriv_bigint modulus;
    mpriv_list counters;
    int64_t days;
    int64_t maximum_wh;
    int64_t price_normal;
    int64_t price_high;
    mpriv_bigint bill;
    mpriv_bigint bill_randomness;
} mpriv_load_management_verify_bill_input;

/* Read one element of counters of load_management.verify_bill. */
int mpriv_next_load_management_verify_bill_counters(mpriv_reader *reader, mpriv_load_management_verify_bill_counters_item *item);

/* Left to the operation:
 * - counters_item_normal below modulus ** 2
 * - counters_item_high below modulus ** 2
 * - range unless days * maximum_wh * (price_normal + price_high) < modulus
 */
int mpriv_decode_load_management_verify_bill(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_verify_bill_input *out);

/* ---- load_management.verify_statement */

typedef struct {
    mpriv_bigint normal;
    mpriv_bigint high;
} mpriv_load_management_verify_statement_counters_item;

typedef struct {
    mpriv_bigint modulus;
    mpriv_list counters;
    int64_t days;
    int64_t maximum_wh;
    int64_t price_normal;
    int64_t price_high;
    mpriv_bigint normal;
    mpriv_bigint normal_randomness;
    mpriv_bigint high;
    mpriv_bigint high_randomness;
    mpriv_bigint bill;
    mpriv_bigint bill_randomness;
} mpriv_load_management_verify_statement_input;

/* Read one element of counters of load_management.verify_statement. */
int mpriv_next_load_management_verify_statement_counters(mpriv_reader *reader, mpriv_load_management_verify_statement_counters_item *item);

/* Left to the operation:
 * - counters_item_normal below modulus ** 2
 * - counters_item_high below modulus ** 2
 * - range unless days * maximum_wh * (price_normal + price_high) < modulus
 */
int mpriv_decode_load_management_verify_statement(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_verify_statement_input *out);

/* ---- load_management.meter_start */

typedef struct {
    mpriv_bigint p;
    mpriv_bigint q;
    int64_t maximum_wh;
    int64_t days;
} mpriv_load_management_meter_start_input;

/* Left to the operation:
 * - maximum_wh at most min(4294967295, p * q - 1)
 */
int mpriv_decode_load_management_meter_start(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_meter_start_input *out);

/* ---- load_management.meter_day */

typedef struct {
    int64_t day;
    int64_t normal_wh;
    int64_t high_wh;
    mpriv_bigint normal_randomness;
    mpriv_bigint high_randomness;
} mpriv_load_management_meter_day_input;

/* Left to the operation:
 * - range where the day is beyond the month, the counters exceed the greatest of a day, or a randomness is not below n
 */
int mpriv_decode_load_management_meter_day(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_meter_day_input *out);

typedef struct {
    mpriv_bigint normal;
    mpriv_bigint high;
} mpriv_load_management_meter_day_output;

int mpriv_encode_load_management_meter_day(mpriv_writer *writer, const mpriv_load_management_meter_day_output *answer);

/* ---- load_management.meter_bill */

typedef struct {
    int64_t price_normal;
    int64_t price_high;
} mpriv_load_management_meter_bill_input;

/* Left to the operation:
 * - range where the largest bill does not fit
 */
int mpriv_decode_load_management_meter_bill(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_meter_bill_input *out);

typedef struct {
    mpriv_bigint bill;
    mpriv_bigint randomness;
} mpriv_load_management_meter_bill_output;

int mpriv_encode_load_management_meter_bill(mpriv_writer *writer, const mpriv_load_management_meter_bill_output *answer);

/* ---- load_management.meter_totals */

int mpriv_decode_load_management_meter_totals(const uint8_t *payload, size_t length, uint8_t profile);

typedef struct {
    mpriv_bigint normal;
    mpriv_bigint normal_randomness;
    mpriv_bigint high;
    mpriv_bigint high_randomness;
} mpriv_load_management_meter_totals_output;

int mpriv_encode_load_management_meter_totals(mpriv_writer *writer, const mpriv_load_management_meter_totals_output *answer);

/* ---- load_management.meter_verdict */

typedef struct {
    mpriv_bigint ciphertext;
    mpriv_bigint bill;
} mpriv_load_management_meter_verdict_input;

int mpriv_decode_load_management_meter_verdict(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_meter_verdict_input *out);

typedef struct {
    int64_t accepted;
} mpriv_load_management_meter_verdict_output;

int mpriv_encode_load_management_meter_verdict(mpriv_writer *writer, const mpriv_load_management_meter_verdict_output *answer);

/* ---- load_management.generate_prime */

typedef struct {
    int64_t bits;
    mpriv_octets seed;
} mpriv_load_management_generate_prime_input;

int mpriv_decode_load_management_generate_prime(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_generate_prime_input *out);

typedef struct {
    mpriv_bigint prime;
} mpriv_load_management_generate_prime_output;

int mpriv_encode_load_management_generate_prime(mpriv_writer *writer, const mpriv_load_management_generate_prime_output *answer);

/* ---- load_management.prove_modulus */

typedef struct {
    mpriv_bigint p;
    mpriv_bigint q;
    mpriv_octets context;
    int64_t rounds;
} mpriv_load_management_prove_modulus_input;

/* Left to the operation:
 * - range unless min(p, q) ** rounds >= 1 << 128
 */
int mpriv_decode_load_management_prove_modulus(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_prove_modulus_input *out);

typedef struct {
    const mpriv_bigint *items;
    size_t count;
} mpriv_load_management_prove_modulus_output_roots;

typedef struct {
    mpriv_load_management_prove_modulus_output_roots roots;
} mpriv_load_management_prove_modulus_output;

int mpriv_encode_load_management_prove_modulus(mpriv_writer *writer, const mpriv_load_management_prove_modulus_output *answer);

/* ---- load_management.verify_modulus */

typedef struct {
    mpriv_bigint modulus;
    mpriv_octets context;
    mpriv_list roots;
} mpriv_load_management_verify_modulus_input;

/* Read one element of roots of load_management.verify_modulus. */
int mpriv_next_load_management_verify_modulus_roots(mpriv_reader *reader, mpriv_bigint *item);

/* Left to the operation:
 * - range where the modulus is prime, or has a prime factor below the bound that the rounds ask for
 */
int mpriv_decode_load_management_verify_modulus(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_verify_modulus_input *out);

/* ---- load_management.sign_message */

typedef struct {
    mpriv_octets private_key;
    int64_t type;
    mpriv_octets body;
} mpriv_load_management_sign_message_input;

/* Left to the operation:
 * - range where a value of the body is out of its range
 */
int mpriv_decode_load_management_sign_message(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_sign_message_input *out);

typedef struct {
    mpriv_octets message;
} mpriv_load_management_sign_message_output;

int mpriv_encode_load_management_sign_message(mpriv_writer *writer, const mpriv_load_management_sign_message_output *answer);

/* ---- load_management.check_message */

typedef struct {
    mpriv_octets public_key;
    int64_t type;
    mpriv_octets scope;
    int64_t next_sequence;
    mpriv_octets message;
} mpriv_load_management_check_message_input;

/* Left to the operation:
 * - range where a value of the body is out of its range
 */
int mpriv_decode_load_management_check_message(const uint8_t *payload, size_t length, uint8_t profile, mpriv_load_management_check_message_input *out);

typedef struct {
    mpriv_octets body;
    int64_t sequence;
} mpriv_load_management_check_message_output;

int mpriv_encode_load_management_check_message(mpriv_writer *writer, const mpriv_load_management_check_message_output *answer);

/* ---- paillier.key */

typedef struct {
    mpriv_bigint p;
    mpriv_bigint q;
} mpriv_paillier_key_input;

/* Left to the operation:
 * - range where p or q is not prime
 */
int mpriv_decode_paillier_key(const uint8_t *payload, size_t length, uint8_t profile, mpriv_paillier_key_input *out);

typedef struct {
    mpriv_bigint modulus;
    mpriv_bigint lambda;
    mpriv_bigint mu;
} mpriv_paillier_key_output;

int mpriv_encode_paillier_key(mpriv_writer *writer, const mpriv_paillier_key_output *answer);

/* ---- paillier.key_with_generator */

typedef struct {
    mpriv_bigint p;
    mpriv_bigint q;
    mpriv_bigint generator;
} mpriv_paillier_key_with_generator_input;

/* Left to the operation:
 * - generator below (p * q) ** 2
 * - range where p or q is not prime
 */
int mpriv_decode_paillier_key_with_generator(const uint8_t *payload, size_t length, uint8_t profile, mpriv_paillier_key_with_generator_input *out);

typedef struct {
    mpriv_bigint modulus;
    mpriv_bigint lambda;
    mpriv_bigint mu;
} mpriv_paillier_key_with_generator_output;

int mpriv_encode_paillier_key_with_generator(mpriv_writer *writer, const mpriv_paillier_key_with_generator_output *answer);

/* ---- paillier.check_modulus */

typedef struct {
    mpriv_bigint modulus;
} mpriv_paillier_check_modulus_input;

/* Left to the operation:
 * - range where the modulus is prime
 * - range where the modulus is a perfect power
 * - range unless gcd(modulus, primorial(1000)) == 1
 */
int mpriv_decode_paillier_check_modulus(const uint8_t *payload, size_t length, uint8_t profile, mpriv_paillier_check_modulus_input *out);

typedef struct {
    int64_t bits;
} mpriv_paillier_check_modulus_output;

int mpriv_encode_paillier_check_modulus(mpriv_writer *writer, const mpriv_paillier_check_modulus_output *answer);

/* ---- paillier.encrypt */

typedef struct {
    mpriv_bigint modulus;
    mpriv_bigint plaintext;
    mpriv_bigint randomness;
} mpriv_paillier_encrypt_input;

int mpriv_decode_paillier_encrypt(const uint8_t *payload, size_t length, uint8_t profile, mpriv_paillier_encrypt_input *out);

typedef struct {
    mpriv_bigint ciphertext;
} mpriv_paillier_encrypt_output;

int mpriv_encode_paillier_encrypt(mpriv_writer *writer, const mpriv_paillier_encrypt_output *answer);

/* ---- paillier.encrypt_with_factors */

typedef struct {
    mpriv_bigint p;
    mpriv_bigint q;
    mpriv_bigint plaintext;
    mpriv_bigint randomness;
} mpriv_paillier_encrypt_with_factors_input;

/* Left to the operation:
 * - plaintext below p * q
 * - randomness below p * q
 */
int mpriv_decode_paillier_encrypt_with_factors(const uint8_t *payload, size_t length, uint8_t profile, mpriv_paillier_encrypt_with_factors_input *out);

typedef struct {
    mpriv_bigint ciphertext;
} mpriv_paillier_encrypt_with_factors_output;

int mpriv_encode_paillier_encrypt_with_factors(mpriv_writer *writer, const mpriv_paillier_encrypt_with_factors_output *answer);

/* ---- paillier.encrypt_with_generator */

typedef struct {
    mpriv_bigint modulus;
    mpriv_bigint generator;
    mpriv_bigint plaintext;
    mpriv_bigint randomness;
} mpriv_paillier_encrypt_with_generator_input;

/* Left to the operation:
 * - generator below modulus ** 2
 */
int mpriv_decode_paillier_encrypt_with_generator(const uint8_t *payload, size_t length, uint8_t profile, mpriv_paillier_encrypt_with_generator_input *out);

typedef struct {
    mpriv_bigint ciphertext;
} mpriv_paillier_encrypt_with_generator_output;

int mpriv_encode_paillier_encrypt_with_generator(mpriv_writer *writer, const mpriv_paillier_encrypt_with_generator_output *answer);

/* ---- paillier.decrypt */

typedef struct {
    mpriv_bigint p;
    mpriv_bigint q;
    mpriv_bigint ciphertext;
} mpriv_paillier_decrypt_input;

/* Left to the operation:
 * - ciphertext below (p * q) ** 2
 */
int mpriv_decode_paillier_decrypt(const uint8_t *payload, size_t length, uint8_t profile, mpriv_paillier_decrypt_input *out);

typedef struct {
    mpriv_bigint plaintext;
} mpriv_paillier_decrypt_output;

int mpriv_encode_paillier_decrypt(mpriv_writer *writer, const mpriv_paillier_decrypt_output *answer);

/* ---- paillier.decrypt_with_generator */

typedef struct {
    mpriv_bigint p;
    mpriv_bigint q;
    mpriv_bigint generator;
    mpriv_bigint ciphertext;
} mpriv_paillier_decrypt_with_generator_input;

/* Left to the operation:
 * - generator below (p * q) ** 2
 * - ciphertext below (p * q) ** 2
 */
int mpriv_decode_paillier_decrypt_with_generator(const uint8_t *payload, size_t length, uint8_t profile, mpriv_paillier_decrypt_with_generator_input *out);

typedef struct {
    mpriv_bigint plaintext;
} mpriv_paillier_decrypt_with_generator_output;

int mpriv_encode_paillier_decrypt_with_generator(mpriv_writer *writer, const mpriv_paillier_decrypt_with_generator_output *answer);

/* ---- paillier.add */

typedef struct {
    mpriv_bigint modulus;
    mpriv_list ciphertexts;
} mpriv_paillier_add_input;

/* Read one element of ciphertexts of paillier.add. */
int mpriv_next_paillier_add_ciphertexts(mpriv_reader *reader, mpriv_bigint *item);

/* Left to the operation:
 * - ciphertexts_item below modulus ** 2
 */
int mpriv_decode_paillier_add(const uint8_t *payload, size_t length, uint8_t profile, mpriv_paillier_add_input *out);

typedef struct {
    mpriv_bigint ciphertext;
} mpriv_paillier_add_output;

int mpriv_encode_paillier_add(mpriv_writer *writer, const mpriv_paillier_add_output *answer);

/* ---- paillier.scale */

typedef struct {
    mpriv_bigint modulus;
    mpriv_bigint ciphertext;
    mpriv_bigint scalar;
} mpriv_paillier_scale_input;

/* Left to the operation:
 * - ciphertext below modulus ** 2
 */
int mpriv_decode_paillier_scale(const uint8_t *payload, size_t length, uint8_t profile, mpriv_paillier_scale_input *out);

typedef struct {
    mpriv_bigint ciphertext;
} mpriv_paillier_scale_output;

int mpriv_encode_paillier_scale(mpriv_writer *writer, const mpriv_paillier_scale_output *answer);

/* ---- paillier.rerandomise */

typedef struct {
    mpriv_bigint modulus;
    mpriv_bigint ciphertext;
    mpriv_bigint randomness;
} mpriv_paillier_rerandomise_input;

/* Left to the operation:
 * - ciphertext below modulus ** 2
 */
int mpriv_decode_paillier_rerandomise(const uint8_t *payload, size_t length, uint8_t profile, mpriv_paillier_rerandomise_input *out);

typedef struct {
    mpriv_bigint ciphertext;
} mpriv_paillier_rerandomise_output;

int mpriv_encode_paillier_rerandomise(mpriv_writer *writer, const mpriv_paillier_rerandomise_output *answer);

/* ---- paillier.encode_signed */

typedef struct {
    mpriv_bigint modulus;
    mpriv_bigint value;
} mpriv_paillier_encode_signed_input;

int mpriv_decode_paillier_encode_signed(const uint8_t *payload, size_t length, uint8_t profile, mpriv_paillier_encode_signed_input *out);

typedef struct {
    mpriv_bigint plaintext;
} mpriv_paillier_encode_signed_output;

int mpriv_encode_paillier_encode_signed(mpriv_writer *writer, const mpriv_paillier_encode_signed_output *answer);

/* ---- paillier.decode_signed */

typedef struct {
    mpriv_bigint modulus;
    mpriv_bigint plaintext;
} mpriv_paillier_decode_signed_input;

int mpriv_decode_paillier_decode_signed(const uint8_t *payload, size_t length, uint8_t profile, mpriv_paillier_decode_signed_input *out);

typedef struct {
    mpriv_bigint value;
} mpriv_paillier_decode_signed_output;

int mpriv_encode_paillier_decode_signed(mpriv_writer *writer, const mpriv_paillier_decode_signed_output *answer);

/* ---- paillier.headroom */

typedef struct {
    mpriv_bigint modulus;
    int64_t meters;
    int64_t maximum_wh;
} mpriv_paillier_headroom_input;

/* Left to the operation:
 * - range unless 2 * meters * maximum_wh < modulus
 */
int mpriv_decode_paillier_headroom(const uint8_t *payload, size_t length, uint8_t profile, mpriv_paillier_headroom_input *out);

typedef struct {
    mpriv_bigint largest_sum_wh;
} mpriv_paillier_headroom_output;

int mpriv_encode_paillier_headroom(mpriv_writer *writer, const mpriv_paillier_headroom_output *answer);

/* ---- paillier.encryptor_start */

typedef struct {
    mpriv_bigint modulus;
} mpriv_paillier_encryptor_start_input;

int mpriv_decode_paillier_encryptor_start(const uint8_t *payload, size_t length, uint8_t profile, mpriv_paillier_encryptor_start_input *out);

/* ---- paillier.encryptor_encrypt */

typedef struct {
    mpriv_bigint plaintext;
    mpriv_bigint randomness;
} mpriv_paillier_encryptor_encrypt_input;

/* Left to the operation:
 * - range where the plaintext or the randomness is not below the session's modulus
 */
int mpriv_decode_paillier_encryptor_encrypt(const uint8_t *payload, size_t length, uint8_t profile, mpriv_paillier_encryptor_encrypt_input *out);

typedef struct {
    mpriv_bigint ciphertext;
} mpriv_paillier_encryptor_encrypt_output;

int mpriv_encode_paillier_encryptor_encrypt(mpriv_writer *writer, const mpriv_paillier_encryptor_encrypt_output *answer);

/* ---- privacy_power.leakage */

typedef struct {
    mpriv_list loads;
    mpriv_list probabilities;
    double power;
} mpriv_privacy_power_leakage_input;

/* Read one element of loads of privacy_power.leakage. */
int mpriv_next_privacy_power_leakage_loads(mpriv_reader *reader, double *item);

/* Read one element of probabilities of privacy_power.leakage. */
int mpriv_next_privacy_power_leakage_probabilities(mpriv_reader *reader, double *item);

/* Left to the operation:
 * - probabilities of privacy_power.leakage adding up to 1 within 2^-40
 */
int mpriv_decode_privacy_power_leakage(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_leakage_input *out);

typedef struct {
    double leakage_bits;
    uint8_t slope_nats_present;
    double slope_nats;
} mpriv_privacy_power_leakage_output;

int mpriv_encode_privacy_power_leakage(mpriv_writer *writer, const mpriv_privacy_power_leakage_output *answer);

/* ---- privacy_power.allocate */

typedef struct {
    mpriv_list loads;
    mpriv_list probabilities;
} mpriv_privacy_power_allocate_users_item;

typedef struct {
    mpriv_list users;
    double power;
} mpriv_privacy_power_allocate_input;

/* Read one element of users_item_loads of privacy_power.allocate. */
int mpriv_next_privacy_power_allocate_users_item_loads(mpriv_reader *reader, double *item);

/* Read one element of users_item_probabilities of privacy_power.allocate. */
int mpriv_next_privacy_power_allocate_users_item_probabilities(mpriv_reader *reader, double *item);

/* Read one element of users of privacy_power.allocate. */
int mpriv_next_privacy_power_allocate_users(mpriv_reader *reader, mpriv_privacy_power_allocate_users_item *item);

/* Left to the operation:
 * - malformed unless probabilities in users is as long as loads
 * - users_item_probabilities of privacy_power.allocate adding up to 1 within 2^-40
 */
int mpriv_decode_privacy_power_allocate(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_allocate_input *out);

typedef struct {
    const double *items;
    size_t count;
} mpriv_privacy_power_allocate_output_powers;

typedef struct {
    const double *items;
    size_t count;
} mpriv_privacy_power_allocate_output_leakages_bits;

typedef struct {
    mpriv_privacy_power_allocate_output_powers powers;
    mpriv_privacy_power_allocate_output_leakages_bits leakages_bits;
} mpriv_privacy_power_allocate_output;

int mpriv_encode_privacy_power_allocate(mpriv_writer *writer, const mpriv_privacy_power_allocate_output *answer);

/* ---- privacy_power.allocate_exponential */

typedef struct {
    mpriv_list means;
    double power;
} mpriv_privacy_power_allocate_exponential_input;

/* Read one element of means of privacy_power.allocate_exponential. */
int mpriv_next_privacy_power_allocate_exponential_means(mpriv_reader *reader, double *item);

int mpriv_decode_privacy_power_allocate_exponential(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_allocate_exponential_input *out);

typedef struct {
    const double *items;
    size_t count;
} mpriv_privacy_power_allocate_exponential_output_powers;

typedef struct {
    double level;
    mpriv_privacy_power_allocate_exponential_output_powers powers;
    double leakage_nats;
} mpriv_privacy_power_allocate_exponential_output;

int mpriv_encode_privacy_power_allocate_exponential(mpriv_writer *writer, const mpriv_privacy_power_allocate_exponential_output *answer);

/* ---- privacy_power.blahut_arimoto */

typedef struct {
    mpriv_list loads;
    mpriv_list probabilities;
    double slope_nats;
    double gap_nats;
} mpriv_privacy_power_blahut_arimoto_input;

/* Read one element of loads of privacy_power.blahut_arimoto. */
int mpriv_next_privacy_power_blahut_arimoto_loads(mpriv_reader *reader, double *item);

/* Read one element of probabilities of privacy_power.blahut_arimoto. */
int mpriv_next_privacy_power_blahut_arimoto_probabilities(mpriv_reader *reader, double *item);

/* Left to the operation:
 * - probabilities of privacy_power.blahut_arimoto adding up to 1 within 2^-40
 * - range unless gap_nats * 10 ** 12 >= 1
 */
int mpriv_decode_privacy_power_blahut_arimoto(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_blahut_arimoto_input *out);

typedef struct {
    double leakage_bits;
    double power;
    double lower_nats;
    double upper_nats;
    int64_t iterations;
} mpriv_privacy_power_blahut_arimoto_output;

int mpriv_encode_privacy_power_blahut_arimoto(mpriv_writer *writer, const mpriv_privacy_power_blahut_arimoto_output *answer);

/* ---- privacy_power.judge_blahut_arimoto */

typedef struct {
    mpriv_list loads;
    mpriv_list probabilities;
    double slope_nats;
    double gap_nats;
    double leakage_bits;
    double power;
    double lower_nats;
    double upper_nats;
    int64_t iterations;
} mpriv_privacy_power_judge_blahut_arimoto_input;

/* Read one element of loads of privacy_power.judge_blahut_arimoto. */
int mpriv_next_privacy_power_judge_blahut_arimoto_loads(mpriv_reader *reader, double *item);

/* Read one element of probabilities of privacy_power.judge_blahut_arimoto. */
int mpriv_next_privacy_power_judge_blahut_arimoto_probabilities(mpriv_reader *reader, double *item);

/* Left to the operation:
 * - probabilities of privacy_power.judge_blahut_arimoto adding up to 1 within 2^-40
 * - range unless gap_nats * 10 ** 12 >= 1
 */
int mpriv_decode_privacy_power_judge_blahut_arimoto(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_judge_blahut_arimoto_input *out);

/* ---- privacy_power.blahut_arimoto_joint */

typedef struct {
    mpriv_list loads;
} mpriv_privacy_power_blahut_arimoto_joint_users_item;

typedef struct {
    mpriv_list users;
    mpriv_list probabilities;
    double slope_nats;
    double gap_nats;
} mpriv_privacy_power_blahut_arimoto_joint_input;

/* Read one element of users_item_loads of privacy_power.blahut_arimoto_joint. */
int mpriv_next_privacy_power_blahut_arimoto_joint_users_item_loads(mpriv_reader *reader, double *item);

/* Read one element of users of privacy_power.blahut_arimoto_joint. */
int mpriv_next_privacy_power_blahut_arimoto_joint_users(mpriv_reader *reader, mpriv_privacy_power_blahut_arimoto_joint_users_item *item);

/* Read one element of probabilities of privacy_power.blahut_arimoto_joint. */
int mpriv_next_privacy_power_blahut_arimoto_joint_probabilities(mpriv_reader *reader, double *item);

/* Left to the operation:
 * - probabilities of privacy_power.blahut_arimoto_joint adding up to 1 within 2^-40
 * - range where the joint law has not one probability for each point of the grid
 * - range unless gap_nats * 10 ** 12 >= 1
 */
int mpriv_decode_privacy_power_blahut_arimoto_joint(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_blahut_arimoto_joint_input *out);

typedef struct {
    double leakage_bits;
    double power;
    double lower_nats;
    double upper_nats;
    int64_t iterations;
} mpriv_privacy_power_blahut_arimoto_joint_output;

int mpriv_encode_privacy_power_blahut_arimoto_joint(mpriv_writer *writer, const mpriv_privacy_power_blahut_arimoto_joint_output *answer);

/* ---- privacy_power.judge_blahut_arimoto_joint */

typedef struct {
    mpriv_list loads;
} mpriv_privacy_power_judge_blahut_arimoto_joint_users_item;

typedef struct {
    mpriv_list users;
    mpriv_list probabilities;
    double slope_nats;
    double gap_nats;
    double leakage_bits;
    double power;
    double lower_nats;
    double upper_nats;
    int64_t iterations;
} mpriv_privacy_power_judge_blahut_arimoto_joint_input;

/* Read one element of users_item_loads of privacy_power.judge_blahut_arimoto_joint. */
int mpriv_next_privacy_power_judge_blahut_arimoto_joint_users_item_loads(mpriv_reader *reader, double *item);

/* Read one element of users of privacy_power.judge_blahut_arimoto_joint. */
int mpriv_next_privacy_power_judge_blahut_arimoto_joint_users(mpriv_reader *reader, mpriv_privacy_power_judge_blahut_arimoto_joint_users_item *item);

/* Read one element of probabilities of privacy_power.judge_blahut_arimoto_joint. */
int mpriv_next_privacy_power_judge_blahut_arimoto_joint_probabilities(mpriv_reader *reader, double *item);

/* Left to the operation:
 * - probabilities of privacy_power.judge_blahut_arimoto_joint adding up to 1 within 2^-40
 * - range where the joint law has not one probability for each point of the grid
 * - range unless gap_nats * 10 ** 12 >= 1
 */
int mpriv_decode_privacy_power_judge_blahut_arimoto_joint(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_judge_blahut_arimoto_joint_input *out);

/* ---- privacy_power.curve */

typedef struct {
    mpriv_list loads;
    mpriv_list probabilities;
} mpriv_privacy_power_curve_input;

/* Read one element of loads of privacy_power.curve. */
int mpriv_next_privacy_power_curve_loads(mpriv_reader *reader, double *item);

/* Read one element of probabilities of privacy_power.curve. */
int mpriv_next_privacy_power_curve_probabilities(mpriv_reader *reader, double *item);

/* Left to the operation:
 * - probabilities of privacy_power.curve adding up to 1 within 2^-40
 */
int mpriv_decode_privacy_power_curve(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_curve_input *out);

typedef struct {
    double slope_nats;
    double power;
    double leakage_bits;
} mpriv_privacy_power_curve_output_breakpoints_item;

typedef struct {
    const mpriv_privacy_power_curve_output_breakpoints_item *items;
    size_t count;
} mpriv_privacy_power_curve_output_breakpoints;

typedef struct {
    mpriv_privacy_power_curve_output_breakpoints breakpoints;
} mpriv_privacy_power_curve_output;

int mpriv_encode_privacy_power_curve(mpriv_writer *writer, const mpriv_privacy_power_curve_output *answer);

/* ---- privacy_power.optimal_policy */

typedef struct {
    mpriv_list loads;
    mpriv_list probabilities;
    double power;
} mpriv_privacy_power_optimal_policy_input;

/* Read one element of loads of privacy_power.optimal_policy. */
int mpriv_next_privacy_power_optimal_policy_loads(mpriv_reader *reader, double *item);

/* Read one element of probabilities of privacy_power.optimal_policy. */
int mpriv_next_privacy_power_optimal_policy_probabilities(mpriv_reader *reader, double *item);

/* Left to the operation:
 * - probabilities of privacy_power.optimal_policy adding up to 1 within 2^-40
 */
int mpriv_decode_privacy_power_optimal_policy(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_optimal_policy_input *out);

typedef struct {
    const double *items;
    size_t count;
} mpriv_privacy_power_optimal_policy_output_output_probabilities;

typedef struct {
    const double *items;
    size_t count;
} mpriv_privacy_power_optimal_policy_output_policy_item_probabilities;

typedef struct {
    mpriv_privacy_power_optimal_policy_output_policy_item_probabilities probabilities;
} mpriv_privacy_power_optimal_policy_output_policy_item;

typedef struct {
    const mpriv_privacy_power_optimal_policy_output_policy_item *items;
    size_t count;
} mpriv_privacy_power_optimal_policy_output_policy;

typedef struct {
    mpriv_privacy_power_optimal_policy_output_output_probabilities output_probabilities;
    mpriv_privacy_power_optimal_policy_output_policy policy;
} mpriv_privacy_power_optimal_policy_output;

int mpriv_encode_privacy_power_optimal_policy(mpriv_writer *writer, const mpriv_privacy_power_optimal_policy_output *answer);

/* ---- privacy_power.policy_leakage */

typedef struct {
    mpriv_list probabilities;
} mpriv_privacy_power_policy_leakage_policy_item;

typedef struct {
    mpriv_list loads;
    mpriv_list probabilities;
    mpriv_list policy;
} mpriv_privacy_power_policy_leakage_input;

/* Read one element of loads of privacy_power.policy_leakage. */
int mpriv_next_privacy_power_policy_leakage_loads(mpriv_reader *reader, double *item);

/* Read one element of probabilities of privacy_power.policy_leakage. */
int mpriv_next_privacy_power_policy_leakage_probabilities(mpriv_reader *reader, double *item);

/* Read one element of policy_item_probabilities of privacy_power.policy_leakage. */
int mpriv_next_privacy_power_policy_leakage_policy_item_probabilities(mpriv_reader *reader, double *item);

/* Read one element of policy of privacy_power.policy_leakage. */
int mpriv_next_privacy_power_policy_leakage_policy(mpriv_reader *reader, mpriv_privacy_power_policy_leakage_policy_item *item);

/* Left to the operation:
 * - malformed unless probabilities in policy is as long as loads
 * - probabilities of privacy_power.policy_leakage adding up to 1 within 2^-40
 * - policy_item_probabilities of privacy_power.policy_leakage adding up to 1 within 2^-40
 * - range where a row gives probability to a grid load above its load
 */
int mpriv_decode_privacy_power_policy_leakage(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_policy_leakage_input *out);

typedef struct {
    double leakage_bits;
    double power;
} mpriv_privacy_power_policy_leakage_output;

int mpriv_encode_privacy_power_policy_leakage(mpriv_writer *writer, const mpriv_privacy_power_policy_leakage_output *answer);

/* ---- privacy_power.round_up */

typedef struct {
    mpriv_list loads;
    double output;
} mpriv_privacy_power_round_up_input;

/* Read one element of loads of privacy_power.round_up. */
int mpriv_next_privacy_power_round_up_loads(mpriv_reader *reader, double *item);

/* Left to the operation:
 * - range where the grid load is above every load
 */
int mpriv_decode_privacy_power_round_up(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_round_up_input *out);

typedef struct {
    int64_t index;
} mpriv_privacy_power_round_up_output;

int mpriv_encode_privacy_power_round_up(mpriv_writer *writer, const mpriv_privacy_power_round_up_output *answer);

/* ---- privacy_power.binary */

typedef struct {
    double probability;
    double difference;
} mpriv_privacy_power_binary_users_item;

typedef struct {
    mpriv_list users;
    double power;
} mpriv_privacy_power_binary_input;

/* Read one element of users of privacy_power.binary. */
int mpriv_next_privacy_power_binary_users(mpriv_reader *reader, mpriv_privacy_power_binary_users_item *item);

int mpriv_decode_privacy_power_binary(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_binary_input *out);

typedef struct {
    const double *items;
    size_t count;
} mpriv_privacy_power_binary_output_powers;

typedef struct {
    const double *items;
    size_t count;
} mpriv_privacy_power_binary_output_leakages_bits;

typedef struct {
    mpriv_privacy_power_binary_output_powers powers;
    mpriv_privacy_power_binary_output_leakages_bits leakages_bits;
    uint8_t slope_nats_present;
    double slope_nats;
} mpriv_privacy_power_binary_output;

int mpriv_encode_privacy_power_binary(mpriv_writer *writer, const mpriv_privacy_power_binary_output *answer);

/* ---- privacy_power.shannon_lower_bound */

typedef struct {
    mpriv_list entropies_nats;
    double power;
} mpriv_privacy_power_shannon_lower_bound_input;

/* Read one element of entropies_nats of privacy_power.shannon_lower_bound. */
int mpriv_next_privacy_power_shannon_lower_bound_entropies_nats(mpriv_reader *reader, double *item);

int mpriv_decode_privacy_power_shannon_lower_bound(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_shannon_lower_bound_input *out);

typedef struct {
    const double *items;
    size_t count;
} mpriv_privacy_power_shannon_lower_bound_output_powers;

typedef struct {
    double level;
    mpriv_privacy_power_shannon_lower_bound_output_powers powers;
    double bound_nats;
} mpriv_privacy_power_shannon_lower_bound_output;

int mpriv_encode_privacy_power_shannon_lower_bound(mpriv_writer *writer, const mpriv_privacy_power_shannon_lower_bound_output *answer);

/* ---- privacy_power.exponential_channel */

typedef struct {
    double mean;
    double power;
    double load;
    double output;
} mpriv_privacy_power_exponential_channel_input;

/* Left to the operation:
 * - power at most mean
 * - load at most 100 * mean
 * - output at most load
 */
int mpriv_decode_privacy_power_exponential_channel(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_exponential_channel_input *out);

typedef struct {
    double atom;
    double density;
    double output_atom;
    double output_density;
} mpriv_privacy_power_exponential_channel_output;

int mpriv_encode_privacy_power_exponential_channel(mpriv_writer *writer, const mpriv_privacy_power_exponential_channel_output *answer);

/* ---- privacy_power.geometric */

typedef struct {
    double mean;
    double power;
} mpriv_privacy_power_geometric_input;

int mpriv_decode_privacy_power_geometric(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_geometric_input *out);

typedef struct {
    double leakage_bits;
} mpriv_privacy_power_geometric_output;

int mpriv_encode_privacy_power_geometric(mpriv_writer *writer, const mpriv_privacy_power_geometric_output *answer);

/* ---- privacy_power.time_division */

typedef struct {
    mpriv_list loads;
    mpriv_list probabilities;
    double power;
} mpriv_privacy_power_time_division_input;

/* Read one element of loads of privacy_power.time_division. */
int mpriv_next_privacy_power_time_division_loads(mpriv_reader *reader, double *item);

/* Read one element of probabilities of privacy_power.time_division. */
int mpriv_next_privacy_power_time_division_probabilities(mpriv_reader *reader, double *item);

/* Left to the operation:
 * - probabilities of privacy_power.time_division adding up to 1 within 2^-40
 */
int mpriv_decode_privacy_power_time_division(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_time_division_input *out);

typedef struct {
    double leakage_bits;
    double share;
} mpriv_privacy_power_time_division_output;

int mpriv_encode_privacy_power_time_division(mpriv_writer *writer, const mpriv_privacy_power_time_division_output *answer);

/* ---- privacy_power.output_limit */

typedef struct {
    mpriv_list loads;
    mpriv_list probabilities;
    int64_t level;
} mpriv_privacy_power_output_limit_input;

/* Read one element of loads of privacy_power.output_limit. */
int mpriv_next_privacy_power_output_limit_loads(mpriv_reader *reader, double *item);

/* Read one element of probabilities of privacy_power.output_limit. */
int mpriv_next_privacy_power_output_limit_probabilities(mpriv_reader *reader, double *item);

/* Left to the operation:
 * - probabilities of privacy_power.output_limit adding up to 1 within 2^-40
 */
int mpriv_decode_privacy_power_output_limit(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_output_limit_input *out);

typedef struct {
    double leakage_bits;
    double power;
} mpriv_privacy_power_output_limit_output;

int mpriv_encode_privacy_power_output_limit(mpriv_writer *writer, const mpriv_privacy_power_output_limit_output *answer);

/* ---- privacy_power.thresholds */

typedef struct {
    mpriv_list weights;
} mpriv_privacy_power_thresholds_input;

/* Read one element of weights of privacy_power.thresholds. */
int mpriv_next_privacy_power_thresholds_weights(mpriv_reader *reader, int64_t *item);

/* Left to the operation:
 * - range unless sum(weights) >= 1
 * - range unless sum(weights) <= 2 ** 32 - 1
 */
int mpriv_decode_privacy_power_thresholds(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_thresholds_input *out);

typedef struct {
    const int64_t *items;
    size_t count;
} mpriv_privacy_power_thresholds_output_thresholds;

typedef struct {
    mpriv_privacy_power_thresholds_output_thresholds thresholds;
} mpriv_privacy_power_thresholds_output;

int mpriv_encode_privacy_power_thresholds(mpriv_writer *writer, const mpriv_privacy_power_thresholds_output *answer);

/* ---- privacy_power.sample */

typedef struct {
    mpriv_list thresholds;
} mpriv_privacy_power_sample_table_item;

typedef struct {
    mpriv_list table;
    mpriv_list levels;
    mpriv_octets random;
} mpriv_privacy_power_sample_input;

/* Read one element of table_item_thresholds of privacy_power.sample. */
int mpriv_next_privacy_power_sample_table_item_thresholds(mpriv_reader *reader, int64_t *item);

/* Read one element of table of privacy_power.sample. */
int mpriv_next_privacy_power_sample_table(mpriv_reader *reader, mpriv_privacy_power_sample_table_item *item);

/* Read one element of levels of privacy_power.sample. */
int mpriv_next_privacy_power_sample_levels(mpriv_reader *reader, int64_t *item);

/* Left to the operation:
 * - malformed unless thresholds in table is as long as table
 * - range where a row of the table falls, or gives probability to a level above its own
 */
int mpriv_decode_privacy_power_sample(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_sample_input *out);

typedef struct {
    const int64_t *items;
    size_t count;
} mpriv_privacy_power_sample_output_outputs;

typedef struct {
    mpriv_privacy_power_sample_output_outputs outputs;
    int64_t consumed;
} mpriv_privacy_power_sample_output;

int mpriv_encode_privacy_power_sample(mpriv_writer *writer, const mpriv_privacy_power_sample_output *answer);

/* ---- privacy_power.uniform */

typedef struct {
    double width;
    double power;
} mpriv_privacy_power_uniform_input;

/* Left to the operation:
 * - range unless power * 10 ** 12 >= width
 */
int mpriv_decode_privacy_power_uniform(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_uniform_input *out);

typedef struct {
    double leakage_nats;
    uint8_t slope_nats_present;
    double slope_nats;
    double critical_power;
} mpriv_privacy_power_uniform_output;

int mpriv_encode_privacy_power_uniform(mpriv_writer *writer, const mpriv_privacy_power_uniform_output *answer);

/* ---- privacy_power.gamma */

typedef struct {
    double order;
    double scale;
    double power;
} mpriv_privacy_power_gamma_input;

/* Left to the operation:
 * - range unless order * 10 >= 1
 * - range unless power * 10 ** 12 >= scale
 */
int mpriv_decode_privacy_power_gamma(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_gamma_input *out);

typedef struct {
    double leakage_nats;
    uint8_t slope_nats_present;
    double slope_nats;
    double critical_power;
} mpriv_privacy_power_gamma_output;

int mpriv_encode_privacy_power_gamma(mpriv_writer *writer, const mpriv_privacy_power_gamma_output *answer);

/* ---- privacy_power.weibull */

typedef struct {
    double order;
    double scale;
    double power;
} mpriv_privacy_power_weibull_input;

/* Left to the operation:
 * - range unless order * 10 >= 1
 * - range unless power * 10 ** 12 >= scale
 */
int mpriv_decode_privacy_power_weibull(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_weibull_input *out);

typedef struct {
    double leakage_nats;
    uint8_t slope_nats_present;
    double slope_nats;
    double critical_power;
} mpriv_privacy_power_weibull_output;

int mpriv_encode_privacy_power_weibull(mpriv_writer *writer, const mpriv_privacy_power_weibull_output *answer);

/* ---- privacy_power.rayleigh */

typedef struct {
    double scale;
    double power;
} mpriv_privacy_power_rayleigh_input;

/* Left to the operation:
 * - range unless power * 10 ** 12 >= scale
 */
int mpriv_decode_privacy_power_rayleigh(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_rayleigh_input *out);

typedef struct {
    double leakage_nats;
    uint8_t slope_nats_present;
    double slope_nats;
    double critical_power;
} mpriv_privacy_power_rayleigh_output;

int mpriv_encode_privacy_power_rayleigh(mpriv_writer *writer, const mpriv_privacy_power_rayleigh_output *answer);

/* ---- privacy_power.half_normal */

typedef struct {
    double scale;
    double power;
} mpriv_privacy_power_half_normal_input;

/* Left to the operation:
 * - range unless power * 10 ** 12 >= scale
 */
int mpriv_decode_privacy_power_half_normal(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_half_normal_input *out);

typedef struct {
    double leakage_nats;
    uint8_t slope_nats_present;
    double slope_nats;
    double critical_power;
} mpriv_privacy_power_half_normal_output;

int mpriv_encode_privacy_power_half_normal(mpriv_writer *writer, const mpriv_privacy_power_half_normal_output *answer);

/* ---- privacy_power.hyperexponential */

typedef struct {
    mpriv_list probabilities;
    mpriv_list means;
    double power;
} mpriv_privacy_power_hyperexponential_input;

/* Read one element of probabilities of privacy_power.hyperexponential. */
int mpriv_next_privacy_power_hyperexponential_probabilities(mpriv_reader *reader, double *item);

/* Read one element of means of privacy_power.hyperexponential. */
int mpriv_next_privacy_power_hyperexponential_means(mpriv_reader *reader, double *item);

/* Left to the operation:
 * - probabilities of privacy_power.hyperexponential adding up to 1 within 2^-40
 * - range where a mean is more than 10^6 times another, or the power below 10^-12 of the largest
 */
int mpriv_decode_privacy_power_hyperexponential(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_hyperexponential_input *out);

typedef struct {
    double leakage_nats;
    uint8_t slope_nats_present;
    double slope_nats;
    double critical_power;
} mpriv_privacy_power_hyperexponential_output;

int mpriv_encode_privacy_power_hyperexponential(mpriv_writer *writer, const mpriv_privacy_power_hyperexponential_output *answer);

/* ---- privacy_power.lomax */

typedef struct {
    double order;
    double scale;
    double power;
} mpriv_privacy_power_lomax_input;

/* Left to the operation:
 * - range unless order * 10 >= 11
 * - range unless power * 10 ** 12 >= scale
 */
int mpriv_decode_privacy_power_lomax(const uint8_t *payload, size_t length, uint8_t profile, mpriv_privacy_power_lomax_input *out);

typedef struct {
    double leakage_nats;
    uint8_t slope_nats_present;
    double slope_nats;
    double critical_power;
} mpriv_privacy_power_lomax_output;

int mpriv_encode_privacy_power_lomax(mpriv_writer *writer, const mpriv_privacy_power_lomax_output *answer);

/* ---- reporting.sign_policy */

typedef struct {
    int64_t start_minute;
    int64_t price;
} mpriv_reporting_sign_policy_bands_item;

typedef struct {
    mpriv_octets private_key;
    mpriv_octets tariff;
    int64_t sequence;
    int64_t effective_from;
    int64_t standing;
    mpriv_list bands;
} mpriv_reporting_sign_policy_input;

/* Read one element of bands of reporting.sign_policy. */
int mpriv_next_reporting_sign_policy_bands(mpriv_reader *reader, mpriv_reporting_sign_policy_bands_item *item);

/* Left to the operation:
 * - range where the first band does not begin with the day
 */
int mpriv_decode_reporting_sign_policy(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_sign_policy_input *out);

typedef struct {
    mpriv_octets message;
} mpriv_reporting_sign_policy_output;

int mpriv_encode_reporting_sign_policy(mpriv_writer *writer, const mpriv_reporting_sign_policy_output *answer);

/* ---- reporting.check_policy */

typedef struct {
    mpriv_octets public_key;
    mpriv_octets tariff;
    int64_t next_sequence;
    mpriv_octets message;
} mpriv_reporting_check_policy_input;

/* Left to the operation:
 * - range where a value of the message is out of its range, or its order is wrong
 */
int mpriv_decode_reporting_check_policy(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_check_policy_input *out);

typedef struct {
    int64_t start_minute;
    int64_t price;
} mpriv_reporting_check_policy_output_bands_item;

typedef struct {
    const mpriv_reporting_check_policy_output_bands_item *items;
    size_t count;
} mpriv_reporting_check_policy_output_bands;

typedef struct {
    int64_t sequence;
    int64_t effective_from;
    int64_t standing;
    mpriv_reporting_check_policy_output_bands bands;
} mpriv_reporting_check_policy_output;

int mpriv_encode_reporting_check_policy(mpriv_writer *writer, const mpriv_reporting_check_policy_output *answer);

/* ---- reporting.fee */

typedef struct {
    int64_t counter;
    int64_t consumption_wh;
    int64_t timestamp;
} mpriv_reporting_fee_measurements_item;

typedef struct {
    mpriv_octets public_key;
    mpriv_octets tariff;
    mpriv_list policies;
    mpriv_list measurements;
} mpriv_reporting_fee_input;

/* Read one element of policies of reporting.fee. */
int mpriv_next_reporting_fee_policies(mpriv_reader *reader, mpriv_octets *item);

/* Read one element of measurements of reporting.fee. */
int mpriv_next_reporting_fee_measurements(mpriv_reader *reader, mpriv_reporting_fee_measurements_item *item);

/* Left to the operation:
 * - range where a value of the message is out of its range, or its order is wrong
 * - range where a counter does not follow the one before, or time goes back
 */
int mpriv_decode_reporting_fee(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_fee_input *out);

typedef struct {
    mpriv_bigint fee;
} mpriv_reporting_fee_output;

int mpriv_encode_reporting_fee(mpriv_writer *writer, const mpriv_reporting_fee_output *answer);

/* ---- reporting.report_roster */

typedef struct {
    int64_t node;
    mpriv_octets signing_key;
} mpriv_reporting_report_roster_members_item;

typedef struct {
    mpriv_octets group;
    mpriv_list members;
    int64_t least_meters;
    int64_t slot_seconds;
    int64_t maximum_wh;
} mpriv_reporting_report_roster_input;

/* Read one element of members of reporting.report_roster. */
int mpriv_next_reporting_report_roster_members(mpriv_reader *reader, mpriv_reporting_report_roster_members_item *item);

/* Left to the operation:
 * - range unless 86400 % slot_seconds == 0
 * - range where two meters have the same signing key
 */
int mpriv_decode_reporting_report_roster(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_report_roster_input *out);

typedef struct {
    mpriv_octets digest;
} mpriv_reporting_report_roster_output;

int mpriv_encode_reporting_report_roster(mpriv_writer *writer, const mpriv_reporting_report_roster_output *answer);

/* ---- reporting.sign_report */

typedef struct {
    int64_t counter;
    int64_t consumption_wh;
    int64_t timestamp;
} mpriv_reporting_sign_report_measurements_item;

typedef struct {
    mpriv_octets private_key;
    mpriv_octets roster;
    int64_t node;
    int64_t time;
    mpriv_list measurements;
} mpriv_reporting_sign_report_input;

/* Read one element of measurements of reporting.sign_report. */
int mpriv_next_reporting_sign_report_measurements(mpriv_reader *reader, mpriv_reporting_sign_report_measurements_item *item);

/* Left to the operation:
 * - range where a counter does not follow the one before, or time goes back
 * - range where the report's time is before its last measurement, or the counter is at its end
 */
int mpriv_decode_reporting_sign_report(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_sign_report_input *out);

typedef struct {
    mpriv_octets message;
} mpriv_reporting_sign_report_output;

int mpriv_encode_reporting_sign_report(mpriv_writer *writer, const mpriv_reporting_sign_report_output *answer);

/* ---- reporting.check_report */

typedef struct {
    mpriv_octets public_key;
    mpriv_octets roster;
    int64_t node;
    int64_t maximum_wh;
    int64_t now;
    int64_t stale_seconds;
    int64_t early_seconds;
    mpriv_octets message;
} mpriv_reporting_check_report_input;

/* Left to the operation:
 * - range where a value of the message is out of its range, or its order is wrong
 */
int mpriv_decode_reporting_check_report(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_check_report_input *out);

typedef struct {
    int64_t counter;
    int64_t consumption_wh;
    int64_t timestamp;
} mpriv_reporting_check_report_output_measurements_item;

typedef struct {
    const mpriv_reporting_check_report_output_measurements_item *items;
    size_t count;
} mpriv_reporting_check_report_output_measurements;

typedef struct {
    int64_t time;
    mpriv_reporting_check_report_output_measurements measurements;
} mpriv_reporting_check_report_output;

int mpriv_encode_reporting_check_report(mpriv_writer *writer, const mpriv_reporting_check_report_output *answer);

/* ---- reporting.check_shared_report */

typedef struct {
    mpriv_octets public_key;
    mpriv_octets roster;
    int64_t holders;
    int64_t least_meters;
    int64_t maximum_wh;
    int64_t now;
    int64_t stale_seconds;
    int64_t early_seconds;
    mpriv_octets message;
} mpriv_reporting_check_shared_report_input;

/* Left to the operation:
 * - range where a value of the message is out of its range, or its order is wrong
 */
int mpriv_decode_reporting_check_shared_report(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_check_shared_report_input *out);

typedef struct {
    int64_t counter;
    int64_t consumption_wh;
    int64_t timestamp;
} mpriv_reporting_check_shared_report_output_measurements_item;

typedef struct {
    const mpriv_reporting_check_shared_report_output_measurements_item *items;
    size_t count;
} mpriv_reporting_check_shared_report_output_measurements;

typedef struct {
    int64_t time;
    mpriv_reporting_check_shared_report_output_measurements measurements;
} mpriv_reporting_check_shared_report_output;

int mpriv_encode_reporting_check_shared_report(mpriv_writer *writer, const mpriv_reporting_check_shared_report_output *answer);

/* ---- reporting.check_conflict */

typedef struct {
    mpriv_octets public_key;
    int64_t type;
    mpriv_octets first;
    mpriv_octets second;
} mpriv_reporting_check_conflict_input;

/* Left to the operation:
 * - range where a value of the message is out of its range, or its order is wrong
 */
int mpriv_decode_reporting_check_conflict(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_check_conflict_input *out);

/* ---- reporting.aggregate */

typedef struct {
    int64_t node;
    int64_t counter;
    int64_t consumption_wh;
    int64_t timestamp;
} mpriv_reporting_aggregate_reports_item;

typedef struct {
    int64_t slot_seconds;
    int64_t least_meters;
    mpriv_list reports;
} mpriv_reporting_aggregate_input;

/* Read one element of reports of reporting.aggregate. */
int mpriv_next_reporting_aggregate_reports(mpriv_reader *reader, mpriv_reporting_aggregate_reports_item *item);

/* Left to the operation:
 * - range unless 86400 % slot_seconds == 0
 */
int mpriv_decode_reporting_aggregate(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_aggregate_input *out);

typedef struct {
    int64_t slot;
    int64_t total_wh;
    int64_t meters;
} mpriv_reporting_aggregate_output_slots_item;

typedef struct {
    const mpriv_reporting_aggregate_output_slots_item *items;
    size_t count;
} mpriv_reporting_aggregate_output_slots;

typedef struct {
    mpriv_reporting_aggregate_output_slots slots;
} mpriv_reporting_aggregate_output;

int mpriv_encode_reporting_aggregate(mpriv_writer *writer, const mpriv_reporting_aggregate_output *answer);

/* ---- reporting.check_summary */

typedef struct {
    mpriv_octets public_key;
    mpriv_octets roster;
    int64_t next_sequence;
    int64_t least_meters;
    int64_t meters;
    int64_t maximum_wh;
    mpriv_octets message;
} mpriv_reporting_check_summary_input;

/* Left to the operation:
 * - range where a value of the message is out of its range, or its order is wrong
 */
int mpriv_decode_reporting_check_summary(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_check_summary_input *out);

typedef struct {
    const int64_t *items;
    size_t count;
} mpriv_reporting_check_summary_output_totals_wh;

typedef struct {
    const int64_t *items;
    size_t count;
} mpriv_reporting_check_summary_output_counts;

typedef struct {
    int64_t sequence;
    int64_t first_slot;
    mpriv_reporting_check_summary_output_totals_wh totals_wh;
    mpriv_reporting_check_summary_output_counts counts;
} mpriv_reporting_check_summary_output;

int mpriv_encode_reporting_check_summary(mpriv_writer *writer, const mpriv_reporting_check_summary_output *answer);

/* ---- reporting.audit_summary */

typedef struct {
    int64_t node;
    mpriv_octets signing_key;
} mpriv_reporting_audit_summary_members_item;

typedef struct {
    mpriv_octets public_key;
    mpriv_octets roster;
    mpriv_list members;
    int64_t slot_seconds;
    mpriv_list reports;
    mpriv_octets message;
} mpriv_reporting_audit_summary_input;

/* Read one element of members of reporting.audit_summary. */
int mpriv_next_reporting_audit_summary_members(mpriv_reader *reader, mpriv_reporting_audit_summary_members_item *item);

/* Read one element of reports of reporting.audit_summary. */
int mpriv_next_reporting_audit_summary_reports(mpriv_reader *reader, mpriv_octets *item);

/* Left to the operation:
 * - range where a value of the message is out of its range, or its order is wrong
 * - range unless 86400 % slot_seconds == 0
 */
int mpriv_decode_reporting_audit_summary(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_audit_summary_input *out);

typedef struct {
    int64_t measurements;
} mpriv_reporting_audit_summary_output;

int mpriv_encode_reporting_audit_summary(mpriv_writer *writer, const mpriv_reporting_audit_summary_output *answer);

/* ---- reporting.meter_start */

typedef struct {
    mpriv_octets private_key;
    mpriv_octets roster;
    int64_t node;
    int64_t slot_seconds;
    int64_t maximum_wh;
    int64_t next_counter;
    mpriv_octets utility_key;
    mpriv_octets tariff;
    mpriv_octets policy;
} mpriv_reporting_meter_start_input;

/* Left to the operation:
 * - range where a value of the message is out of its range, or its order is wrong
 * - range unless 86400 % slot_seconds == 0
 */
int mpriv_decode_reporting_meter_start(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_meter_start_input *out);

/* ---- reporting.meter_policy */

typedef struct {
    mpriv_octets message;
} mpriv_reporting_meter_policy_input;

/* Left to the operation:
 * - range where a value of the message is out of its range, or its order is wrong
 */
int mpriv_decode_reporting_meter_policy(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_meter_policy_input *out);

typedef struct {
    int64_t sequence;
} mpriv_reporting_meter_policy_output;

int mpriv_encode_reporting_meter_policy(mpriv_writer *writer, const mpriv_reporting_meter_policy_output *answer);

/* ---- reporting.meter_measure */

typedef struct {
    int64_t consumption_wh;
    int64_t timestamp;
} mpriv_reporting_meter_measure_input;

/* Left to the operation:
 * - range where the reading is greater than the greatest
 */
int mpriv_decode_reporting_meter_measure(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_meter_measure_input *out);

typedef struct {
    int64_t counter;
} mpriv_reporting_meter_measure_output;

int mpriv_encode_reporting_meter_measure(mpriv_writer *writer, const mpriv_reporting_meter_measure_output *answer);

/* ---- reporting.meter_report */

typedef struct {
    int64_t time;
} mpriv_reporting_meter_report_input;

int mpriv_decode_reporting_meter_report(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_meter_report_input *out);

typedef struct {
    mpriv_octets message;
} mpriv_reporting_meter_report_output;

int mpriv_encode_reporting_meter_report(mpriv_writer *writer, const mpriv_reporting_meter_report_output *answer);

/* ---- reporting.meter_fee */

int mpriv_decode_reporting_meter_fee(const uint8_t *payload, size_t length, uint8_t profile);

typedef struct {
    int64_t measurements;
    int64_t consumption_wh;
    mpriv_bigint fee;
} mpriv_reporting_meter_fee_output;

int mpriv_encode_reporting_meter_fee(mpriv_writer *writer, const mpriv_reporting_meter_fee_output *answer);

/* ---- reporting.report_server_start */

typedef struct {
    int64_t node;
    mpriv_octets signing_key;
} mpriv_reporting_report_server_start_members_item;

typedef struct {
    mpriv_octets private_key;
    mpriv_octets group;
    mpriv_list members;
    int64_t least_meters;
    int64_t slot_seconds;
    int64_t maximum_wh;
    int64_t stale_seconds;
    int64_t early_seconds;
    int64_t next_sequence;
} mpriv_reporting_report_server_start_input;

/* Read one element of members of reporting.report_server_start. */
int mpriv_next_reporting_report_server_start_members(mpriv_reader *reader, mpriv_reporting_report_server_start_members_item *item);

/* Left to the operation:
 * - range unless 86400 % slot_seconds == 0
 * - range where two meters have the same signing key
 */
int mpriv_decode_reporting_report_server_start(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_report_server_start_input *out);

typedef struct {
    mpriv_octets roster;
} mpriv_reporting_report_server_start_output;

int mpriv_encode_reporting_report_server_start(mpriv_writer *writer, const mpriv_reporting_report_server_start_output *answer);

/* ---- reporting.report_server_receive */

typedef struct {
    mpriv_octets message;
    int64_t now;
} mpriv_reporting_report_server_receive_input;

/* Left to the operation:
 * - range where a value of the message is out of its range, or its order is wrong
 */
int mpriv_decode_reporting_report_server_receive(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_report_server_receive_input *out);

typedef struct {
    int64_t measurements;
} mpriv_reporting_report_server_receive_output;

int mpriv_encode_reporting_report_server_receive(mpriv_writer *writer, const mpriv_reporting_report_server_receive_output *answer);

/* ---- reporting.report_server_close */

typedef struct {
    int64_t first_slot;
    int64_t slots;
} mpriv_reporting_report_server_close_input;

int mpriv_decode_reporting_report_server_close(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_report_server_close_input *out);

typedef struct {
    mpriv_octets message;
} mpriv_reporting_report_server_close_output;

int mpriv_encode_reporting_report_server_close(mpriv_writer *writer, const mpriv_reporting_report_server_close_output *answer);

/* ---- reporting.anonymous_body */

typedef struct {
    int64_t counter;
    int64_t consumption_wh;
    int64_t timestamp;
} mpriv_reporting_anonymous_body_measurements_item;

typedef struct {
    mpriv_octets ring;
    int64_t period;
    int64_t time;
    mpriv_list measurements;
} mpriv_reporting_anonymous_body_input;

/* Read one element of measurements of reporting.anonymous_body. */
int mpriv_next_reporting_anonymous_body_measurements(mpriv_reader *reader, mpriv_reporting_anonymous_body_measurements_item *item);

/* Left to the operation:
 * - range where a counter does not follow the one before, or time goes back
 * - range where the report's time is before its last measurement, or the counter is at its end
 */
int mpriv_decode_reporting_anonymous_body(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_anonymous_body_input *out);

typedef struct {
    mpriv_octets signed_;
} mpriv_reporting_anonymous_body_output;

int mpriv_encode_reporting_anonymous_body(mpriv_writer *writer, const mpriv_reporting_anonymous_body_output *answer);

/* ---- reporting.anonymous_server_start */

typedef struct {
    mpriv_octets private_key;
    mpriv_octets group;
    mpriv_list keys;
    int64_t least_meters;
    int64_t period;
    int64_t slot_seconds;
    int64_t maximum_wh;
    int64_t stale_seconds;
    int64_t early_seconds;
    int64_t next_sequence;
} mpriv_reporting_anonymous_server_start_input;

/* Read one element of keys of reporting.anonymous_server_start. */
int mpriv_next_reporting_anonymous_server_start_keys(mpriv_reader *reader, mpriv_octets *item);

/* Left to the operation:
 * - range unless 86400 % slot_seconds == 0
 * - range where a key's number is out of range, or the keys are out of order or one stands twice
 */
int mpriv_decode_reporting_anonymous_server_start(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_anonymous_server_start_input *out);

typedef struct {
    mpriv_octets ring;
} mpriv_reporting_anonymous_server_start_output;

int mpriv_encode_reporting_anonymous_server_start(mpriv_writer *writer, const mpriv_reporting_anonymous_server_start_output *answer);

/* ---- reporting.anonymous_server_receive */

typedef struct {
    mpriv_octets signed_;
    mpriv_octets image;
    mpriv_bigint challenge;
    mpriv_list responses;
    int64_t now;
} mpriv_reporting_anonymous_server_receive_input;

/* Read one element of responses of reporting.anonymous_server_receive. */
int mpriv_next_reporting_anonymous_server_receive_responses(mpriv_reader *reader, mpriv_bigint *item);

/* Left to the operation:
 * - range where a value of the report is out of its range, its order is wrong, or a scalar is not below the order
 */
int mpriv_decode_reporting_anonymous_server_receive(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_anonymous_server_receive_input *out);

typedef struct {
    int64_t measurements;
} mpriv_reporting_anonymous_server_receive_output;

int mpriv_encode_reporting_anonymous_server_receive(mpriv_writer *writer, const mpriv_reporting_anonymous_server_receive_output *answer);

/* ---- reporting.ring_key */

typedef struct {
    mpriv_octets group;
    mpriv_bigint private_key;
} mpriv_reporting_ring_key_input;

/* Left to the operation:
 * - range where the private key is not below the order
 */
int mpriv_decode_reporting_ring_key(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_ring_key_input *out);

typedef struct {
    mpriv_octets public_key;
} mpriv_reporting_ring_key_output;

int mpriv_encode_reporting_ring_key(mpriv_writer *writer, const mpriv_reporting_ring_key_output *answer);

/* ---- reporting.ring_digest */

typedef struct {
    mpriv_octets group;
    mpriv_list keys;
    int64_t least_meters;
} mpriv_reporting_ring_digest_input;

/* Read one element of keys of reporting.ring_digest. */
int mpriv_next_reporting_ring_digest_keys(mpriv_reader *reader, mpriv_octets *item);

/* Left to the operation:
 * - range where a key's number is out of range, or the keys are out of order or one stands twice
 */
int mpriv_decode_reporting_ring_digest(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_ring_digest_input *out);

typedef struct {
    mpriv_octets digest;
} mpriv_reporting_ring_digest_output;

int mpriv_encode_reporting_ring_digest(mpriv_writer *writer, const mpriv_reporting_ring_digest_output *answer);

/* ---- reporting.ring_sign */

typedef struct {
    mpriv_octets group;
    mpriv_list keys;
    int64_t least_meters;
    mpriv_bigint private_key;
    int64_t period;
    mpriv_octets message;
    mpriv_bigint nonce;
    mpriv_list responses;
} mpriv_reporting_ring_sign_input;

/* Read one element of keys of reporting.ring_sign. */
int mpriv_next_reporting_ring_sign_keys(mpriv_reader *reader, mpriv_octets *item);

/* Read one element of responses of reporting.ring_sign. */
int mpriv_next_reporting_ring_sign_responses(mpriv_reader *reader, mpriv_bigint *item);

/* Left to the operation:
 * - range where a key's number is out of range, or the keys are out of order or one stands twice
 * - range where a scalar is not below the order
 */
int mpriv_decode_reporting_ring_sign(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_ring_sign_input *out);

typedef struct {
    const mpriv_bigint *items;
    size_t count;
} mpriv_reporting_ring_sign_output_responses;

typedef struct {
    mpriv_octets image;
    mpriv_bigint challenge;
    mpriv_reporting_ring_sign_output_responses responses;
} mpriv_reporting_ring_sign_output;

int mpriv_encode_reporting_ring_sign(mpriv_writer *writer, const mpriv_reporting_ring_sign_output *answer);

/* ---- reporting.ring_verify */

typedef struct {
    mpriv_octets group;
    mpriv_list keys;
    int64_t least_meters;
    int64_t period;
    mpriv_octets message;
    mpriv_octets image;
    mpriv_bigint challenge;
    mpriv_list responses;
} mpriv_reporting_ring_verify_input;

/* Read one element of keys of reporting.ring_verify. */
int mpriv_next_reporting_ring_verify_keys(mpriv_reader *reader, mpriv_octets *item);

/* Read one element of responses of reporting.ring_verify. */
int mpriv_next_reporting_ring_verify_responses(mpriv_reader *reader, mpriv_bigint *item);

/* Left to the operation:
 * - range where a key's number is out of range, or the keys are out of order or one stands twice
 * - range where a scalar is not below the order
 */
int mpriv_decode_reporting_ring_verify(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_ring_verify_input *out);

/* ---- reporting.split_intervals */

typedef struct {
    int64_t counter;
    int64_t consumption_wh;
    int64_t timestamp;
} mpriv_reporting_split_intervals_measurements_item;

typedef struct {
    int64_t interval_seconds;
    int64_t servers;
    int64_t first_interval;
    mpriv_list assignment;
    mpriv_list measurements;
} mpriv_reporting_split_intervals_input;

/* Read one element of assignment of reporting.split_intervals. */
int mpriv_next_reporting_split_intervals_assignment(mpriv_reader *reader, int64_t *item);

/* Read one element of measurements of reporting.split_intervals. */
int mpriv_next_reporting_split_intervals_measurements(mpriv_reader *reader, mpriv_reporting_split_intervals_measurements_item *item);

/* Left to the operation:
 * - range unless 86400 % interval_seconds == 0
 * - range where a counter stands twice, or a measurement is in none of the intervals
 */
int mpriv_decode_reporting_split_intervals(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_split_intervals_input *out);

typedef struct {
    int64_t counter;
    int64_t consumption_wh;
    int64_t timestamp;
} mpriv_reporting_split_intervals_output_parts_item_measurements_item;

typedef struct {
    const mpriv_reporting_split_intervals_output_parts_item_measurements_item *items;
    size_t count;
} mpriv_reporting_split_intervals_output_parts_item_measurements;

typedef struct {
    mpriv_reporting_split_intervals_output_parts_item_measurements measurements;
} mpriv_reporting_split_intervals_output_parts_item;

typedef struct {
    const mpriv_reporting_split_intervals_output_parts_item *items;
    size_t count;
} mpriv_reporting_split_intervals_output_parts;

typedef struct {
    mpriv_reporting_split_intervals_output_parts parts;
} mpriv_reporting_split_intervals_output;

int mpriv_encode_reporting_split_intervals(mpriv_writer *writer, const mpriv_reporting_split_intervals_output *answer);

/* ---- reporting.join_parts */

typedef struct {
    int64_t slot;
    int64_t total_wh;
    int64_t meters;
} mpriv_reporting_join_parts_parts_item_slots_item;

typedef struct {
    mpriv_list slots;
} mpriv_reporting_join_parts_parts_item;

typedef struct {
    int64_t first_slot;
    int64_t slots;
    int64_t least_meters;
    mpriv_list parts;
} mpriv_reporting_join_parts_input;

/* Read one element of parts_item_slots of reporting.join_parts. */
int mpriv_next_reporting_join_parts_parts_item_slots(mpriv_reader *reader, mpriv_reporting_join_parts_parts_item_slots_item *item);

/* Read one element of parts of reporting.join_parts. */
int mpriv_next_reporting_join_parts_parts(mpriv_reader *reader, mpriv_reporting_join_parts_parts_item *item);

int mpriv_decode_reporting_join_parts(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_join_parts_input *out);

typedef struct {
    const int64_t *items;
    size_t count;
} mpriv_reporting_join_parts_output_totals_wh;

typedef struct {
    const int64_t *items;
    size_t count;
} mpriv_reporting_join_parts_output_counts;

typedef struct {
    mpriv_reporting_join_parts_output_totals_wh totals_wh;
    mpriv_reporting_join_parts_output_counts counts;
} mpriv_reporting_join_parts_output;

int mpriv_encode_reporting_join_parts(mpriv_writer *writer, const mpriv_reporting_join_parts_output *answer);

/* ---- reporting.reputation */

typedef struct {
    int64_t good;
    int64_t bad;
} mpriv_reporting_reputation_input;

int mpriv_decode_reporting_reputation(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_reputation_input *out);

typedef struct {
    int64_t score;
} mpriv_reporting_reputation_output;

int mpriv_encode_reporting_reputation(mpriv_writer *writer, const mpriv_reporting_reputation_output *answer);

/* ---- reporting.choose_aggregators */

typedef struct {
    int64_t node;
    int64_t good;
    int64_t bad;
} mpriv_reporting_choose_aggregators_candidates_item;

typedef struct {
    int64_t aggregators;
    int64_t threshold;
    int64_t least_score;
    mpriv_octets seed;
    mpriv_list candidates;
} mpriv_reporting_choose_aggregators_input;

/* Read one element of candidates of reporting.choose_aggregators. */
int mpriv_next_reporting_choose_aggregators_candidates(mpriv_reader *reader, mpriv_reporting_choose_aggregators_candidates_item *item);

/* Left to the operation:
 * - threshold at most (aggregators + 1) // 2
 */
int mpriv_decode_reporting_choose_aggregators(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_choose_aggregators_input *out);

typedef struct {
    const int64_t *items;
    size_t count;
} mpriv_reporting_choose_aggregators_output_nodes;

typedef struct {
    mpriv_reporting_choose_aggregators_output_nodes nodes;
} mpriv_reporting_choose_aggregators_output;

int mpriv_encode_reporting_choose_aggregators(mpriv_writer *writer, const mpriv_reporting_choose_aggregators_output *answer);

/* ---- reporting.check_element */

typedef struct {
    mpriv_octets group;
    mpriv_octets element;
} mpriv_reporting_check_element_input;

/* Left to the operation:
 * - range where an element is 0 or at least p; on the curve, its first byte is neither 02 nor 03 or its coordinate is at least the prime
 */
int mpriv_decode_reporting_check_element(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_check_element_input *out);

/* ---- reporting.hash_to_group */

typedef struct {
    mpriv_octets group;
    mpriv_octets message;
    mpriv_octets domain;
} mpriv_reporting_hash_to_group_input;

int mpriv_decode_reporting_hash_to_group(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_hash_to_group_input *out);

typedef struct {
    mpriv_octets element;
} mpriv_reporting_hash_to_group_output;

int mpriv_encode_reporting_hash_to_group(mpriv_writer *writer, const mpriv_reporting_hash_to_group_output *answer);

/* ---- reporting.hash_to_scalar */

typedef struct {
    mpriv_octets group;
    mpriv_octets message;
    mpriv_octets domain;
} mpriv_reporting_hash_to_scalar_input;

int mpriv_decode_reporting_hash_to_scalar(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_hash_to_scalar_input *out);

typedef struct {
    mpriv_bigint scalar;
} mpriv_reporting_hash_to_scalar_output;

int mpriv_encode_reporting_hash_to_scalar(mpriv_writer *writer, const mpriv_reporting_hash_to_scalar_output *answer);

/* ---- reporting.product_of_powers */

typedef struct {
    mpriv_octets base;
    mpriv_bigint exponent;
} mpriv_reporting_product_of_powers_powers_item;

typedef struct {
    mpriv_octets group;
    mpriv_list powers;
} mpriv_reporting_product_of_powers_input;

/* Read one element of powers of reporting.product_of_powers. */
int mpriv_next_reporting_product_of_powers_powers(mpriv_reader *reader, mpriv_reporting_product_of_powers_powers_item *item);

/* Left to the operation:
 * - range where an element is 0 or at least p; on the curve, its first byte is neither 02 nor 03 or its coordinate is at least the prime
 * - range where a scalar is not below q
 */
int mpriv_decode_reporting_product_of_powers(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_product_of_powers_input *out);

typedef struct {
    mpriv_octets element;
} mpriv_reporting_product_of_powers_output;

int mpriv_encode_reporting_product_of_powers(mpriv_writer *writer, const mpriv_reporting_product_of_powers_output *answer);

/* ---- reporting.generators */

typedef struct {
    mpriv_octets group;
} mpriv_reporting_generators_input;

int mpriv_decode_reporting_generators(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_generators_input *out);

typedef struct {
    mpriv_octets g;
    mpriv_octets h;
} mpriv_reporting_generators_output;

int mpriv_encode_reporting_generators(mpriv_writer *writer, const mpriv_reporting_generators_output *answer);

/* ---- reporting.share_secret */

typedef struct {
    mpriv_bigint order;
    mpriv_bigint secret;
    mpriv_list coefficients;
    mpriv_list indices;
} mpriv_reporting_share_secret_input;

/* Read one element of coefficients of reporting.share_secret. */
int mpriv_next_reporting_share_secret_coefficients(mpriv_reader *reader, mpriv_bigint *item);

/* Read one element of indices of reporting.share_secret. */
int mpriv_next_reporting_share_secret_indices(mpriv_reader *reader, int64_t *item);

/* Left to the operation:
 * - indices_item at most min(65535, order - 1)
 */
int mpriv_decode_reporting_share_secret(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_share_secret_input *out);

typedef struct {
    const mpriv_bigint *items;
    size_t count;
} mpriv_reporting_share_secret_output_shares;

typedef struct {
    mpriv_reporting_share_secret_output_shares shares;
} mpriv_reporting_share_secret_output;

int mpriv_encode_reporting_share_secret(mpriv_writer *writer, const mpriv_reporting_share_secret_output *answer);

/* ---- reporting.recover_secret */

typedef struct {
    int64_t index;
    mpriv_bigint share;
} mpriv_reporting_recover_secret_shares_item;

typedef struct {
    mpriv_bigint order;
    int64_t threshold;
    mpriv_list shares;
} mpriv_reporting_recover_secret_input;

/* Read one element of shares of reporting.recover_secret. */
int mpriv_next_reporting_recover_secret_shares(mpriv_reader *reader, mpriv_reporting_recover_secret_shares_item *item);

/* Left to the operation:
 * - shares_item_index at most min(65535, order - 1)
 */
int mpriv_decode_reporting_recover_secret(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_recover_secret_input *out);

typedef struct {
    mpriv_bigint secret;
} mpriv_reporting_recover_secret_output;

int mpriv_encode_reporting_recover_secret(mpriv_writer *writer, const mpriv_reporting_recover_secret_output *answer);

/* ---- reporting.bounded_logarithm */

typedef struct {
    mpriv_octets group;
    mpriv_octets element;
    int64_t bound;
} mpriv_reporting_bounded_logarithm_input;

/* Left to the operation:
 * - range where an element is 0 or at least p; on the curve, its first byte is neither 02 nor 03 or its coordinate is at least the prime
 * - range where the bound is not below q
 */
int mpriv_decode_reporting_bounded_logarithm(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_bounded_logarithm_input *out);

typedef struct {
    int64_t exponent;
} mpriv_reporting_bounded_logarithm_output;

int mpriv_encode_reporting_bounded_logarithm(mpriv_writer *writer, const mpriv_reporting_bounded_logarithm_output *answer);

/* ---- reporting.server_key */

typedef struct {
    mpriv_octets group;
    mpriv_bigint private_key;
} mpriv_reporting_server_key_input;

/* Left to the operation:
 * - range where the private key is not below q
 */
int mpriv_decode_reporting_server_key(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_server_key_input *out);

typedef struct {
    mpriv_octets public_key;
} mpriv_reporting_server_key_output;

int mpriv_encode_reporting_server_key(mpriv_writer *writer, const mpriv_reporting_server_key_output *answer);

/* ---- reporting.sharing_roster */

typedef struct {
    int64_t index;
    mpriv_octets public_key;
} mpriv_reporting_sharing_roster_servers_item;

typedef struct {
    mpriv_octets group;
    int64_t threshold;
    mpriv_list servers;
    int64_t maximum_wh;
    int64_t least;
} mpriv_reporting_sharing_roster_input;

/* Read one element of servers of reporting.sharing_roster. */
int mpriv_next_reporting_sharing_roster_servers(mpriv_reader *reader, mpriv_reporting_sharing_roster_servers_item *item);

/* Left to the operation:
 * - range where an element is 0 or at least p; on the curve, its first byte is neither 02 nor 03 or its coordinate is at least the prime
 * - range where an index or the greatest reading is not below q, or two servers have the same key
 */
int mpriv_decode_reporting_sharing_roster(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_sharing_roster_input *out);

typedef struct {
    mpriv_octets digest;
} mpriv_reporting_sharing_roster_output;

int mpriv_encode_reporting_sharing_roster(mpriv_writer *writer, const mpriv_reporting_sharing_roster_output *answer);

/* ---- reporting.deal */

typedef struct {
    int64_t index;
    mpriv_octets public_key;
} mpriv_reporting_deal_servers_item;

typedef struct {
    mpriv_octets group;
    int64_t threshold;
    mpriv_list servers;
    int64_t maximum_wh;
    int64_t least;
    int64_t node;
    int64_t slot;
    int64_t reading_wh;
    mpriv_octets randomness;
} mpriv_reporting_deal_input;

/* Read one element of servers of reporting.deal. */
int mpriv_next_reporting_deal_servers(mpriv_reader *reader, mpriv_reporting_deal_servers_item *item);

/* Left to the operation:
 * - range where an element is 0 or at least p; on the curve, its first byte is neither 02 nor 03 or its coordinate is at least the prime
 * - range where an index or the greatest reading is not below q, or two servers have the same key
 * - range where a share is 0
 * - range where the randomness gives a number that is 0 modulo q
 */
int mpriv_decode_reporting_deal(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_deal_input *out);

typedef struct {
    const mpriv_octets *items;
    size_t count;
} mpriv_reporting_deal_output_commitments;

typedef struct {
    const mpriv_octets *items;
    size_t count;
} mpriv_reporting_deal_output_encrypted;

typedef struct {
    const mpriv_bigint *items;
    size_t count;
} mpriv_reporting_deal_output_responses;

typedef struct {
    mpriv_reporting_deal_output_commitments commitments;
    mpriv_octets masked;
    mpriv_reporting_deal_output_encrypted encrypted;
    mpriv_bigint challenge;
    mpriv_reporting_deal_output_responses responses;
} mpriv_reporting_deal_output;

int mpriv_encode_reporting_deal(mpriv_writer *writer, const mpriv_reporting_deal_output *answer);

/* ---- reporting.verify_dealing */

typedef struct {
    int64_t index;
    mpriv_octets public_key;
} mpriv_reporting_verify_dealing_servers_item;

typedef struct {
    mpriv_octets group;
    int64_t threshold;
    mpriv_list servers;
    int64_t maximum_wh;
    int64_t least;
    int64_t node;
    int64_t slot;
    mpriv_list commitments;
    mpriv_octets masked;
    mpriv_list encrypted;
    mpriv_bigint challenge;
    mpriv_list responses;
} mpriv_reporting_verify_dealing_input;

/* Read one element of servers of reporting.verify_dealing. */
int mpriv_next_reporting_verify_dealing_servers(mpriv_reader *reader, mpriv_reporting_verify_dealing_servers_item *item);

/* Read one element of commitments of reporting.verify_dealing. */
int mpriv_next_reporting_verify_dealing_commitments(mpriv_reader *reader, mpriv_octets *item);

/* Read one element of encrypted of reporting.verify_dealing. */
int mpriv_next_reporting_verify_dealing_encrypted(mpriv_reader *reader, mpriv_octets *item);

/* Read one element of responses of reporting.verify_dealing. */
int mpriv_next_reporting_verify_dealing_responses(mpriv_reader *reader, mpriv_bigint *item);

/* Left to the operation:
 * - range where an element is 0 or at least p; on the curve, its first byte is neither 02 nor 03 or its coordinate is at least the prime
 * - range where an index or the greatest reading is not below q, or two servers have the same key
 * - range where a scalar is not below q
 */
int mpriv_decode_reporting_verify_dealing(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_verify_dealing_input *out);

/* ---- reporting.decrypt_share */

typedef struct {
    mpriv_octets group;
    mpriv_octets context;
    int64_t index;
    mpriv_bigint private_key;
    mpriv_octets encrypted;
    mpriv_octets randomness;
} mpriv_reporting_decrypt_share_input;

/* Left to the operation:
 * - range where an element is 0 or at least p; on the curve, its first byte is neither 02 nor 03 or its coordinate is at least the prime
 * - range where the index or the private key is not below q
 * - range where the randomness gives a number that is 0 modulo q
 */
int mpriv_decode_reporting_decrypt_share(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_decrypt_share_input *out);

typedef struct {
    mpriv_octets share;
    mpriv_bigint challenge;
    mpriv_bigint response;
} mpriv_reporting_decrypt_share_output;

int mpriv_encode_reporting_decrypt_share(mpriv_writer *writer, const mpriv_reporting_decrypt_share_output *answer);

/* ---- reporting.verify_share */

typedef struct {
    mpriv_octets group;
    mpriv_octets context;
    int64_t index;
    mpriv_octets public_key;
    mpriv_octets encrypted;
    mpriv_octets share;
    mpriv_bigint challenge;
    mpriv_bigint response;
} mpriv_reporting_verify_share_input;

/* Left to the operation:
 * - range where an element is 0 or at least p; on the curve, its first byte is neither 02 nor 03 or its coordinate is at least the prime
 * - range where the index is not below q
 * - range where a scalar is not below q
 */
int mpriv_decode_reporting_verify_share(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_verify_share_input *out);

/* ---- reporting.sum_dealings */

typedef struct {
    int64_t node;
    int64_t slot;
    mpriv_list commitments;
    mpriv_octets masked;
    mpriv_list encrypted;
} mpriv_reporting_sum_dealings_dealings_item;

typedef struct {
    mpriv_octets group;
    mpriv_octets roster;
    int64_t least;
    mpriv_list dealings;
} mpriv_reporting_sum_dealings_input;

/* Read one element of dealings_item_commitments of reporting.sum_dealings. */
int mpriv_next_reporting_sum_dealings_dealings_item_commitments(mpriv_reader *reader, mpriv_octets *item);

/* Read one element of dealings_item_encrypted of reporting.sum_dealings. */
int mpriv_next_reporting_sum_dealings_dealings_item_encrypted(mpriv_reader *reader, mpriv_octets *item);

/* Read one element of dealings of reporting.sum_dealings. */
int mpriv_next_reporting_sum_dealings_dealings(mpriv_reader *reader, mpriv_reporting_sum_dealings_dealings_item *item);

/* Left to the operation:
 * - range where an element is 0 or at least p; on the curve, its first byte is neither 02 nor 03 or its coordinate is at least the prime
 */
int mpriv_decode_reporting_sum_dealings(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_sum_dealings_input *out);

typedef struct {
    const mpriv_octets *items;
    size_t count;
} mpriv_reporting_sum_dealings_output_commitments;

typedef struct {
    const mpriv_octets *items;
    size_t count;
} mpriv_reporting_sum_dealings_output_encrypted;

typedef struct {
    mpriv_reporting_sum_dealings_output_commitments commitments;
    mpriv_octets masked;
    mpriv_reporting_sum_dealings_output_encrypted encrypted;
    mpriv_octets context;
} mpriv_reporting_sum_dealings_output;

int mpriv_encode_reporting_sum_dealings(mpriv_writer *writer, const mpriv_reporting_sum_dealings_output *answer);

/* ---- reporting.open_sum */

typedef struct {
    int64_t index;
    mpriv_octets public_key;
    mpriv_octets encrypted;
} mpriv_reporting_open_sum_servers_item;

typedef struct {
    int64_t index;
    mpriv_octets share;
    mpriv_bigint challenge;
    mpriv_bigint response;
} mpriv_reporting_open_sum_shares_item;

typedef struct {
    mpriv_octets group;
    int64_t threshold;
    mpriv_octets context;
    mpriv_octets masked;
    mpriv_list servers;
    mpriv_list shares;
    int64_t bound_wh;
} mpriv_reporting_open_sum_input;

/* Read one element of servers of reporting.open_sum. */
int mpriv_next_reporting_open_sum_servers(mpriv_reader *reader, mpriv_reporting_open_sum_servers_item *item);

/* Read one element of shares of reporting.open_sum. */
int mpriv_next_reporting_open_sum_shares(mpriv_reader *reader, mpriv_reporting_open_sum_shares_item *item);

/* Left to the operation:
 * - range where an element is 0 or at least p; on the curve, its first byte is neither 02 nor 03 or its coordinate is at least the prime
 * - range where an index is not below q, a share is of no server listed, or two servers have the same key
 * - range where a scalar is not below q
 * - range where the bound is not below q
 */
int mpriv_decode_reporting_open_sum(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_open_sum_input *out);

typedef struct {
    int64_t total_wh;
} mpriv_reporting_open_sum_output;

int mpriv_encode_reporting_open_sum(mpriv_writer *writer, const mpriv_reporting_open_sum_output *answer);

/* ---- reporting.sign_dealing */

typedef struct {
    mpriv_octets private_key;
    mpriv_octets roster;
    int64_t node;
    int64_t slot;
    mpriv_list commitments;
    mpriv_octets masked;
    mpriv_list encrypted;
    mpriv_bigint challenge;
    mpriv_list responses;
} mpriv_reporting_sign_dealing_input;

/* Read one element of commitments of reporting.sign_dealing. */
int mpriv_next_reporting_sign_dealing_commitments(mpriv_reader *reader, mpriv_octets *item);

/* Read one element of encrypted of reporting.sign_dealing. */
int mpriv_next_reporting_sign_dealing_encrypted(mpriv_reader *reader, mpriv_octets *item);

/* Read one element of responses of reporting.sign_dealing. */
int mpriv_next_reporting_sign_dealing_responses(mpriv_reader *reader, mpriv_bigint *item);

int mpriv_decode_reporting_sign_dealing(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_sign_dealing_input *out);

typedef struct {
    mpriv_octets signature;
} mpriv_reporting_sign_dealing_output;

int mpriv_encode_reporting_sign_dealing(mpriv_writer *writer, const mpriv_reporting_sign_dealing_output *answer);

/* ---- reporting.judge_dealing */

typedef struct {
    int64_t index;
    mpriv_octets public_key;
} mpriv_reporting_judge_dealing_servers_item;

typedef struct {
    mpriv_octets signing_key;
    mpriv_octets signature;
    mpriv_octets group;
    int64_t threshold;
    mpriv_list servers;
    int64_t maximum_wh;
    int64_t least;
    int64_t node;
    int64_t slot;
    mpriv_list commitments;
    mpriv_octets masked;
    mpriv_list encrypted;
    mpriv_bigint challenge;
    mpriv_list responses;
} mpriv_reporting_judge_dealing_input;

/* Read one element of servers of reporting.judge_dealing. */
int mpriv_next_reporting_judge_dealing_servers(mpriv_reader *reader, mpriv_reporting_judge_dealing_servers_item *item);

/* Read one element of commitments of reporting.judge_dealing. */
int mpriv_next_reporting_judge_dealing_commitments(mpriv_reader *reader, mpriv_octets *item);

/* Read one element of encrypted of reporting.judge_dealing. */
int mpriv_next_reporting_judge_dealing_encrypted(mpriv_reader *reader, mpriv_octets *item);

/* Read one element of responses of reporting.judge_dealing. */
int mpriv_next_reporting_judge_dealing_responses(mpriv_reader *reader, mpriv_bigint *item);

/* Left to the operation:
 * - range where a server's key is 0 or at least p; on the curve, its first byte is neither 02 nor 03 or its coordinate is at least the prime
 * - range where an index or the greatest reading is not below q, or two servers have the same key
 */
int mpriv_decode_reporting_judge_dealing(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_judge_dealing_input *out);

/* ---- reporting.sign_share */

typedef struct {
    mpriv_octets private_key;
    mpriv_octets context;
    int64_t index;
    mpriv_octets share;
    mpriv_bigint challenge;
    mpriv_bigint response;
} mpriv_reporting_sign_share_input;

int mpriv_decode_reporting_sign_share(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_sign_share_input *out);

typedef struct {
    mpriv_octets signature;
} mpriv_reporting_sign_share_output;

int mpriv_encode_reporting_sign_share(mpriv_writer *writer, const mpriv_reporting_sign_share_output *answer);

/* ---- reporting.judge_share */

typedef struct {
    int64_t index;
    mpriv_octets public_key;
} mpriv_reporting_judge_share_servers_item;

typedef struct {
    int64_t node;
    int64_t slot;
} mpriv_reporting_judge_share_readings_item;

typedef struct {
    mpriv_octets signing_key;
    mpriv_octets signature;
    mpriv_octets group;
    int64_t threshold;
    mpriv_list servers;
    int64_t maximum_wh;
    int64_t least;
    mpriv_list readings;
    mpriv_list commitments;
    mpriv_octets masked;
    mpriv_list encrypted;
    int64_t index;
    mpriv_octets share;
    mpriv_bigint challenge;
    mpriv_bigint response;
} mpriv_reporting_judge_share_input;

/* Read one element of servers of reporting.judge_share. */
int mpriv_next_reporting_judge_share_servers(mpriv_reader *reader, mpriv_reporting_judge_share_servers_item *item);

/* Read one element of readings of reporting.judge_share. */
int mpriv_next_reporting_judge_share_readings(mpriv_reader *reader, mpriv_reporting_judge_share_readings_item *item);

/* Read one element of commitments of reporting.judge_share. */
int mpriv_next_reporting_judge_share_commitments(mpriv_reader *reader, mpriv_octets *item);

/* Read one element of encrypted of reporting.judge_share. */
int mpriv_next_reporting_judge_share_encrypted(mpriv_reader *reader, mpriv_octets *item);

/* Left to the operation:
 * - range where an element of the sum, or a key, is 0 or at least p; on the curve, its first byte is neither 02 nor 03 or its coordinate is at least the prime
 * - range where an index or the greatest reading is not below q, or two servers have the same key
 * - range where the readings do not rise strictly, or the index is of no server listed
 */
int mpriv_decode_reporting_judge_share(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_judge_share_input *out);

/* ---- reporting.server_start */

typedef struct {
    int64_t index;
    mpriv_octets public_key;
} mpriv_reporting_server_start_servers_item;

typedef struct {
    mpriv_octets group;
    int64_t threshold;
    mpriv_list servers;
    int64_t maximum_wh;
    int64_t least;
    int64_t index;
    mpriv_bigint private_key;
} mpriv_reporting_server_start_input;

/* Read one element of servers of reporting.server_start. */
int mpriv_next_reporting_server_start_servers(mpriv_reader *reader, mpriv_reporting_server_start_servers_item *item);

/* Left to the operation:
 * - range where an element is 0 or at least p; on the curve, its first byte is neither 02 nor 03 or its coordinate is at least the prime
 * - range where an index or the greatest reading is not below q, or two servers have the same key
 * - range where the private key is not below q, or not that of a server of this index
 */
int mpriv_decode_reporting_server_start(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_server_start_input *out);

typedef struct {
    mpriv_octets digest;
} mpriv_reporting_server_start_output;

int mpriv_encode_reporting_server_start(mpriv_writer *writer, const mpriv_reporting_server_start_output *answer);

/* ---- reporting.server_receive */

typedef struct {
    int64_t node;
    int64_t slot;
    mpriv_list commitments;
    mpriv_octets masked;
    mpriv_list encrypted;
    mpriv_bigint challenge;
    mpriv_list responses;
} mpriv_reporting_server_receive_input;

/* Read one element of commitments of reporting.server_receive. */
int mpriv_next_reporting_server_receive_commitments(mpriv_reader *reader, mpriv_octets *item);

/* Read one element of encrypted of reporting.server_receive. */
int mpriv_next_reporting_server_receive_encrypted(mpriv_reader *reader, mpriv_octets *item);

/* Read one element of responses of reporting.server_receive. */
int mpriv_next_reporting_server_receive_responses(mpriv_reader *reader, mpriv_bigint *item);

/* Left to the operation:
 * - range where an element is 0 or at least p; on the curve, its first byte is neither 02 nor 03 or its coordinate is at least the prime
 * - range where a scalar is not below q
 */
int mpriv_decode_reporting_server_receive(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_server_receive_input *out);

/* ---- reporting.server_open */

typedef struct {
    int64_t node;
    int64_t slot;
} mpriv_reporting_server_open_readings_item;

typedef struct {
    mpriv_list readings;
    mpriv_octets randomness;
} mpriv_reporting_server_open_input;

/* Read one element of readings of reporting.server_open. */
int mpriv_next_reporting_server_open_readings(mpriv_reader *reader, mpriv_reporting_server_open_readings_item *item);

/* Left to the operation:
 * - range where the randomness gives a number that is 0 modulo q
 */
int mpriv_decode_reporting_server_open(const uint8_t *payload, size_t length, uint8_t profile, mpriv_reporting_server_open_input *out);

typedef struct {
    mpriv_octets context;
    mpriv_octets encrypted;
    mpriv_octets share;
    mpriv_bigint challenge;
    mpriv_bigint response;
} mpriv_reporting_server_open_output;

int mpriv_encode_reporting_server_open(mpriv_writer *writer, const mpriv_reporting_server_open_output *answer);

/* ---- describe */

int mpriv_decode_describe(const uint8_t *payload, size_t length, uint8_t profile);

typedef struct {
    const mpriv_octets *items;
    size_t count;
} mpriv_describe_output_operations;

typedef struct {
    const mpriv_octets *items;
    size_t count;
} mpriv_describe_output_profiles;

typedef struct {
    int64_t input_bytes;
    int64_t output_bytes;
} mpriv_describe_output_limits;

typedef struct {
    int64_t protocol;
    mpriv_octets name;
    mpriv_octets version;
    mpriv_describe_output_operations operations;
    mpriv_describe_output_profiles profiles;
    mpriv_describe_output_limits limits;
} mpriv_describe_output;

int mpriv_encode_describe(mpriv_writer *writer, const mpriv_describe_output *answer);

/* ---- session.close */

int mpriv_decode_session_close(const uint8_t *payload, size_t length, uint8_t profile);

/* ---- tasking.sign_message */

typedef struct {
    mpriv_octets private_key;
    int64_t type;
    mpriv_octets body;
} mpriv_tasking_sign_message_input;

/* Left to the operation:
 * - range where a number of the body is beyond its bounds, a region's cells do not increase, a task expires before it is issued, or the high price is below the normal one
 */
int mpriv_decode_tasking_sign_message(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_sign_message_input *out);

typedef struct {
    mpriv_octets message;
} mpriv_tasking_sign_message_output;

int mpriv_encode_tasking_sign_message(mpriv_writer *writer, const mpriv_tasking_sign_message_output *answer);

/* ---- tasking.check_task */

typedef struct {
    mpriv_octets public_key;
    mpriv_octets utility;
    int64_t now;
    int64_t lifetime_s;
    mpriv_octets message;
} mpriv_tasking_check_task_input;

/* Left to the operation:
 * - range where a number of the message is beyond its bounds
 */
int mpriv_decode_tasking_check_task(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_check_task_input *out);

typedef struct {
    int64_t type;
    mpriv_octets body;
} mpriv_tasking_check_task_output;

int mpriv_encode_tasking_check_task(mpriv_writer *writer, const mpriv_tasking_check_task_output *answer);

/* ---- tasking.region_verdict */

typedef struct {
    int64_t cell;
    int64_t meters;
} mpriv_tasking_region_verdict_cells_item;

typedef struct {
    mpriv_list cells;
} mpriv_tasking_region_verdict_regions_item;

typedef struct {
    int64_t least_meters;
    mpriv_list cells;
    mpriv_list regions;
} mpriv_tasking_region_verdict_input;

/* Read one element of cells of tasking.region_verdict. */
int mpriv_next_tasking_region_verdict_cells(mpriv_reader *reader, mpriv_tasking_region_verdict_cells_item *item);

/* Read one element of regions_item_cells of tasking.region_verdict. */
int mpriv_next_tasking_region_verdict_regions_item_cells(mpriv_reader *reader, int64_t *item);

/* Read one element of regions of tasking.region_verdict. */
int mpriv_next_tasking_region_verdict_regions(mpriv_reader *reader, mpriv_tasking_region_verdict_regions_item *item);

int mpriv_decode_tasking_region_verdict(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_region_verdict_input *out);

typedef struct {
    const int64_t *items;
    size_t count;
} mpriv_tasking_region_verdict_output_flags;

typedef struct {
    mpriv_tasking_region_verdict_output_flags flags;
} mpriv_tasking_region_verdict_output;

int mpriv_encode_tasking_region_verdict(mpriv_writer *writer, const mpriv_tasking_region_verdict_output *answer);

/* ---- tasking.server_start */

typedef struct {
    int64_t cell;
    int64_t meters;
} mpriv_tasking_server_start_cells_item;

typedef struct {
    mpriv_octets utility_key;
    mpriv_octets utility;
    int64_t least_meters;
    mpriv_list cells;
    int64_t minimum_period_s;
    int64_t maximum_duration_s;
    int64_t budget_s;
    int64_t quantities;
    int64_t lifetime_s;
    int64_t region_policy;
    int64_t limits_policy;
    int64_t capacity;
} mpriv_tasking_server_start_input;

/* Read one element of cells of tasking.server_start. */
int mpriv_next_tasking_server_start_cells(mpriv_reader *reader, mpriv_tasking_server_start_cells_item *item);

int mpriv_decode_tasking_server_start(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_server_start_input *out);

/* ---- tasking.server_register */

typedef struct {
    int64_t now;
    mpriv_octets message;
} mpriv_tasking_server_register_input;

/* Left to the operation:
 * - range where a number of the message is beyond its bounds
 */
int mpriv_decode_tasking_server_register(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_server_register_input *out);

typedef struct {
    int64_t flags;
} mpriv_tasking_server_register_output;

int mpriv_encode_tasking_server_register(mpriv_writer *writer, const mpriv_tasking_server_register_output *answer);

/* ---- tasking.server_tasks */

typedef struct {
    int64_t now;
} mpriv_tasking_server_tasks_input;

int mpriv_decode_tasking_server_tasks(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_server_tasks_input *out);

typedef struct {
    int64_t flags;
    mpriv_octets message;
} mpriv_tasking_server_tasks_output_tasks_item;

typedef struct {
    const mpriv_tasking_server_tasks_output_tasks_item *items;
    size_t count;
} mpriv_tasking_server_tasks_output_tasks;

typedef struct {
    mpriv_tasking_server_tasks_output_tasks tasks;
} mpriv_tasking_server_tasks_output;

int mpriv_encode_tasking_server_tasks(mpriv_writer *writer, const mpriv_tasking_server_tasks_output *answer);

/* ---- tasking.server_release */

typedef struct {
    int64_t cell;
    int64_t meters;
} mpriv_tasking_server_release_counts_item;

typedef struct {
    mpriv_octets task;
    mpriv_list counts;
} mpriv_tasking_server_release_input;

/* Read one element of counts of tasking.server_release. */
int mpriv_next_tasking_server_release_counts(mpriv_reader *reader, mpriv_tasking_server_release_counts_item *item);

int mpriv_decode_tasking_server_release(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_server_release_input *out);

typedef struct {
    const int64_t *items;
    size_t count;
} mpriv_tasking_server_release_output_cells;

typedef struct {
    mpriv_tasking_server_release_output_cells cells;
    int64_t meters;
} mpriv_tasking_server_release_output;

int mpriv_encode_tasking_server_release(mpriv_writer *writer, const mpriv_tasking_server_release_output *answer);

/* ---- tasking.meter_start */

typedef struct {
    mpriv_octets utility_key;
    mpriv_octets utility;
    int64_t cell;
    int64_t types;
    int64_t flags;
    int64_t minimum_period_s;
    int64_t maximum_duration_s;
    int64_t quantities;
    int64_t lifetime_s;
} mpriv_tasking_meter_start_input;

int mpriv_decode_tasking_meter_start(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_meter_start_input *out);

/* ---- tasking.meter_task */

typedef struct {
    int64_t now;
    int64_t flags;
    mpriv_octets message;
} mpriv_tasking_meter_task_input;

/* Left to the operation:
 * - range where a number of the message is beyond its bounds
 */
int mpriv_decode_tasking_meter_task(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_meter_task_input *out);

typedef struct {
    int64_t type;
    mpriv_octets body;
} mpriv_tasking_meter_task_output;

int mpriv_encode_tasking_meter_task(mpriv_writer *writer, const mpriv_tasking_meter_task_output *answer);

/* ---- tasking.mark */

typedef struct {
    mpriv_octets task;
    mpriv_list readings;
    mpriv_octets salt;
    mpriv_octets nonce;
} mpriv_tasking_mark_input;

/* Read one element of readings of tasking.mark. */
int mpriv_next_tasking_mark_readings(mpriv_reader *reader, int64_t *item);

int mpriv_decode_tasking_mark(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_mark_input *out);

typedef struct {
    mpriv_octets digest;
    mpriv_octets mark;
} mpriv_tasking_mark_output;

int mpriv_encode_tasking_mark(mpriv_writer *writer, const mpriv_tasking_mark_output *answer);

/* ---- tasking.seal_mark */

typedef struct {
    mpriv_octets ephemeral_private_key;
    mpriv_octets sealing_key;
    mpriv_octets task;
    mpriv_octets salt;
    mpriv_octets digest;
    mpriv_octets mark;
} mpriv_tasking_seal_mark_input;

int mpriv_decode_tasking_seal_mark(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_seal_mark_input *out);

typedef struct {
    mpriv_octets box;
} mpriv_tasking_seal_mark_output;

int mpriv_encode_tasking_seal_mark(mpriv_writer *writer, const mpriv_tasking_seal_mark_output *answer);

/* ---- tasking.open_mark */

typedef struct {
    mpriv_octets private_key;
    mpriv_octets task;
    mpriv_list readings;
    mpriv_octets box;
} mpriv_tasking_open_mark_input;

/* Read one element of readings of tasking.open_mark. */
int mpriv_next_tasking_open_mark_readings(mpriv_reader *reader, int64_t *item);

int mpriv_decode_tasking_open_mark(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_open_mark_input *out);

typedef struct {
    mpriv_octets digest;
    mpriv_octets mark;
} mpriv_tasking_open_mark_output;

int mpriv_encode_tasking_open_mark(mpriv_writer *writer, const mpriv_tasking_open_mark_output *answer);

/* ---- tasking.check_receipt */

typedef struct {
    mpriv_octets public_key;
    mpriv_octets server;
    mpriv_octets task;
    mpriv_octets payload;
    mpriv_octets message;
} mpriv_tasking_check_receipt_input;

/* Left to the operation:
 * - range where a number of the message is beyond its bounds
 */
int mpriv_decode_tasking_check_receipt(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_check_receipt_input *out);

typedef struct {
    int64_t received;
} mpriv_tasking_check_receipt_output;

int mpriv_encode_tasking_check_receipt(mpriv_writer *writer, const mpriv_tasking_check_receipt_output *answer);

/* ---- tasking.bank_start */

typedef struct {
    mpriv_octets utility_key;
    mpriv_octets utility;
    int64_t capacity;
} mpriv_tasking_bank_start_input;

int mpriv_decode_tasking_bank_start(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_bank_start_input *out);

/* ---- tasking.bank_payment */

typedef struct {
    int64_t now;
    mpriv_octets message;
} mpriv_tasking_bank_payment_input;

/* Left to the operation:
 * - range where a number of the message is beyond its bounds: the amount is 0
 */
int mpriv_decode_tasking_bank_payment(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_bank_payment_input *out);

typedef struct {
    int64_t amount;
} mpriv_tasking_bank_payment_output;

int mpriv_encode_tasking_bank_payment(mpriv_writer *writer, const mpriv_tasking_bank_payment_output *answer);

/* ---- tasking.bank_claim */

typedef struct {
    int64_t now;
    mpriv_octets mark;
    mpriv_octets digest;
    mpriv_octets nonce;
} mpriv_tasking_bank_claim_input;

int mpriv_decode_tasking_bank_claim(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_bank_claim_input *out);

typedef struct {
    int64_t amount;
} mpriv_tasking_bank_claim_output;

int mpriv_encode_tasking_bank_claim(mpriv_writer *writer, const mpriv_tasking_bank_claim_output *answer);

/* ---- tasking.coin_message */

typedef struct {
    int64_t denomination;
    int64_t epoch;
    mpriv_octets serial;
    mpriv_octets prefix;
} mpriv_tasking_coin_message_input;

int mpriv_decode_tasking_coin_message(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_coin_message_input *out);

typedef struct {
    mpriv_octets input_message;
} mpriv_tasking_coin_message_output;

int mpriv_encode_tasking_coin_message(mpriv_writer *writer, const mpriv_tasking_coin_message_output *answer);

/* ---- tasking.bank_coin_key */

typedef struct {
    int64_t denomination;
    int64_t epoch;
    mpriv_bigint modulus;
    mpriv_bigint exponent;
    int64_t expires;
} mpriv_tasking_bank_coin_key_input;

int mpriv_decode_tasking_bank_coin_key(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_bank_coin_key_input *out);

/* ---- tasking.bank_deposit */

typedef struct {
    int64_t now;
    int64_t denomination;
    int64_t epoch;
    mpriv_octets serial;
    mpriv_octets prefix;
    mpriv_bigint signature;
} mpriv_tasking_bank_deposit_input;

/* Left to the operation:
 * - range where the signature is not below the key's modulus, or the modulus is too short for the encoding
 */
int mpriv_decode_tasking_bank_deposit(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_bank_deposit_input *out);

typedef struct {
    int64_t amount;
} mpriv_tasking_bank_deposit_output;

int mpriv_encode_tasking_bank_deposit(mpriv_writer *writer, const mpriv_tasking_bank_deposit_output *answer);

/* ---- tasking.deposit_script */

typedef struct {
    mpriv_octets utility_key;
    mpriv_octets user_key;
    int64_t lock_time;
} mpriv_tasking_deposit_script_input;

int mpriv_decode_tasking_deposit_script(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_deposit_script_input *out);

typedef struct {
    mpriv_octets script;
    mpriv_octets output_script;
} mpriv_tasking_deposit_script_output;

int mpriv_encode_tasking_deposit_script(mpriv_writer *writer, const mpriv_tasking_deposit_script_output *answer);

/* ---- tasking.deposit_next */

typedef struct {
    int64_t state;
    int64_t event;
    int64_t signers;
    int64_t time;
    int64_t lock_time;
} mpriv_tasking_deposit_next_input;

int mpriv_decode_tasking_deposit_next(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_deposit_next_input *out);

typedef struct {
    int64_t next;
} mpriv_tasking_deposit_next_output;

int mpriv_encode_tasking_deposit_next(mpriv_writer *writer, const mpriv_tasking_deposit_next_output *answer);

/* ---- tasking.deposit_payoffs */

typedef struct {
    int64_t deposit;
    int64_t reward;
    int64_t value;
    int64_t cost;
    int64_t refundable;
} mpriv_tasking_deposit_payoffs_input;

int mpriv_decode_tasking_deposit_payoffs(const uint8_t *payload, size_t length, uint8_t profile, mpriv_tasking_deposit_payoffs_input *out);

typedef struct {
    int64_t worked;
    int64_t offered;
    int64_t agreed;
    int64_t utility;
    int64_t user;
} mpriv_tasking_deposit_payoffs_output_rows_item;

typedef struct {
    const mpriv_tasking_deposit_payoffs_output_rows_item *items;
    size_t count;
} mpriv_tasking_deposit_payoffs_output_rows;

typedef struct {
    mpriv_tasking_deposit_payoffs_output_rows rows;
} mpriv_tasking_deposit_payoffs_output;

int mpriv_encode_tasking_deposit_payoffs(mpriv_writer *writer, const mpriv_tasking_deposit_payoffs_output *answer);

#endif

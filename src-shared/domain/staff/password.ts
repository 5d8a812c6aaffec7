/** Shorter ones are found by trying. A passphrase is long and easy to remember, so nothing more is asked of a password. */
export const passwordLengthMin = 8;
/** What a verifier is still made of in a blink. */
export const passwordLengthMax = 256;

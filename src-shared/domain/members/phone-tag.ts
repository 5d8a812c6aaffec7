/** What the directory says of a phone: enough to recognise one that is said at the counter, too little to ring it up. */
export type PhoneTag = {
  readonly last4: string;
  /** The first 12 bits of HMAC-SHA256 under the company's directory key, as three hex digits. */
  readonly tag: string;
};

const tagDigits = 3;

/**
 * With 12 bits and four digits, one in forty million phones is taken for another: so a match says who it may be, and somebody asks.
 * A longer tag would let whoever holds the key try out all phones there are.
 *
 * @param hmac HMAC-SHA256 under the directory key
 */
export function phoneTagOf(phone: string, hmac: (text: string) => Uint8Array): PhoneTag {
  // Apart from the card hashes, which are made with the same key.
  const [first = 0, second = 0] = hmac(`phone:${phone}`);
  const tag = ((first << 8) | second).toString(16).padStart(4, "0").slice(0, tagDigits);
  return { last4: phone.slice(-4), tag };
}

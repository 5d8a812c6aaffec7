export type DatabaseKeyCode =
  /** The database is sealed, and no key is where it should be. */
  | "DATABASE_KEY_MISSING"
  /** There is a key, and the database was sealed with another one. */
  | "DATABASE_KEY_WRONG"
  /** What should be a key is not 64 hexadecimal digits. */
  | "DATABASE_KEY_DAMAGED"
  /** Other users of this computer can read the key's file. */
  | "DATABASE_KEY_EXPOSED";

/** Head office's personal data cannot be opened. Nothing was changed; the message says what a person can do. */
export class DatabaseKeyFault extends Error {
  override readonly name = "DatabaseKeyFault";
  readonly code: DatabaseKeyCode;

  constructor(code: DatabaseKeyCode, message: string) {
    super(message);
    this.code = code;
  }
}

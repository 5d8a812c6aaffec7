export type LocalPostgresCode =
  /** No PostgreSQL binaries for this computer came with the installation. */
  | "LOCAL_POSTGRES_MISSING"
  /** We are root, PostgreSQL refuses to be, and no other user can be had. */
  | "LOCAL_POSTGRES_NO_ACCOUNT"
  /** We are root, and the user that must run PostgreSQL cannot reach the data folder or the binaries. */
  | "LOCAL_POSTGRES_OUT_OF_REACH"
  /** The cluster could not be made or started; the message ends with PostgreSQL's own words. */
  | "LOCAL_POSTGRES_FAILED";

/** The local database cannot be had. The message says what happened and what a person can do about it. */
export class LocalPostgresFault extends Error {
  override readonly name = "LocalPostgresFault";
  readonly code: LocalPostgresCode;

  constructor(code: LocalPostgresCode, message: string, options?: ErrorOptions) {
    super(`${message} (${code}; or name another server in COUNTERFOIL_DATABASE_URL)`, options);
    this.code = code;
  }
}

import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { SyncError } from "#shared/contracts/sync/wire.ts";

/** Everything that is not an answer, with the status and headers it travels with; the app turns it into the one form of a refusal. */
export class WireRefusal extends Error {
  override readonly name = "WireRefusal";
  readonly status: ContentfulStatusCode;
  readonly body: SyncError;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: ContentfulStatusCode,
    code: string,
    message: string,
    { data = {}, headers = {} }: { data?: Readonly<Record<string, unknown>>; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(code);
    this.status = status;
    this.body = { error: { code, message, data: { ...data } } };
    this.headers = headers;
  }
}

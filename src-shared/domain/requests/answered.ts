import type { Effect } from "#shared/domain/operations/effect.ts";
import type { JsonObject } from "#shared/std/json.ts";
import type { RequestRecord } from "./request.ts";

export const putRequest = (requestId: string, fields: Partial<RequestRecord>): Effect => ({
  kind: "putRecord",
  record: "request",
  id: requestId,
  fields: fields satisfies JsonObject,
});

/**
 * What a void does to the request that it answers.
 *
 * @param points of the void: positive in, negative out
 */
export const answered = (requestId: string | undefined, points: number): readonly Effect[] =>
  requestId === undefined ? [] : [putRequest(requestId, { state: "done", points })];

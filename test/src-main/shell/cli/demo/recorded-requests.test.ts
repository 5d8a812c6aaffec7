import { expect, it } from "vitest";
import { readRequests, type RecordedRequest } from "#main/shell/cli/demo/recorded-requests.ts";

const push = 'POST /sync/v1/push HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer t\r\nContent-Length: 10\r\n\r\n{"a":"é"}'.replace(
  "9",
  "10",
);
const pull = "POST /sync/v1/pull HTTP/1.1\r\ncontent-length: 2\r\n\r\n{}";

function read(pieces: readonly Buffer[]): readonly RecordedRequest[] {
  const heard: RecordedRequest[] = [];
  const take = readRequests((request) => heard.push(request));
  for (const piece of pieces) take(piece);
  return heard;
}

it("hears each request once, wherever the connection cuts the bytes", () => {
  const bytes = Buffer.from(push + pull);
  const whole = read([bytes]);
  expect(whole.map(({ path, body }) => [path, body.toString()])).toEqual([
    ["/sync/v1/push", '{"a":"é"}'],
    ["/sync/v1/pull", "{}"],
  ]);
  expect(whole[0]?.headers).toMatchObject({ authorization: "Bearer t" });
  for (let at = 1; at < bytes.length; at += 1) expect(read([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(whole);
});

it("hears nothing of a request that broke off", () => {
  expect(read([Buffer.from(push).subarray(0, -1)])).toEqual([]);
});

/** A request as it went over a cable. */
export type RecordedRequest = {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

const endOfHead = "\r\n\r\n";

/**
 * Reads the requests that a station sends one after the other over one connection, from bytes in pieces of any size. A station names the
 * length of all it sends, so nothing else of HTTP is understood here.
 *
 * @param hear called for each request that is whole
 * @returns takes the next bytes
 */
export function readRequests(hear: (request: RecordedRequest) => void): (bytes: Buffer) => void {
  let pending = Buffer.alloc(0);
  return (bytes) => {
    pending = Buffer.concat([pending, bytes]);
    for (let headEnds = pending.indexOf(endOfHead); headEnds >= 0; headEnds = pending.indexOf(endOfHead)) {
      const [requestLine = "", ...fields] = pending.subarray(0, headEnds).toString("latin1").split("\r\n");
      const headers = Object.fromEntries(fields.map(nameAndValue));
      const bodyStarts = headEnds + endOfHead.length;
      const bodyEnds = bodyStarts + Number(headers["content-length"] ?? 0);
      if (pending.length < bodyEnds) return;
      hear({ path: requestLine.split(" ")[1] ?? "", headers, body: Buffer.from(pending.subarray(bodyStarts, bodyEnds)) });
      pending = pending.subarray(bodyEnds);
    }
  };
}

function nameAndValue(field: string): [name: string, value: string] {
  const colon = field.indexOf(":");
  return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()];
}

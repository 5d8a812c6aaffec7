import { pushReply, syncPath } from "#shared/contracts/sync/wire.ts";
import type { Branch } from "./branch.ts";
import { expect } from "./expect.ts";

/** What head office reads a push by; the rest is of the conversation that is over. */
const asSent = ["content-type", "content-encoding", "authorization"];

/**
 * Sends head office every push of the day a second time: the recorded bytes, under the same token, from outside of any station.
 *
 * @returns how many operations were told again, each of them answered as a duplicate
 */
export async function tellAgain({ name, pushes }: Pick<Branch, "name" | "pushes">, headOfficeUrl: string): Promise<number> {
  let told = 0;
  for (const { headers, body } of pushes) {
    const answered = await fetch(new URL(syncPath.push, headOfficeUrl), {
      method: "POST",
      headers: Object.fromEntries(asSent.flatMap((field) => (headers[field] === undefined ? [] : [[field, headers[field]]]))),
      body: new Uint8Array(body),
    });
    expect(answered.ok, `head office answers a push of ${name} that it had before`);
    const { results } = pushReply.parse(await answered.json());
    expect(
      results.every(({ verdict }) => verdict === "duplicate"),
      `head office knows every operation of ${name}`,
    );
    told += results.length;
  }
  return told;
}

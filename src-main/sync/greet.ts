import { ok, type Result } from "#shared/std/result.ts";
import { helloBytes } from "#shared/contracts/sync/signed-bytes.ts";
import { challengeReply, helloReply, syncPath, type HelloReply, type Reach, type RightsClaim } from "#shared/contracts/sync/wire.ts";
import type { ForkedFrom } from "#shared/domain/operations/encode.ts";
import type { Clock } from "#main/app/ports/clock.ts";
import type { Signer } from "./enrol.ts";
import type { HttpLine, WireRefusal } from "./http-line.ts";

/** Who says hello: one life of this database, and how far it is. */
export type Greeting = {
  readonly replica: number;
  readonly incarnation: string;
  readonly forkedFrom: ForkedFrom | undefined;
  /** It goes on no more, and only hands over what it wrote. */
  readonly isOver?: boolean;
  readonly head: { readonly seq: number; readonly hash: Uint8Array };
  readonly rights: RightsClaim;
  /** How far head office said that its books go. */
  readonly reach: Reach | undefined;
  readonly hlc: string;
  readonly deviceKey: Uint8Array;
};

/** Asks for a challenge and answers it. @returns what head office thinks of that life, and when it said so by its clock */
export async function greet(
  { line, signer, clock, appVersion }: { line: HttpLine; signer: Signer; clock: Clock; appVersion: string },
  { replica, incarnation, forkedFrom, isOver, head, rights, reach, hlc, deviceKey }: Greeting,
): Promise<Result<HelloReply & { readonly roundTripMs: number }, WireRefusal>> {
  const asked = await line.post(syncPath.challenge, { replica }, challengeReply);
  if (!asked.ok) return asked;
  const { challenge } = asked.value;
  const signature = signer.signWith(deviceKey, helloBytes(Buffer.from(challenge, "base64"), incarnation));
  const askedAtMs = clock.wallMs();
  const reply = await line.post(
    syncPath.hello,
    {
      replica,
      incarnation,
      ...(forkedFrom && { forkedFrom }),
      ...(isOver && { isOver }),
      headSeq: head.seq,
      headHash: Buffer.from(head.hash).toString("hex"),
      proto: [1],
      app: appVersion,
      clock: { wallMs: askedAtMs, hlc },
      rights,
      ...(reach && { reach }),
      challenge,
      challengeSignature: Buffer.from(signature).toString("base64"),
    },
    helloReply,
  );
  return reply.ok ? ok({ ...reply.value, roundTripMs: Math.max(0, clock.wallMs() - askedAtMs) }) : reply;
}

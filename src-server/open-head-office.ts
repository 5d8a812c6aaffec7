import type { HeadOffice } from "#server/app/head-office.ts";
import type { Clock, Log, Machine, Random } from "#server/app/ports/machine.ts";
import type { ServerIdentity } from "#server/app/ports/access-store.ts";
import type { Notifier, Ports } from "#server/app/ports/ports.ts";
import type { Store } from "#server/app/ports/store.ts";
import { openStore } from "#server/db/open-store.ts";
import type { DatabaseKey } from "#server/db/sealing/database-key.ts";
import { identityBytes } from "#shared/contracts/sync/signed-bytes.ts";
import { genesisOf } from "#server/app/genesis.ts";
import { makeHashRow } from "#shared/contracts/sync/row-hash.ts";
import { sha256 } from "#server/app/sha256.ts";
import { clearDeletions } from "#server/app/operations/clear-deletions.ts";
import { firstHlc } from "#shared/domain/operations/hlc.ts";
import { ok } from "#shared/std/result.ts";
import { headOfficeReplica } from "#shared/domain/operations/operation.ts";
import { makeConfigure } from "#server/app/admin/configure.ts";
import { makeFirstAdministrator } from "#server/app/admin/first-administrator.ts";
import { makeRecoverKey } from "#server/app/admin/recover-key.ts";
import { makeSignIn } from "#server/app/admin/sign-in.ts";
import { makeVerify } from "#server/app/admin/verify.ts";
import { makeViews } from "#server/app/admin/views.ts";
import { makeExpirePoints } from "#server/app/expiry/expire-points.ts";
import { makeEvaluateTiers } from "#server/app/tiers/evaluate-tiers.ts";
import { runAct } from "#server/app/acts/run-act.ts";
import { newId } from "#server/app/ids.ts";
import { makeKeyPair, signBytes } from "#server/app/keys.ts";
import { makeNotifier } from "#server/app/notifier.ts";
import { makeAct } from "#server/app/sync/act.ts";
import { makeDeposit } from "#server/app/sync/deposit.ts";
import { makeDraw } from "#server/app/sync/draw.ts";
import { makeEnrol } from "#server/app/sync/enrol.ts";
import { makeErasures } from "#server/app/sync/erasures.ts";
import { makeFind } from "#server/app/sync/find.ts";
import { makeChallenge, makeHello } from "#server/app/sync/hello.ts";
import { makeOwnOps } from "#server/app/sync/own-ops.ts";
import { makePresent } from "#server/app/sync/present.ts";
import { makePull } from "#server/app/sync/pull.ts";
import { makePush } from "#server/app/sync/push.ts";
import { makeSnapshot, makeSnapshotChunk } from "#server/app/sync/snapshot.ts";
import { makeSnapshots } from "#server/app/snapshots/make-snapshots.ts";
import { beginDraft } from "#server/snapshots/begin-draft.ts";
import { makeRepair } from "#server/app/sync/repair.ts";
import { trimWorkingSets } from "#server/app/operations/trim-working-sets.ts";
import { askBranches } from "#server/app/operations/ask-branches.ts";
import { settleKeptPurchases } from "#server/app/operations/settle-kept-purchases.ts";
import { releaseParked } from "#server/app/operations/release-parked.ts";

type Options = {
  /** Marks an empty database as a sample for good; one that has data keeps what it was made as. */
  readonly isSample?: boolean;
  /** For a simulation, in which nobody waits by the clock of this computer. */
  readonly notifier?: Notifier;
  /** From how many rows on a stream has snapshots; fewer only in tests. */
  readonly snapshotsFromRows?: number;
};

export type HeadOfficeOptions = Options & {
  readonly databaseUrl: string;
  /** Of the personal data in it. */
  readonly databaseKey: DatabaseKey;
  readonly clock: Clock;
  readonly random: Random;
  readonly log?: Log;
};

/** Opens head office on a PostgreSQL database, making or migrating its tables first. Several processes may open the same one. */
export async function openHeadOffice(given: HeadOfficeOptions): Promise<HeadOffice> {
  const { databaseUrl, databaseKey, clock, random, log = () => undefined, ...options } = given;
  const store = await openStore(databaseUrl, databaseKey, () => log("database connection lost", {}));
  return openHeadOfficeOn(store, { clock, random, log }, options);
}

/** Opens head office on a store, which it closes when it is closed or does not come to be. */
export async function openHeadOfficeOn(store: Store, machine: Machine, options: Options = {}): Promise<HeadOffice> {
  const { isSample = false, notifier = makeNotifier(), snapshotsFromRows } = options;
  const identity = await findOrMakeIdentity(store, machine, isSample).catch(async (cause: unknown) => {
    await store.close();
    throw cause;
  });
  const ports: Ports = { store, machine, identity, notifier };
  const hashRow = makeHashRow(sha256, identity.directoryKey);
  await store
    .write((tx) => tx.feed.hashEarlier(hashRow, machine.clock.nowMs()))
    .catch(async (cause: unknown) => {
      await store.close();
      throw cause;
    });
  const { firstAdministratorCode, createFirstAdministrator } = makeFirstAdministrator(ports);
  const expirePoints = makeExpirePoints(ports);
  const evaluateTiers = makeEvaluateTiers(ports);
  const snapshots = makeSnapshots(ports, { beginDraft, fromRows: snapshotsFromRows });
  return {
    runJobs: async () => {
      await releaseParked(ports);
      await settleKeptPurchases(ports);
      await askBranches(ports);
      await trimWorkingSets(ports);
      await clearDeletions(ports);
      const done = { expiry: await expirePoints(), tiers: await evaluateTiers() };
      await snapshots.makeWhenDue();
      return done;
    },
    sync: {
      identity: (nonce) => ({ publicKey: identity.publicKey, signature: signBytes(identity.privateKey, identityBytes(nonce)) }),
      enrol: makeEnrol(ports),
      challenge: makeChallenge(ports),
      hello: makeHello(ports),
      push: makePush(ports),
      pull: makePull(ports),
      draw: makeDraw(ports),
      act: makeAct(ports),
      erasures: makeErasures(ports),
      present: makePresent(ports),
      find: makeFind(ports),
      deposit: makeDeposit(ports),
      ownOps: makeOwnOps(ports),
      snapshot: makeSnapshot(ports, snapshots),
      snapshotChunk: makeSnapshotChunk(ports, snapshots),
      repair: makeRepair(ports),
    },
    admin: {
      signIn: makeSignIn(ports),
      createFirstAdministrator,
      ...makeConfigure(ports),
      ...makeViews(ports),
      async act(by, act, input) {
        const acted = await store.write((tx) => runAct({ ports, tx, by }, act, input));
        if (acted.ok) ports.notifier.published();
        return acted.ok ? ok(acted.value.reply) : acted;
      },
      recoverKey: makeRecoverKey(ports),
      verify: makeVerify(ports),
    },
    firstAdministratorCode,
    close: async () => {
      await snapshots.stop();
      await store.close();
    },
  };
}

const directoryKeyBytes = 32;
const incarnationBytes = 8;

/** Who this head office is, made with its first tables and never changed. */
async function findOrMakeIdentity(store: Store, machine: Machine, isSample: boolean): Promise<ServerIdentity> {
  const fresh: ServerIdentity = {
    serverId: newId(machine),
    ...makeKeyPair(),
    directoryKey: machine.random(directoryKeyBytes),
    incarnation: Buffer.from(machine.random(incarnationBytes)).toString("hex"),
    isSample,
  };
  return store.write(async (tx) => {
    const { identity, isNew } = await tx.access.identity(fresh);
    if (isNew) {
      const { incarnation } = identity;
      const ackHash = genesisOf({ replica: headOfficeReplica, incarnation, forkedFrom: null });
      await tx.stations.register(
        {
          replica: headOfficeReplica,
          incarnation,
          state: "active",
          ackSeq: 0,
          ackHash,
          lastHlc: firstHlc,
          forkedFrom: null,
          claim: null,
          claimState: "agrees",
        },
        machine.clock.nowMs(),
      );
    }
    return identity;
  });
}

import { implement, ORPCError, ValidationError } from "@orpc/server";
import { fieldIssues } from "#shared/contracts/field-issues.ts";
import { stationContract } from "#shared/contracts/station-contract.ts";
import type { StationEvent } from "#shared/contracts/station.ts";
import type { OperatorView } from "#shared/contracts/common.ts";
import { may, permissionsOf, type Operator } from "#shared/domain/staff/roles.ts";
import { Fault } from "#main/app/ports/fault.ts";
import type { Logger } from "#main/app/ports/logger.ts";
import type { StationDoor } from "#main/app/ports/station-door.ts";
import type { Random } from "#main/app/ports/random.ts";
import { accessTo } from "./access.ts";
import type { ApiContext, Connection } from "./context.ts";
import { eventStream } from "./event-stream.ts";
import { answer } from "./refusals.ts";

/** Serves the contract: who may, then one line a procedure. */
export function makeRouter(door: StationDoor, { log, random }: { readonly log: Logger; readonly random: Random }) {
  const root = implement(stationContract).$context<ApiContext>();
  const becomes = (connection: Connection, operator: Operator | undefined): void => {
    connection.operator = operator;
    connection.authorisation = undefined;
    connection.isLocked = false;
  };

  const counter = () => door.counter();

  /** Who is behind a connection at this moment: an account that was switched off meanwhile is no longer. */
  const operatorOf = (connection: Connection): Operator | undefined => {
    if (connection.operator) connection.operator = door.counter().sessionOperator(connection.operator.staffId);
    return connection.operator;
  };

  /** Before sign-in, and while it is locked, a screen sees the strip, whose staff card was swiped, and nothing of any member. */
  const mayHear = (connection: Connection, event: StationEvent): boolean =>
    event.type === "status" || event.type === "staffCardRead" || operatorOf(connection) !== undefined;
  const hold = (connection: Connection, event: StationEvent): void => {
    if (connection.isLocked && (event.type === "cardRead" || event.type === "cardRefused")) connection.heldSwipe = event;
  };

  /** The one place where a throw becomes a reply, and the only one that looks at permissions. */
  const os = root.use(async ({ context, path, next, errors }, input) => {
    try {
      const needs = accessTo(path);
      const { connection } = context;
      const signedIn = operatorOf(connection);
      const operator = signedIn && counter().withLoan(signedIn, connection.authorisation, requestIdOf(input));
      if (needs !== "anybody" && !operator) throw errors.NOT_SIGNED_IN();
      if (needs !== "anybody" && needs !== "signedIn" && operator && !may(operator, needs))
        throw errors.FORBIDDEN({ data: { permission: needs } });
      return await next({ context: { operator } });
    } catch (cause) {
      if (cause instanceof ORPCError && cause.code === "BAD_REQUEST" && cause.cause instanceof ValidationError)
        throw errors.INVALID_INPUT({ data: { issues: fieldIssues(cause.cause.issues) } });
      if (cause instanceof ORPCError && cause.defined) throw cause;
      if (cause instanceof Fault && isStorageFault(cause.code)) throw errors[cause.code]();
      if (cause instanceof Fault && cause.code === "NOT_ENROLLED") throw errors.NOT_SIGNED_IN();
      const incident = random.uuid();
      log.error(
        {
          incident,
          procedure: path.join("."),
          error: cause instanceof Error ? cause.name : "unknown",
          at: cause instanceof Error ? cause.stack : undefined,
        },
        "procedure failed",
      );
      throw errors.INTERNAL({ data: { incident } });
    }
  });

  /** The middleware has let nobody through who is not signed in. */
  const by = (context: { readonly operator: Operator | undefined }): Operator => {
    if (!context.operator) throw new Error("no operator behind the door");
    return context.operator;
  };

  return os.router({
    session: {
      signIn: os.session.signIn.handler(async ({ input, context, errors }) => {
        if (door.setupState().state !== "ready") throw errors.NOT_ENROLLED();
        const operator = answer(errors, await counter().signIn(input));
        becomes(context.connection, operator);
        return viewOperator(operator);
      }),
      signInByCard: os.session.signInByCard.handler(async ({ input, context, errors }) => {
        if (door.setupState().state !== "ready") throw errors.NOT_ENROLLED();
        const operator = answer(errors, await counter().signInByCard(input));
        becomes(context.connection, operator);
        return viewOperator(operator);
      }),
      setPin: os.session.setPin.handler(async ({ input, context, errors }) => answer(errors, await counter().setPin(input, by(context)))),
      changePassword: os.session.changePassword.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().changePassword(input, by(context))),
      ),
      lock: os.session.lock.handler(({ context: { connection } }) => {
        becomes(connection, undefined);
        connection.isLocked = true;
        connection.heldSwipe = undefined;
        return {};
      }),
      heldSwipe: os.session.heldSwipe.handler(({ context: { connection } }) => {
        const held = connection.heldSwipe ?? null;
        connection.heldSwipe = undefined;
        return held;
      }),
      signOut: os.session.signOut.handler(({ context }) => {
        becomes(context.connection, undefined);
        context.connection.heldSwipe = undefined;
        return {};
      }),
      authorise: os.session.authorise.handler(async ({ input, context, errors }) => {
        const authorisation = answer(errors, await counter().authorise(input, by(context)));
        context.connection.authorisation = authorisation;
        return { supervisor: authorisation.supervisor.displayName, untilMs: authorisation.untilMs };
      }),
      current: os.session.current.handler(({ context }) =>
        context.connection.operator ? viewOperator(context.connection.operator) : null,
      ),
    },
    setup: {
      state: os.setup.state.handler(() => door.setupState()),
      tryIt: os.setup.tryIt.handler(async ({ errors }) => answer(errors, await door.tryIt())),
      enrol: os.setup.enrol.handler(async ({ input, errors }) => answer(errors, await door.enrol(input))),
    },
    station: {
      status: os.station.status.handler(() => door.status()),
      watch: os.station.watch.handler(({ context, signal }) =>
        eventStream(
          (listener) => door.subscribe((event) => (mayHear(context.connection, event) ? listener(event) : hold(context.connection, event))),
          signal,
        ),
      ),
    },
    members: {
      find: os.members.find.handler(({ input, context }) => counter().findMembers(input, by(context))),
      findAtHeadOffice: os.members.findAtHeadOffice.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().findMembersAtHeadOffice(input, by(context))),
      ),
      similar: os.members.similar.handler(({ input }) => counter().findSimilar(input)),
      get: os.members.get.handler(({ input, errors }) => answer(errors, counter().getMember(input))),
      create: os.members.create.handler(({ input, context, errors }) => answer(errors, counter().createMember(input, by(context)))),
      change: os.members.change.handler(({ input, context, errors }) => answer(errors, counter().changeMember(input, by(context)))),
      edits: os.members.edits.handler(() => counter().listEdits()),
      sendAgain: os.members.sendAgain.handler(({ input, context, errors }) => answer(errors, counter().sendEditAgain(input, by(context)))),
      reviews: os.members.reviews.handler(({ context }) => counter().listReviews(by(context))),
      decideReview: os.members.decideReview.handler(({ input, context, errors }) =>
        answer(errors, counter().decideReview(input, by(context))),
      ),
    },
    encoding: {
      state: os.encoding.state.handler(() => counter().encodingState()),
      write: os.encoding.write.handler(async ({ input, errors, signal }) => answer(errors, await counter().writeCard(input, signal))),
      check: os.encoding.check.handler(async ({ input, context, errors, signal }) =>
        answer(errors, await counter().checkCard(input, by(context), signal)),
      ),
    },
    cards: {
      identify: os.cards.identify.handler(({ input, errors }) => answer(errors, counter().identifyCard(input))),
      waiting: os.cards.waiting.handler(() => counter().listWaiting()),
      undoIssue: os.cards.undoIssue.handler(({ input, context, errors }) => answer(errors, counter().undoIssue(input, by(context)))),
      issue: os.cards.issue.handler(({ input, context, errors }) => answer(errors, counter().issueCard(input, by(context)))),
      block: os.cards.block.handler(({ input, context, errors }) => answer(errors, counter().blockCard(input, by(context)))),
    },
    points: {
      rules: os.points.rules.handler(() => counter().listRules()),
      keepPurchase: os.points.keepPurchase.handler(({ input, context, errors }) =>
        answer(errors, counter().keepPurchase(input, by(context))),
      ),
      keptPurchases: os.points.keptPurchases.handler(() => counter().keptPurchases()),
      award: os.points.award.handler(({ input, context, errors }) => answer(errors, counter().award(input, by(context)))),
      void: os.points.void.handler(({ input, context, errors }) => answer(errors, counter().voidMovement(input, by(context)))),
      balance: os.points.balance.handler(({ input, errors }) => answer(errors, counter().balance(input))),
      balances: os.points.balances.handler(({ input }) => counter().balances(input)),
      explain: os.points.explain.handler(({ input, errors }) => answer(errors, counter().explain(input))),
      journal: os.points.journal.handler(({ context }) => counter().journal(by(context))),
      proposals: os.points.proposals.handler(() => counter().listProposals()),
      decideProposal: os.points.decideProposal.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().decideProposal(input, by(context))),
      ),
      restore: os.points.restore.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().restorePoints(input, by(context))),
      ),
      handOverProposal: os.points.handOverProposal.handler(({ input, context, errors }) =>
        answer(errors, counter().handOverProposal(input, by(context))),
      ),
      draw: os.points.draw.handler(async ({ input, errors }) => answer(errors, await counter().draw(input))),
    },
    requests: {
      list: os.requests.list.handler(() => counter().listRequests()),
      refund: os.requests.refund.handler(({ input, context, errors }) => answer(errors, counter().askRefund(input, by(context)))),
      void: os.requests.void.handler(({ input, context, errors }) => answer(errors, counter().askVoid(input, by(context)))),
      accept: os.requests.accept.handler(({ input, context, errors }) => answer(errors, counter().acceptRequest(input, by(context)))),
      decline: os.requests.decline.handler(({ input, context, errors }) => answer(errors, counter().declineRequest(input, by(context)))),
    },
    redemption: {
      plans: os.redemption.plans.handler(() => counter().listPlans()),
      redeem: os.redemption.redeem.handler(({ input, context, errors }) => answer(errors, counter().redeem(input, by(context)))),
      hold: os.redemption.hold.handler(({ input, context, errors }) => answer(errors, counter().hold(input, by(context)))),
      confirm: os.redemption.confirm.handler(({ input, context, errors }) => answer(errors, counter().confirmHold(input, by(context)))),
      cancel: os.redemption.cancel.handler(({ input, context, errors }) => answer(errors, counter().cancelHold(input, by(context)))),
      held: os.redemption.held.handler(() => counter().listHolds()),
    },
    stock: {
      list: os.stock.list.handler(() => counter().listStock()),
      moves: os.stock.moves.handler(({ input }) => counter().listStockMoves(input)),
      today: os.stock.today.handler(() => counter().todaysGifts()),
      ranges: os.stock.ranges.handler(() => counter().listRanges()),
      gifts: os.stock.gifts.handler(() => counter().listGifts()),
      branches: os.stock.branches.handler(() => counter().listOtherBranches()),
      assignCards: os.stock.assignCards.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().assignCards(input, by(context))),
      ),
      setGift: os.stock.setGift.handler(async ({ input, context, errors }) => answer(errors, await counter().setGift(input, by(context)))),
      receive: os.stock.receive.handler(({ input, context, errors }) => answer(errors, counter().receiveGifts(input, by(context)))),
      takeOut: os.stock.takeOut.handler(({ input, context, errors }) => answer(errors, counter().takeOutGifts(input, by(context)))),
      send: os.stock.send.handler(({ input, context, errors }) => answer(errors, counter().sendGifts(input, by(context)))),
      takeIn: os.stock.takeIn.handler(({ input, context, errors }) => answer(errors, counter().takeInParcel(input, by(context)))),
      count: os.stock.count.handler(({ input, context, errors }) => answer(errors, counter().countStock(input, by(context)))),
      cardsBetween: os.stock.cardsBetween.handler(({ input, errors }) => answer(errors, counter().cardsBetween(input))),
      receiveCards: os.stock.receiveCards.handler(({ input, context, errors }) =>
        answer(errors, counter().receiveCards(input, by(context))),
      ),
      discardCards: os.stock.discardCards.handler(({ input, context, errors }) =>
        answer(errors, counter().discardCards(input, by(context))),
      ),
    },
    slips: { last: os.slips.last.handler(({ context }) => counter().lastSlip(by(context))) },
    sync: {
      exchange: os.sync.exchange.handler(() => door.exchangeNow()),
      overview: os.sync.overview.handler(() => counter().exchangeOverview()),
      entries: os.sync.entries.handler(({ input }) => counter().exchangeEntries(input)),
    },
    accounts: {
      list: os.accounts.list.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().listAccounts(input, by(context))),
      ),
      create: os.accounts.create.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().createAccount(input, by(context))),
      ),
      change: os.accounts.change.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().changeAccount(input, by(context))),
      ),
      resetPassword: os.accounts.resetPassword.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().resetPassword(input, by(context))),
      ),
      unlock: os.accounts.unlock.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().unlockAccount(input, by(context))),
      ),
      setCard: os.accounts.setCard.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().setStaffCard(input, by(context))),
      ),
      clearPin: os.accounts.clearPin.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().clearPin(input, by(context))),
      ),
    },
    publications: {
      list: os.publications.list.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().listPublications(input, by(context))),
      ),
      publishRule: os.publications.publishRule.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().publishRule(input, by(context))),
      ),
      publishPlan: os.publications.publishPlan.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().publishPlan(input, by(context))),
      ),
    },
    tiers: {
      list: os.tiers.list.handler(async ({ input, context, errors }) => answer(errors, await counter().listTiers(input, by(context)))),
      publish: os.tiers.publish.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().publishTiers(input, by(context))),
      ),
      explain: os.tiers.explain.handler(({ input, errors }) => answer(errors, counter().explainTier(input))),
    },
    dictionaries: {
      entries: os.dictionaries.entries.handler(() => counter().listEntries()),
      set: os.dictionaries.set.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().setDictionary(input, by(context))),
      ),
    },
    audit: {
      list: os.audit.list.handler(async ({ input, context, errors }) => answer(errors, await counter().listAudit(input, by(context)))),
    },
    recovery: {
      state: os.recovery.state.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().recoveryState(input, by(context))),
      ),
      goOn: os.recovery.goOn.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().goOnAfterRecovery(input, by(context))),
      ),
      close: os.recovery.close.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().closeMissing(input, by(context))),
      ),
    },
    erasures: {
      list: os.erasures.list.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().listErasures(input, by(context))),
      ),
      preview: os.erasures.preview.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().previewErasure(input, by(context))),
      ),
      ask: os.erasures.ask.handler(async ({ input, context, errors }) => answer(errors, await counter().askErasure(input, by(context)))),
      withdraw: os.erasures.withdraw.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().withdrawErasure(input, by(context))),
      ),
      confirm: os.erasures.confirm.handler(async ({ input, context, errors }) => answer(errors, await counter().erase(input, by(context)))),
    },
    periods: {
      list: os.periods.list.handler(async ({ input, context, errors }) => answer(errors, await counter().listPeriods(input, by(context)))),
      close: os.periods.close.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().closePeriod(input, by(context))),
      ),
    },
    pools: {
      list: os.pools.list.handler(async ({ input, context, errors }) => answer(errors, await counter().listPools(input, by(context)))),
      make: os.pools.make.handler(async ({ input, context, errors }) => answer(errors, await counter().makePool(input, by(context)))),
      join: os.pools.join.handler(async ({ input, context, errors }) => answer(errors, await counter().joinPool(input, by(context)))),
      leave: os.pools.leave.handler(async ({ input, context, errors }) => answer(errors, await counter().leavePool(input, by(context)))),
    },
    people: {
      list: os.people.list.handler(async ({ input, context, errors }) => answer(errors, await counter().listPeople(input, by(context)))),
      compare: os.people.compare.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().comparePeople(input, by(context))),
      ),
      merge: os.people.merge.handler(async ({ input, context, errors }) => answer(errors, await counter().mergePeople(input, by(context)))),
      previewSplit: os.people.previewSplit.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().previewSplit(input, by(context))),
      ),
      split: os.people.split.handler(async ({ input, context, errors }) => answer(errors, await counter().splitPeople(input, by(context)))),
    },
    stations: {
      list: os.stations.list.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().listStations(input, by(context))),
      ),
      createCode: os.stations.createCode.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().createEnrolmentCode(input, by(context))),
      ),
      fence: os.stations.fence.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().fenceStation(input, by(context))),
      ),
      giveBack: os.stations.giveBack.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().giveBackOfStation(input, by(context))),
      ),
    },
    queue: {
      list: os.queue.list.handler(async ({ input, context, errors }) => answer(errors, await counter().listQueue(input, by(context)))),
      release: os.queue.release.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().releaseEntry(input, by(context))),
      ),
      refuse: os.queue.refuse.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().refuseEntry(input, by(context))),
      ),
      note: os.queue.note.handler(async ({ input, context, errors }) => answer(errors, await counter().noteEntry(input, by(context)))),
      countRefund: os.queue.countRefund.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().countRefund(input, by(context))),
      ),
      givePurchase: os.queue.givePurchase.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().givePurchase(input, by(context))),
      ),
      putPurchaseAway: os.queue.putPurchaseAway.handler(async ({ input, context, errors }) =>
        answer(errors, await counter().putPurchaseAway(input, by(context))),
      ),
    },
    devices: {
      list: os.devices.list.handler(() => counter().listDevices()),
      add: os.devices.add.handler(async ({ input, errors }) => answer(errors, await counter().addDevice(input))),
      change: os.devices.change.handler(async ({ input, errors }) => answer(errors, await counter().changeDevice(input))),
      remove: os.devices.remove.handler(({ input, errors }) => answer(errors, counter().removeDevice(input))),
      test: os.devices.test.handler(async ({ input, errors, signal }) => answer(errors, await counter().testDevice(input, signal))),
      trace: os.devices.trace.handler(({ input, errors }) => answer(errors, counter().traceDevice(input))),
    },
    updates: {
      state: os.updates.state.handler(() => door.updates.state()),
      check: os.updates.check.handler(async ({ errors }) => answer(errors, await door.updates.check())),
      install: os.updates.install.handler(({ errors }) => answer(errors, door.updates.install())),
    },
    upkeep: {
      verify: os.upkeep.verify.handler(async () => {
        const { ok, damaged } = await door.upkeep().verify();
        return { ok, damaged: [...damaged] };
      }),
      backUp: os.upkeep.backUp.handler(() => door.upkeep().backUp()),
      recoveryKey: os.upkeep.recoveryKey.handler(({ context }) => {
        const recoveryKey = door.upkeep().recoveryKey();
        log.warn({ code: "RECOVERY_KEY_SHOWN", staffId: by(context).staffId }, "somebody was shown the recovery key");
        return { recoveryKey };
      }),
      keyCopy: os.upkeep.keyCopy.handler(() => ({ isAtHeadOffice: door.upkeep().isKeyAtHeadOffice() })),
    },
    shift: {
      current: os.shift.current.handler(() => counter().currentShift()),
      lines: os.shift.lines.handler(({ input, context }) => counter().shiftLines(input, by(context))),
      close: os.shift.close.handler(({ input, context, errors }) => answer(errors, counter().closeShift(input, by(context)))),
    },
    settings: { setIdleLock: os.settings.setIdleLock.handler(({ input, errors }) => answer(errors, counter().setIdleLock(input))) },
    practice: {
      cards: os.practice.cards.handler(({ errors }) => answer(errors, counter().practiceCards())),
      swipe: os.practice.swipe.handler(({ input, errors }) => answer(errors, counter().practiceSwipe(input))),
      draw: os.practice.draw.handler(({ input, errors }) => answer(errors, counter().practiceDraw(input))),
    },
  });
}
export type StationRouter = ReturnType<typeof makeRouter>;

/** The intent that an act is sent under. The input is not checked yet: what is no id matches no authorisation. */
const requestIdOf = (input: unknown): unknown =>
  typeof input === "object" && input !== null && "requestId" in input ? input.requestId : undefined;

/** What a disk may do at any moment; the sentence is the contract's, since a fault's own is for the start. */
const storageFaults = ["STORAGE_FULL", "STORAGE_READ_ONLY", "STORAGE_BUSY", "STORAGE_DAMAGED", "STORAGE_FAILING"] as const;
const isStorageFault = (code: string): code is (typeof storageFaults)[number] => storageFaults.some((known) => known === code);

const viewOperator = (operator: Operator): OperatorView => {
  const { staffId, userName, displayName, role } = operator;
  return { staffId, userName, displayName, role, permissions: [...permissionsOf(operator)] };
};

import { LinkOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Spin } from "antd";
import { useEffect, useState, useSyncExternalStore } from "react";
import type { SetupState } from "#shared/contracts/setup.ts";
import type { StaffCardRead } from "#shared/contracts/station.ts";
import { idleLockMinutes } from "#shared/domain/settings/idle-lock.ts";
import { FirstRun } from "../features/first-run/first-run.tsx";
import { SignIn } from "../features/sign-in/sign-in.tsx";
import { connection, queries } from "./client.ts";
import { useTexts } from "./intl/use-texts.ts";
import { useKeyboard } from "./keys/use-commands.ts";
import { DeskPlace } from "./session/desk-place.tsx";
import { useIdleLock } from "./session/use-idle-lock.ts";
import { useSession } from "./session/use-session.ts";
import { CalmScreen } from "./shell/calm-screen.tsx";
import { useStationEvents } from "./station/use-station-events.ts";
import { isStaffCardTaken } from "./station/use-swipes.ts";
import { StatusStrip } from "./shell/status-strip.tsx";
import { Workplace } from "./workplace/workplace.tsx";
import styles from "./shell/shell.module.css";

/** How often the first run asks how far it is, in milliseconds. */
const progressEveryMs = 700;

/** Which screen is due: connecting, first run, sign-in or the counter; the status strip stands above all of them. */
export function App() {
  const { t } = useTexts();
  const client = useQueryClient();
  const state = useSyncExternalStore(connection.subscribe, connection.state);
  useKeyboard();

  const setup = useQuery(
    queries.setup.state.queryOptions({
      refetchInterval: (query: { state: { data?: SetupState | undefined } }) =>
        query.state.data?.state === "working" ? progressEveryMs : false,
    }),
  );
  const isReady = setup.data?.state === "ready";
  const session = useSession(isReady);
  const { operator } = session;
  const status = useQuery(queries.station.status.queryOptions({ enabled: isReady }));

  const [staffCard, setStaffCard] = useState<StaffCardRead>();
  useStationEvents((event) => {
    if (event.type === "staffCardRead" && !isStaffCardTaken(event)) {
      // A colleague takes over: what is on the desk is kept for whoever left it.
      session.lock();
      setStaffCard(event);
    }
    if (event.type === "status") client.setQueryData(queries.station.status.queryKey(), event.status);
    if (event.type === "updatesChanged") void client.invalidateQueries({ queryKey: queries.updates.key() });
  });

  // The session belongs to the connection: a new one knows nobody, and everything may have moved on meanwhile.
  useEffect(() => {
    if (state === "open") void client.invalidateQueries();
  }, [client, state]);

  useIdleLock(status.data?.idleLockMinutes ?? idleLockMinutes.usual, session.lock);

  const screen = (): React.ReactNode => {
    if (state === "noAddress")
      return <CalmScreen icon={<LinkOutlined />} title={t("shell.noAddress.title")} body={t("shell.noAddress.body")} />;
    if (!setup.data) return <CalmScreen icon={<Spin />} title={t("shell.connecting.title")} body={t("shell.connecting.body")} />;
    if (!isReady)
      return <FirstRun setup={setup.data} onChanged={(changed) => client.setQueryData(queries.setup.state.queryKey(), changed)} />;
    if (operator) return null;
    return (
      <SignIn
        key={session.lockedBy?.staffId}
        lockedBy={session.lockedBy}
        sampleAccounts={setup.data.sampleAccounts}
        staffCard={staffCard}
        onStaffCardDone={() => setStaffCard(undefined)}
        onSignedIn={(signedIn) => {
          setStaffCard(undefined);
          session.signedIn(signedIn);
        }}
      />
    );
  };

  return (
    <div className={styles.shell}>
      <StatusStrip status={status.data} operator={operator} isSample={setup.data?.isSample ?? false} />
      <div className={styles.body}>
        {screen()}
        {session.desks.map((desk) => (
          <DeskPlace key={desk.operator.staffId} drafts={desk.drafts} isInUse={desk.operator.staffId === operator?.staffId}>
            <Workplace operator={desk.operator} status={status.data} onLock={session.lock} onSignOut={session.signOut} />
          </DeskPlace>
        ))}
      </div>
      {state === "lost" && setup.data && (
        <div className={styles.veil}>
          <CalmScreen icon={<Spin />} title={t("shell.connecting.title")} body={t("shell.connecting.body")} />
        </div>
      )}
    </div>
  );
}

import { LinkOutlined } from "@ant-design/icons";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Spin } from "antd";
import { useEffect, useSyncExternalStore } from "react";
import type { SetupState } from "#shared/contracts/setup.ts";
import { drafts } from "./acts/use-draft.ts";
import { FirstRun } from "../features/first-run/first-run.tsx";
import { SignIn } from "../features/sign-in/sign-in.tsx";
import { connection, queries, station } from "./client.ts";
import { useTexts } from "./intl/use-texts.ts";
import { useKeyboard } from "./keys/use-commands.ts";
import { CalmScreen } from "./shell/calm-screen.tsx";
import { useStationEvents } from "./station/use-station-events.ts";
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
  const operator = useQuery(queries.session.current.queryOptions({ enabled: isReady }));
  const status = useQuery(queries.station.status.queryOptions({ enabled: isReady }));

  useStationEvents((event) => {
    if (event.type === "status") client.setQueryData(queries.station.status.queryKey(), event.status);
  });

  // The session belongs to the connection: a new one knows nobody, and everything may have moved on meanwhile.
  useEffect(() => {
    if (state === "open") void client.invalidateQueries();
  }, [client, state]);

  const signOut = useMutation({
    mutationFn: () => station.session.signOut(),
    onSettled: () => {
      drafts.discardAll();
      client.setQueryData(queries.session.current.queryKey(), null);
      // Nothing of a member stays in the page for whoever comes next.
      client.removeQueries({ queryKey: queries.members.key() });
      client.removeQueries({ queryKey: queries.points.key() });
    },
  });

  const screen = (): React.ReactNode => {
    if (state === "noAddress")
      return <CalmScreen icon={<LinkOutlined />} title={t("shell.noAddress.title")} body={t("shell.noAddress.body")} />;
    if (!setup.data) return <CalmScreen icon={<Spin />} title={t("shell.connecting.title")} body={t("shell.connecting.body")} />;
    if (!isReady)
      return <FirstRun setup={setup.data} onChanged={(changed) => client.setQueryData(queries.setup.state.queryKey(), changed)} />;
    if (operator.data) return <Workplace operator={operator.data} status={status.data} onSignOut={() => signOut.mutate()} />;
    return (
      <SignIn
        sampleAccounts={setup.data.sampleAccounts}
        onSignedIn={(signedIn) => client.setQueryData(queries.session.current.queryKey(), signedIn)}
      />
    );
  };

  return (
    <div className={styles.shell}>
      <StatusStrip status={status.data} operator={operator.data ?? undefined} isSample={setup.data?.isSample ?? false} />
      <div className={styles.body}>{screen()}</div>
      {state === "lost" && setup.data && (
        <div className={styles.veil}>
          <CalmScreen icon={<Spin />} title={t("shell.connecting.title")} body={t("shell.connecting.body")} />
        </div>
      )}
    </div>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { DeviceView } from "#shared/contracts/devices.ts";
import { queries } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { useCommands } from "../../app/keys/use-commands.ts";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { ScreenPage } from "../../app/screens/screen-page.tsx";
import type { ScreenProps } from "../../app/screens/screen.ts";
import { Notice } from "../../ui/notice.tsx";
import { OptionList } from "../../ui/option-list.tsx";
import { DeviceForm } from "./device-form.tsx";
import { DevicePane } from "./device-pane.tsx";
import { DeviceRow, PortRow, TypedPortRow } from "./list-rows.tsx";
import { PortPane } from "./port-pane.tsx";
import { RemovedNotice } from "./removed-notice.tsx";
import styles from "./devices.module.css";

/** While somebody looks, the station goes on looking for ports that are plugged in. */
const lookAgainMs = 5_000;
const typedPort = "typed";

/** What hangs on this computer and how it is, what is plugged in beside it, and what each card comes to. */
export default function DevicesScreen({ onClose }: ScreenProps) {
  const { t } = useTexts();
  const list = useQuery(queries.devices.list.queryOptions({ staleTime: 0, refetchInterval: lookAgainMs }));
  const [chosenId, setChosenId] = useState<string>();
  const [isEditing, setIsEditing] = useState(false);
  const [savedName, setSavedName] = useState<string>();
  const [removed, setRemoved] = useState<DeviceView>();
  useCommands("form", isEditing ? { back: () => setIsEditing(false) } : {});

  const { devices = [], ports = [], defaults = [] } = list.data ?? {};
  const freePorts = (ports ?? []).filter(({ usedBy }) => usedBy === null);
  const options = [
    ...devices.map((device) => ({ id: device.deviceId, content: <DeviceRow device={device} /> })),
    ...freePorts.map((port) => ({ id: port.path, content: <PortRow port={port} /> })),
    { id: typedPort, content: <TypedPortRow /> },
  ];
  const shownId = options.some(({ id }) => id === chosenId) ? chosenId : options[0]?.id;
  const device = devices.find(({ deviceId }) => deviceId === shownId);
  const port = freePorts.find(({ path }) => path === shownId);
  const trouble = troubleOf(list.error);

  const choose = (id: string): void => {
    setChosenId(id);
    setIsEditing(false);
    setSavedName(undefined);
    setRemoved(undefined);
  };
  const saved = (view: DeviceView): void => {
    setChosenId(view.deviceId);
    setIsEditing(false);
    setSavedName(view.name ?? view.path);
    setRemoved(undefined);
  };

  return (
    <ScreenPage
      id="devices"
      title={t("devices.title")}
      lead={t("devices.lead")}
      trouble={trouble}
      isFilling
      isReading={list.isLoading}
      onClose={onClose}
    >
      {removed && <RemovedNotice device={removed} onPutBack={saved} />}
      {savedName !== undefined && <Notice tone="good" title={t("devices.saved", { name: savedName })} />}
      {list.data && devices.length === 0 && (
        <Notice tone="plain" title={t("devices.none.title")}>
          {t("devices.none.body")}
        </Notice>
      )}
      {list.data?.ports === null && <p className={styles.lead}>{t("devices.noList")}</p>}
      {list.data && (
        <div className={styles.columns}>
          <OptionList
            // Takes the focus again when the form beside it goes.
            key={String(isEditing)}
            label={t("devices.list")}
            options={options}
            selectedId={shownId}
            onSelect={choose}
            onCommit={(id) => {
              choose(id);
              setIsEditing(!devices.some(({ deviceId }) => deviceId === id) || device?.origin === "station");
            }}
            isFocusedFirst={!isEditing && savedName === undefined && removed === undefined}
          />
          {isEditing ? (
            <DeviceForm
              key={shownId}
              device={device?.origin === "station" ? device : undefined}
              path={port?.path ?? device?.path ?? ""}
              freePorts={freePorts}
              defaults={defaults}
              onSaved={saved}
              onCancel={() => setIsEditing(false)}
            />
          ) : device ? (
            <DevicePane
              key={shownId}
              device={device}
              isJustSaved={savedName !== undefined}
              onChange={() => {
                setIsEditing(true);
                setSavedName(undefined);
              }}
              onRemoved={() => {
                setRemoved(device);
                setSavedName(undefined);
              }}
            />
          ) : (
            <PortPane port={port} onAdd={() => setIsEditing(true)} />
          )}
        </div>
      )}
    </ScreenPage>
  );
}

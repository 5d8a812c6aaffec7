import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { useRef, useState } from "react";
import type { DeviceView } from "#shared/contracts/devices.ts";
import { station } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { useCommands } from "../../app/keys/use-commands.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { troubleOf } from "../../app/refusals/trouble-of.ts";
import { Notice } from "../../ui/notice.tsx";
import { useNow } from "../../ui/use-now.ts";
import { TestOutcome } from "./test-outcome.tsx";
import styles from "./devices.module.css";

/** As long as the station waits. */
const testMs = 20_000;

type Props = { readonly device: DeviceView; readonly isFocusedFirst: boolean };

/** Waits for one card and shows what it came to, as it comes. Nobody is served by it. */
export function TestRead({ device: { deviceId, origin, setup }, isFocusedFirst }: Props) {
  const { t } = useTexts();
  const asked = useRef<AbortController>(undefined);
  const [begunMs, setBegunMs] = useState(0);
  const test = useMutation({
    mutationFn: () => {
      asked.current = new AbortController();
      return station.devices.test({ deviceId }, { signal: asked.current.signal });
    },
  });
  const practise = useMutation({
    mutationFn: async () => {
      if (setup.family === "msr605") return void (await station.practice.draw({ how: "well" }));
      const cards = await station.practice.cards();
      const card = cards.find(({ kind }) => (kind === "tag") === (setup.family === "rfid.em4100"));
      if (card) await station.practice.swipe({ swipeId: card.swipeId });
    },
  });
  const isWaiting = test.isPending;
  const stop = (): void => {
    asked.current?.abort();
    test.reset();
  };
  useCommands("form", isWaiting ? { back: stop } : {});
  const begin = (): void => {
    setBegunMs(Date.now());
    test.mutate();
  };
  const trouble = troubleOf(test.error ?? practise.error);
  return (
    <div className={styles.test}>
      {trouble && <RefusalNotice trouble={trouble} />}
      {test.data && <TestOutcome read={test.data} />}
      {isWaiting ? (
        <Notice
          tone="plain"
          title={<Waiting untilMs={begunMs + testMs} />}
          actions={
            <>
              {origin === "practice" && (
                <Button type="primary" autoFocus loading={practise.isPending} onClick={() => practise.mutate()}>
                  {t("devices.test.practise")}
                </Button>
              )}
              <Button autoFocus={origin !== "practice"} onClick={stop}>
                {t("devices.test.cancel")}
              </Button>
            </>
          }
        >
          {t("devices.test.nobody")}
        </Notice>
      ) : (
        <Button type="primary" autoFocus={isFocusedFirst || begunMs > 0} onClick={begin}>
          {t("devices.test")}
        </Button>
      )}
    </div>
  );
}

function Waiting({ untilMs }: { readonly untilMs: number }) {
  const { t } = useTexts();
  const nowMs = useNow(1_000);
  return t("devices.test.now", { seconds: Math.max(0, Math.ceil((untilMs - nowMs) / 1000)) });
}

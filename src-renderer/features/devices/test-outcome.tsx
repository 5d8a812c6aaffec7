import type { TestRead } from "#shared/contracts/devices.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { Notice } from "../../ui/notice.tsx";
import { faultWords } from "./device-words.ts";

/** What the card that was drawn through for a try came to. */
export function TestOutcome({ read }: { readonly read: TestRead }) {
  const { t, name } = useTexts();
  switch (read.outcome) {
    case "ours":
      return (
        <Notice tone="good" title={t("devices.test.ours", { kind: name(read.kindName), last4: read.last4 })}>
          <TrackLengths tracks={read.tracks} />
        </Notice>
      );
    case "foreign":
      return (
        <Notice tone="good" title={t("devices.test.foreign")}>
          {t("devices.test.foreign.body")} <TrackLengths tracks={read.tracks} />
        </Notice>
      );
    case "failed":
      return (
        <Notice tone="warn" title={t("devices.test.failed", { cause: t(faultWords(read.cause)) })}>
          {t(read.hint === null ? "devices.test.failed.body" : `devices.hint.${read.hint}.body`)}
        </Notice>
      );
    case "nothing":
      return (
        <Notice tone="warn" title={t("devices.test.nothing")}>
          {t(read.hint === null ? "devices.test.nothing.body" : `devices.hint.${read.hint}.body`)}
        </Notice>
      );
  }
}

function TrackLengths({ tracks }: { readonly tracks: Extract<TestRead, { outcome: "ours" }>["tracks"] }) {
  const { t } = useTexts();
  const lengths = tracks.map(({ track, characters }) => t("devices.test.track", { track, characters })).join(" · ");
  return t("devices.test.tracks", { count: tracks.length, lengths });
}

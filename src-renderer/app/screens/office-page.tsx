import { Notice } from "../../ui/notice.tsx";
import { useTexts } from "../intl/use-texts.ts";
import { ScreenPage, type ScreenPageProps } from "./screen-page.tsx";
import type { ScreenProps } from "./screen.ts";

type Props = ScreenPageProps & Pick<ScreenProps, "status">;

/** The page of a screen whose acts head office does: without the line it says so once, and everything typed stays. */
export function OfficePage({ status, trouble, children, ...page }: Props) {
  const { t } = useTexts();
  const isOffline = isWithoutLine(status);
  return (
    <ScreenPage {...page} trouble={isOffline ? undefined : trouble}>
      {isOffline && <Notice tone="plain" title={t("screens.needsLine")} />}
      {children}
    </ScreenPage>
  );
}

/** Whether asking head office is in vain for now. */
export const isWithoutLine = (status: ScreenProps["status"]): boolean => status?.sync.line === "offline";

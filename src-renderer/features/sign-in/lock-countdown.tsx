import { useEffect } from "react";
import { useTexts } from "../../app/intl/use-texts.ts";
import { useNow } from "../../ui/use-now.ts";
import { spanOf } from "./countdown.ts";

/** How long an account stays locked. Not read out every second: the notice around it says until when. */
export function LockCountdown({ untilMs, onOver }: { readonly untilMs: number; readonly onOver: () => void }) {
  const { t } = useTexts();
  const leftMs = untilMs - useNow(1000);
  const isOver = leftMs <= 0;
  useEffect(() => {
    if (isOver) onOver();
  }, [isOver, onOver]);
  return (
    <p role="timer" aria-live="off">
      {t("signIn.unlocksIn", { time: spanOf(leftMs) })}
    </p>
  );
}

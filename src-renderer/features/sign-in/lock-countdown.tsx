import { useEffect } from "react";
import { useTexts } from "../../app/intl/use-texts.ts";
import { useNow } from "../../ui/use-now.ts";

/** @returns minutes and seconds as `m:ss`, never below zero */
export function spanOf(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

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

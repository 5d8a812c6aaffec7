import { Spin } from "antd";
import { Activity, Suspense, useEffect, useRef, type ReactNode } from "react";
import { useTexts } from "../intl/use-texts.ts";
import { CalmScreen } from "../shell/calm-screen.tsx";
import { ScreenGuard } from "./screen-guard.tsx";
import styles from "./screens.module.css";

type Props = { readonly title: string; readonly isInFront: boolean; readonly hasMemberBeside: boolean; readonly children: ReactNode };

/** The place of one screen. Out of sight it keeps what was typed, but hears no keys and asks the station for nothing. */
export function ScreenFrame({ title, isInFront, hasMemberBeside, children }: Props) {
  const { t } = useTexts();
  return (
    <Activity mode={isInFront ? "visible" : "hidden"}>
      <Room title={title} hasMemberBeside={hasMemberBeside}>
        <ScreenGuard title={t("screens.broken.title", { title })} body={t("screens.broken.body")} retry={t("screens.broken.retry")}>
          <Suspense
            fallback={<CalmScreen icon={<Spin />} title={t("screens.loading.title", { title })} body={t("screens.loading.body")} />}
          >
            {children}
          </Suspense>
        </ScreenGuard>
      </Room>
    </Activity>
  );
}

type RoomProps = { readonly title: string; readonly hasMemberBeside: boolean; readonly children: ReactNode };

/** Takes the focus when it comes into sight, to where it was last, and hands it to the counter when it goes. */
function Room({ title, hasMemberBeside, children }: RoomProps) {
  const own = useRef<HTMLElement>(null);
  const focusedLast = useRef<HTMLElement>(undefined);
  useEffect(() => {
    const room = own.current;
    const counter = room?.closest("main");
    if (!room?.contains(document.activeElement)) (focusedLast.current?.isConnected ? focusedLast.current : room)?.focus();
    return () => {
      if (document.activeElement === document.body || room?.contains(document.activeElement)) counter?.focus();
    };
  }, []);
  return (
    <section
      ref={own}
      className={hasMemberBeside ? `${styles.room} ${styles.beside}` : styles.room}
      aria-label={title}
      tabIndex={-1}
      onFocus={({ target }) => {
        focusedLast.current = target;
      }}
    >
      {children}
    </section>
  );
}

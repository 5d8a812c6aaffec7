import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { station } from "../client.ts";
import { useTexts } from "../intl/use-texts.ts";
import { useCommands } from "../keys/use-commands.ts";
import { KeyCap } from "../../ui/key-cap.tsx";
import { Notice } from "../../ui/notice.tsx";
import type { Encoding } from "./use-encoding.ts";

/** What the hand has to do now; nothing while no card is being written. In a sample the hand is a key. */
export function EncodingStep({ encoding }: { readonly encoding: Encoding }) {
  const { t } = useTexts();
  const { step, stop, state } = encoding;
  const practise = useMutation({ mutationFn: (how: "well" | "tooFast" | "badly") => station.practice.draw({ how }) });
  useCommands("form", step ? { back: stop } : {});
  if (!step) return null;
  const isPractice = state?.encoder?.isPractice === true;
  return (
    <Notice
      key={step.kind}
      tone="plain"
      title={t(`encoding.${step.kind}.now`)}
      actions={
        <>
          {isPractice && (
            <>
              <Button type="primary" autoFocus onClick={() => practise.mutate("well")}>
                {t("encoding.practise.well")}
              </Button>
              {step.kind === "write" && (
                <>
                  <Button onClick={() => practise.mutate("tooFast")}>{t("encoding.practise.tooFast")}</Button>
                  <Button onClick={() => practise.mutate("badly")}>{t("encoding.practise.badly")}</Button>
                </>
              )}
            </>
          )}
          <Button autoFocus={!isPractice} onClick={stop}>
            {t("encoding.stop")} <KeyCap>Esc</KeyCap>
          </Button>
        </>
      }
    >
      {t(`encoding.${step.kind}.body`, { last4: step.last4 })}
    </Notice>
  );
}

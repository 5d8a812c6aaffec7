import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState, type FormEvent } from "react";
import { uuidv7 } from "uuidv7";
import type { DeviceView, FoundPort } from "#shared/contracts/devices.ts";
import type { DeviceSetup } from "#shared/domain/devices/device-setup.ts";
import { queries, station } from "../../app/client.ts";
import { useAct } from "../../app/acts/use-act.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { RefusalNotice } from "../../app/refusals/refusal-notice.tsx";
import { ChoiceField } from "../../ui/choice-field.tsx";
import { KeyCap } from "../../ui/key-cap.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { portWords } from "./device-words.ts";
import { fieldsOf } from "./setup-fields.ts";
import styles from "./devices.module.css";

type Props = {
  /** The device to change; a new one when left out. */
  readonly device: DeviceView | undefined;
  /** The port that was chosen; empty where it is to be typed. */
  readonly path: string;
  readonly freePorts: readonly FoundPort[];
  /** What a new device of each family begins with. */
  readonly defaults: readonly DeviceSetup[];
  readonly onSaved: (device: DeviceView) => void;
  readonly onCancel: () => void;
};

const kept = "kept";

/** Name, port, kind and settings of a device. A new one begins with what most have. */
export function DeviceForm({ device, path: chosenPath, freePorts, defaults, onSaved, onCancel }: Props) {
  const texts = useTexts();
  const { t } = texts;
  const client = useQueryClient();
  const [deviceId] = useState(() => device?.deviceId ?? uuidv7());
  const [name, setName] = useState(device?.name ?? "");
  const [path, setPath] = useState(chosenPath);
  const [setup, setSetup] = useState(device?.setup ?? defaults[0]);
  const [isTried, setIsTried] = useState(false);
  const save = useAct(device ? station.devices.change : station.devices.add, (view) => {
    void client.invalidateQueries({ queryKey: queries.devices.key() });
    onSaved(view);
  });
  if (!setup) return null;

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setIsTried(true);
    if (name.trim() !== "" && path.trim() !== "") save.run({ deviceId, name, path, setup });
  };
  const isTyped = chosenPath === "";
  const portChoices = [
    ...(freePorts.some((port) => port.path === chosenPath) ? [] : [{ id: chosenPath, label: chosenPath }]),
    ...freePorts.map((port) => ({ id: port.path, label: port.path })),
  ];
  const chosenPort = freePorts.find((port) => port.path === path);

  return (
    <form className={styles.pane} onSubmit={onSubmit} noValidate>
      <h3 className={styles.subject}>{device ? t("devices.form.change", { name: device.name ?? path }) : t("devices.form.add")}</h3>
      {save.trouble && <RefusalNotice trouble={save.trouble} />}
      <TextField
        label={t("devices.name")}
        value={name}
        onChange={setName}
        maxLength={40}
        isFocusedFirst
        error={isTried && name.trim() === "" ? t("devices.name.empty") : undefined}
      />
      {isTyped ? (
        <TextField
          label={t("devices.path")}
          value={path}
          onChange={setPath}
          maxLength={200}
          hint={t("devices.path.hint")}
          error={isTried && path.trim() === "" ? t("devices.path.empty") : undefined}
        />
      ) : (
        <ChoiceField
          label={t("devices.path")}
          choices={portChoices}
          chosenId={path}
          onChoose={setPath}
          about={chosenPort ? portWords(chosenPort, texts) : t("devices.path.here")}
        />
      )}
      <ChoiceField
        label={t("devices.family")}
        choices={defaults.map(({ family }) => ({ id: family, label: t(`devices.family.${family}`) }))}
        chosenId={setup.family}
        onChoose={(family) => setSetup(defaults.find((each) => each.family === family) ?? setup)}
        about={t(`devices.family.${setup.family}.about`)}
      />
      <div className={styles.fields}>
        {fieldsOf(setup).map(({ id, label, choices, chosen, choose }) => (
          <ChoiceField
            key={id}
            label={t(label)}
            choices={[
              ...(chosen ? [] : [{ id: kept, label: t("devices.kept") }]),
              ...choices.map((choice) => ({ id: choice.id, label: t(choice.label, choice.values) })),
            ]}
            chosenId={chosen?.id ?? kept}
            onChoose={(choiceId) => setSetup(choose(choiceId))}
            about={t(chosen?.about ?? "devices.kept.about")}
          />
        ))}
      </div>
      <div className={styles.formActions}>
        <SubmitButton isBusy={save.isBusy}>{t("devices.form.save")}</SubmitButton>
        <Button size="large" onClick={onCancel}>
          {t("devices.form.cancel")} <KeyCap>Esc</KeyCap>
        </Button>
      </div>
    </form>
  );
}

import { CloudDownloadOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { queries } from "../../app/client.ts";
import { useTexts } from "../../app/intl/use-texts.ts";
import { Mark } from "../../ui/mark.tsx";

/** In the strip, once a new version waits for the counter to be closed. Nothing hurries. */
export function UpdateMark() {
  const { t } = useTexts();
  const { data } = useQuery(queries.updates.state.queryOptions());
  if (data?.now.phase !== "ready") return null;
  return (
    <span title={t("updates.mark.about", { version: data.now.offer.version })}>
      <Mark tone="good" icon={<CloudDownloadOutlined />}>
        {t("updates.mark")}
      </Mark>
    </span>
  );
}

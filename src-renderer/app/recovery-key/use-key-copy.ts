import { useQuery, useQueryClient } from "@tanstack/react-query";
import { queries } from "../client.ts";
import { useStationEvents } from "../station/use-station-events.ts";

/** Whether head office keeps the present key of these data; undefined until the station has said so. */
export function useKeyCopy(): boolean | undefined {
  const client = useQueryClient();
  const copy = useQuery(queries.upkeep.keyCopy.queryOptions({ staleTime: 0 }));
  useStationEvents((event) => {
    if (event.type === "status") void client.invalidateQueries({ queryKey: queries.upkeep.keyCopy.key() });
  });
  return copy.data?.isAtHeadOffice;
}

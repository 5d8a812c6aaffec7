/**
 * A member's points on a business date, of a `balance` record named `b`: what lapsed before it is not counted, whether or not it was
 * expired already.
 *
 * @param today the placeholder of the date, as `$2`
 */
export const balanceAsOf = (today: string): string =>
  `((b.doc ->> 'balance')::bigint - coalesce(
     (select sum((lot ->> 'points')::bigint) from jsonb_array_elements(b.doc -> 'lots') lot where lot ->> 'expiresOn' < ${today}), 0))::bigint`;

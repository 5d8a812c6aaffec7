/**
 * What every answer of a shell carries. The page may load and reach nothing but its own station: no frames, no forms, no plug-ins, no
 * script that did not come with it. Inline styles are allowed because the component library writes them at run time.
 *
 * @param sockets addresses of the station's socket, where the page talks to one
 */
export function pageHeaders(sockets: readonly string[]): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    ["connect-src 'self'", ...sockets].join(" "),
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'none'",
  ];
  return {
    "content-security-policy": policy.join("; "),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
  };
}

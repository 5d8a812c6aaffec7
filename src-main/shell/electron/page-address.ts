/**
 * The page has an origin of its own instead of `file://`: files would all be one origin, with rights that a page of ours never needs.
 */
export const pageScheme = "app";
export const pageHost = "counterfoil";
export const pageOrigin = `${pageScheme}://${pageHost}`;
export const pageUrl = `${pageOrigin}/index.html`;

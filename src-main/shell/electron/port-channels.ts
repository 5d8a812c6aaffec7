/** The page asks its preload, and the preload the main process, for a port to the station. */
export const helloChannel = "counterfoil:hello";
/** The way back, with the port. */
export const portChannel = "counterfoil:port";

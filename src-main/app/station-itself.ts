/** Staff id of what a station writes on nobody's behalf: it gives back lapsed rights, and tells of wrong PINs. */
export const stationItself = "station";

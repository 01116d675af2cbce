/** The small picture of a person's, for those who draw it small: enough for a tile the size of a thumb. Pixels, frames a second, kbit a second. */
export const LOW_STREAM = { width: 320, height: 180, framerate: 15, bitrate: 100 };

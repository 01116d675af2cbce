/** In pixels, from the top left of the area that the tiles share. */
export interface Rectangle {
  left: number;
  top: number;
  width: number;
  height: number;
}

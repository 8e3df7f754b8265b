/** A picture that the person has chosen and nobody has uploaded yet. */
export interface PickedPicture {
  localUrl: string;
  base64: string;
}

/** Degrees in GCJ-02, as WeChat gives them. */
export interface Position {
  latitude: number;
  longitude: number;
}
